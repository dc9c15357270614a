/**
 * Sends a film from a phone or computer, in pieces, and carries on where it stopped: after a lost connection, a
 * closed tab or a restarted phone (choose the same film again). Needs vendor/tus.min.js on the page.
 *
 *   <section data-upload data-begin-url="..." [data-film-url="..."]>
 *     <form data-upload-form> csrf token, <input type="file" data-upload-file>, <button data-upload-start>
 *       <div data-upload-progress hidden><progress data-upload-bar></progress><p data-upload-words></p></div>
 *
 * The begin-url is sent `name` and `size`; it answers {"upload_url", "film_url"}, or {"reason"} with an error status.
 * @module upload
 */

const PIECE_BYTES = 32 * 1024 * 1024;
const WAITS_MS = [0, 1000, 3000, 5000, 10000, 20000, 30000, 30000, 60000, 60000];
const WORDS_EVERY_MS = 3000;
const CARRIES_ON = "Choose the same film again and it carries on from there.";

/** @param {number} bytes */
const size = (bytes) => (bytes < 1e9 ? `${Math.max(1, Math.round(bytes / 1e6))} MB` : `${(bytes / 1e9).toFixed(1)} GB`);

/** Time left as a person would say it.
 * @param {number} seconds */
function left(seconds) {
  if (!Number.isFinite(seconds)) return "";
  if (seconds < 10) return "a few seconds left";
  if (seconds < 50) return `about ${Math.round(seconds / 10) * 10} seconds left`;
  if (seconds < 90) return "about a minute left";
  if (seconds < 3600) return `about ${Math.round(seconds / 60)} minutes left`;
  return `about ${Math.round(seconds / 360) / 10} hours left`;
}

/** Keeps the screen awake while a film is on its way (a phone that sleeps stops sending). */
class Wakefulness {
  /** @type {WakeLockSentinel|null} */ #lock = null;
  #wanted = false;

  constructor() {
    document.addEventListener("visibilitychange", () => this.#wanted && this.keep());
  }

  async keep() {
    this.#wanted = true;
    if (document.visibilityState !== "visible" || !navigator.wakeLock) return;
    this.#lock = await navigator.wakeLock.request("screen").catch(() => null);
  }

  end() {
    this.#wanted = false;
    this.#lock?.release();
    this.#lock = null;
  }
}

/** How fast it goes, over the last quarter of a minute. */
class Pace {
  /** @type {[number, number][]} */ #marks = [];

  /** @param {number} bytes @returns {number} bytes a second */
  note(bytes) {
    const now = performance.now();
    this.#marks.push([now, bytes]);
    while (this.#marks.length > 2 && now - this.#marks[0][0] > 15000) this.#marks.shift();
    const [then, before] = this.#marks[0];
    return now - then > 1500 ? ((bytes - before) * 1000) / (now - then) : NaN;
  }
}

/** One place on a page that takes a film. */
class Sending {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.form = /** @type {HTMLFormElement} */ (root.matches("form") ? root : root.querySelector("form"));
    this.input = /** @type {HTMLInputElement} */ (root.querySelector("[data-upload-file], input[type=file]"));
    this.bar = /** @type {HTMLProgressElement} */ (root.querySelector("[data-upload-bar], progress"));
    this.words = /** @type {HTMLElement} */ (root.querySelector("[data-upload-words]"));
    this.start = /** @type {HTMLButtonElement} */ (root.querySelector("[data-upload-start], button"));
    this.wake = new Wakefulness();
    this.under = null;
    this.pause = this.#button("Pause", () => (this.paused ? this.resume() : this.rest()));
    this.start.after(this.pause);
    this.#listen();
    if (matchMedia("(pointer: coarse)").matches) this.#offerCamera();
  }

  #listen() {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      event.stopImmediatePropagation();
      this.send(this.input.files[0]);
    });
    this.root.addEventListener("dragover", (event) => {
      event.preventDefault();
      this.root.dataset.over = "yes";
    });
    this.root.addEventListener("dragleave", () => delete this.root.dataset.over);
    this.root.addEventListener("drop", (event) => {
      event.preventDefault();
      delete this.root.dataset.over;
      if (!this.under) this.send(event.dataTransfer.files[0]);
    });
    addEventListener("online", () => this.under && !this.paused && this.resume());
    addEventListener("beforeunload", (event) => this.under && !this.paused && event.preventDefault());
  }

  /** A second way in, straight from the camera. */
  #offerCamera() {
    const camera = Object.assign(document.createElement("input"), { type: "file", accept: "video/*", hidden: true });
    camera.setAttribute("capture", "environment");
    camera.addEventListener("change", () => this.send(camera.files[0]));
    const button = this.#button("Film now", () => camera.click());
    button.hidden = false;
    this.pause.after(button, camera);
    this.camera = button;
  }

  /** @param {string} words @param {() => void} act */
  #button(words, act) {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: words, hidden: true });
    button.className = "button button--quiet";
    button.addEventListener("click", act);
    return button;
  }

  /** @param {string} words @param {string} [tone] */
  say(words, tone = "") {
    this.root.querySelector("[data-upload-progress]")?.removeAttribute("hidden");
    this.words.textContent = words;
    this.words.dataset.tone = tone;
  }

  /** Begin, or carry on, with this file.
   * @param {File|undefined} file */
  async send(file) {
    if (!file) return this.say("Please choose a film first.", "care");
    this.start.disabled = true;
    this.say("One moment.");
    const begun = await this.#begin(file).catch(() => ({ reason: "There is no connection just now. Please try again in a moment." }));
    if (!begun.upload_url) return this.#stop(begun.reason || "That did not work. Please try again in a moment.");
    this.filmUrl = begun.film_url || this.root.dataset.filmUrl;
    this.#go(file, begun.upload_url);
  }

  /** @param {File} file */
  async #begin(file) {
    const answer = await fetch(this.root.dataset.beginUrl, {
      method: "POST",
      headers: { "X-CSRFToken": this.#token(), Accept: "application/json" },
      body: new URLSearchParams({ name: file.name, size: String(file.size) }),
    });
    if (answer.redirected || !(answer.headers.get("content-type") || "").includes("json")) {
      return { reason: "Please sign in again in another tab, then press Send once more." };
    }
    return answer.json();
  }

  #token() {
    return /** @type {HTMLInputElement} */ (this.root.querySelector("[name=csrfmiddlewaretoken]"))?.value || "";
  }

  /** @param {File} file @param {string} address */
  #go(file, address) {
    const pace = new Pace();
    let said = 0;
    this.under = new window.tus.Upload(file, {
      uploadUrl: address,
      chunkSize: PIECE_BYTES,
      retryDelays: WAITS_MS,
      headers: { "X-CSRFToken": this.#token() },
      storeFingerprintForResuming: false,
      onProgress: (sent, whole) => {
        const speed = pace.note(sent);
        this.bar.value = (sent / whole) * (this.bar.max || 1);
        if (this.paused || performance.now() - said < WORDS_EVERY_MS) return;
        said = performance.now();
        const parts = [`${size(sent)} of ${size(whole)} are safe`, left((whole - sent) / speed)];
        if (speed > 0) parts.splice(1, 0, `${(speed / 1e6).toFixed(1)} MB a second`);
        this.say(parts.filter(Boolean).join(" · "));
      },
      onShouldRetry: (error) => this.#maybeLater(error),
      onError: (error) => this.#broken(error),
      onSuccess: () => this.#arrived(),
    });
    this.root.dataset.sending = "yes";
    this.input.disabled = true;
    this.pause.hidden = false;
    if (this.camera) this.camera.hidden = true;
    this.resume();
  }

  /** Every trouble of the line is worth another try; a clear no of the house is not.
   * @param {any} error */
  #maybeLater(error) {
    const status = error.originalResponse?.getStatus() || 0;
    if (status && status < 500 && ![409, 423, 429].includes(status)) return false;
    this.say("The connection is lost. What has arrived is safe; it carries on by itself.", "warm");
    return true;
  }

  /** @param {any} error */
  #broken(error) {
    const reason = error.originalResponse?.getStatus() < 500 && error.originalResponse?.getBody();
    if (reason && reason.length < 200 && !reason.startsWith("<")) return this.#stop(reason);
    return this.#stop(`The connection is lost. What has arrived is safe. ${CARRIES_ON}`);
  }

  /** @param {string} words */
  #stop(words) {
    this.under = null;
    this.wake.end();
    delete this.root.dataset.sending;
    this.input.disabled = this.start.disabled = false;
    this.pause.hidden = true;
    if (this.camera) this.camera.hidden = false;
    this.say(words, "care");
  }

  #arrived() {
    this.under = null;
    this.wake.end();
    this.bar.value = this.bar.max || 1;
    this.pause.hidden = true;
    this.say("Your film has arrived whole.", "good");
    if (this.filmUrl) location.assign(this.filmUrl);
  }

  rest() {
    this.paused = true;
    this.under?.abort();
    this.wake.end();
    this.pause.textContent = "Carry on";
    this.say(`Paused. What has arrived is safe. You can even close this page. ${CARRIES_ON}`);
  }

  resume() {
    this.paused = false;
    this.pause.textContent = "Pause";
    this.wake.keep();
    const upload = this.under;
    upload?.abort().finally(() => upload === this.under && !this.paused && upload.start());
  }
}

document.querySelectorAll("[data-upload]").forEach((root) => new Sending(/** @type {HTMLElement} */ (root)));
