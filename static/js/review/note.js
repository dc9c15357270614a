/**
 * The box in a form in which one says something aloud: record, pause, listen, keep, or record again.
 * @module review/note
 */
import { drop, keep, waiting } from "./keeping.js";
import { canRecord, Recorder } from "./recorder.js";
import { sendAll, sending } from "./speaking.js";
import { House } from "../sending/house.js";

const LONGEST_MS = 180_000;
const LARGEST = 300 * 1024 * 1024;
const REFUSED = "Attune may not use the microphone. You can allow it beside the address of this page, or choose a recording.";
const NONE = "No microphone was found. You can choose a recording instead.";

/** An id that nobody else has, also where the page is not secure. */
export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  return Array.from(bytes, (byte, at) => ([4, 6, 8, 10].includes(at) ? "-" : "") + byte.toString(16).padStart(2, "0")).join("");
}

/** @param {number} ms */
const clock = (ms) => `${Math.floor(ms / 60000)}:${String(Math.floor(ms / 1000) % 60).padStart(2, "0")}`;

class NoteBox {
  /** @type {Recorder|null} */ recorder = null;
  /** @type {Blob|null} */ blob = null;
  address = "";

  /** @param {HTMLElement} root @param {HTMLTemplateElement} template */
  constructor(root, template) {
    this.root = root;
    root.append(template.content.cloneNode(true));
    this.field = /** @type {HTMLInputElement} */ (root.querySelector("[name=note_id]"));
    this.before = /** @type {HTMLElement|null} */ (root.querySelector("[data-note-before]"));
    for (const act of ["voice", "webcam"]) this.key(act).hidden = !canRecord();
    root.addEventListener("click", (event) => this.press(event));
    this.part("file").addEventListener("change", () => this.choose());
    root.addEventListener("play", (event) => this.pauseFilm(event), true);
    root.addEventListener("note:taken", () => this.taken());
    sending.addEventListener("note", (event) => this.told(/** @type {CustomEvent} */ (event).detail));
    this.show("offer");
    this.restore();
  }

  /** @param {string} name @returns {any} */
  part(name) { return this.root.querySelector(`[data-note-${name}]`); }
  /** @param {string} act @returns {HTMLButtonElement} */
  key(act) { return /** @type {HTMLButtonElement} */ (this.root.querySelector(`[data-note-act="${act}"]`)); }
  /** @param {string} words */
  say(words) { this.part("said").textContent = words; }

  /** Which of the three faces it has. @param {"offer"|"live"|"heard"|"kept"} face */
  show(face) {
    const has = Boolean(this.field.value);
    this.part("offer").hidden = face !== "offer" || has;
    this.part("live").hidden = face !== "live";
    this.part("heard").hidden = !["heard", "kept"].includes(face);
    this.part("choice").hidden = face !== "heard";
    this.part("hint").hidden = face !== "heard" && face !== "live";
    this.key("remove").hidden = !has;
  }

  /** @param {MouseEvent} event */
  press(event) {
    const act = /** @type {HTMLElement|null} */ (/** @type {Element} */ (event.target).closest("[data-note-act]"))?.dataset.noteAct;
    const acts = { voice: () => this.record("voice"), webcam: () => this.record("webcam"), pause: () => this.pause(), stop: () => this.stop(), drop: () => this.drop(), keep: () => this.keep(), remove: () => this.remove() };
    acts[act ?? ""]?.();
  }

  /** @param {"voice"|"webcam"} kind */
  async record(kind) {
    if (this.recorder) return;
    this.film?.pause();
    this.say("Your browser asks whether Attune may listen.");
    try {
      this.recorder = await Recorder.begin(kind, LONGEST_MS);
    } catch (trouble) {
      return this.say(/** @type {DOMException} */ (trouble).name === "NotAllowedError" ? REFUSED : NONE);
    }
    this.say("");
    this.film?.pause();
    const mirror = this.part("mirror");
    mirror.hidden = kind !== "webcam";
    if (kind === "webcam") {
      mirror.srcObject = this.recorder.stream;
      mirror.play().catch(() => {});
    }
    this.recorder.addEventListener("tick", () => (this.part("clock").textContent = clock(this.recorder?.ms ?? 0)));
    this.recorder.addEventListener("full", () => this.stop("Three minutes are over. Listen to it before you keep it."), { once: true });
    this.mark("recording");
    this.show("live");
    this.key("stop").focus({ preventScroll: true });
  }

  /** @param {"recording"|"paused"} state */
  mark(state) {
    this.part("live").dataset.state = state;
    this.part("state").textContent = state === "paused" ? "Paused" : "Recording";
    this.key("pause").textContent = state === "paused" ? "Go on" : "Pause";
  }

  pause() {
    if (!this.recorder) return;
    if (this.recorder.isPaused) this.recorder.resume();
    else this.recorder.pause();
    this.mark(this.recorder.isPaused ? "paused" : "recording");
  }

  /** @param {string} [words] */
  async stop(words = "Listen to it before you keep it.") {
    const recorder = this.recorder;
    if (!recorder) return;
    this.recorder = null;
    this.hear(await recorder.stop());
    this.say(words);
  }

  /** Nothing of it stays, and the box is as it was. */
  async drop() {
    const recorder = this.recorder;
    this.recorder = null;
    await recorder?.stop();
    this.unhear();
    this.say("");
    this.show("offer");
    /** @type {HTMLElement|null} */ (this.root.querySelector("[data-note-offer] button:not([hidden])"))?.focus({ preventScroll: true });
  }

  choose() {
    const file = this.part("file").files?.[0];
    this.part("file").value = "";
    if (!file) return;
    if (file.size > LARGEST) return this.say("This recording is too large. A spoken note lasts up to three minutes.");
    this.hear(file);
    this.say("Listen to it before you keep it.");
  }

  /** @param {Blob} blob @param {"heard"|"kept"} [face] */
  hear(blob, face = "heard") {
    this.unhear();
    this.blob = blob;
    this.address = URL.createObjectURL(blob);
    const player = Object.assign(document.createElement(blob.type.startsWith("video/") ? "video" : "audio"), { src: this.address, controls: true, className: "spoken__player", preload: "auto" });
    player.setAttribute("aria-label", "Your recording");
    player.setAttribute("playsinline", "");
    this.part("player").replaceChildren(player);
    this.show(face);
  }

  unhear() {
    this.part("player").replaceChildren();
    if (this.address) URL.revokeObjectURL(this.address);
    this.address = "";
    this.blob = null;
  }

  async keep() {
    if (!this.blob) return;
    const blob = this.blob;
    this.field.value = newId();
    this.show("kept");
    const name = /** @type {File} */ (blob).name || `note.${blob.type.includes("mp4") ? "mp4" : "webm"}`;
    const outlives = await keep({ id: this.field.value, key: this.root.dataset.key ?? "", begin: this.root.dataset.begin ?? "", name, blob });
    this.say(outlives ? "Kept on this device. It is on its way to Attune." : "It is on its way to Attune. Please leave this page open until it has arrived.");
    this.key("remove").focus({ preventScroll: true });
    sendAll();
  }

  /** The recording of this form is gone: here, and in Attune unless a kept comment still holds it. */
  async remove() {
    const id = this.field.value;
    this.field.value = "";
    this.before?.remove();
    this.unhear();
    this.show("offer");
    await drop(id);
    this.say("Removed.");
    const address = this.root.dataset.remove ?? "";
    const form = this.root.closest("form");
    if (address && form) await new House(form).post(address, {}).catch(() => this.say("It could not be removed in Attune just now. Please try again."));
  }

  /** A comment has taken the recording along: the box is free for the next one. */
  taken() {
    this.field.value = "";
    this.before?.remove();
    this.unhear();
    this.say("");
    this.show("offer");
  }

  /** What was said here before the page was opened anew, and is still on its way. */
  async restore() {
    const note = (await waiting()).find((each) => each.key === this.root.dataset.key);
    if (!note || (this.field.value && this.field.value !== note.id)) return;
    this.field.value = note.id;
    this.before?.remove();
    this.hear(note.blob, "kept");
    sendAll();
  }

  /** @param {{id: string, state: string, words: string}} news */
  told(news) {
    if (!this.root.isConnected || news.id !== this.field.value) return;
    this.say(news.words);
    if (news.state !== "refused") return;
    this.field.value = "";
    this.show(this.blob ? "heard" : "offer");
  }

  get film() { return /** @type {HTMLVideoElement|null} */ (document.querySelector("[data-film]")); }

  /** Two voices at once help nobody. @param {Event} event */
  pauseFilm(event) { if (event.target !== this.film) this.film?.pause(); }
}

/** Fill every box that stands open on the page. @param {Document|HTMLElement} where */
export function layNotes(where) {
  const template = /** @type {HTMLTemplateElement|null} */ (document.querySelector("[data-note-template]"));
  if (!template) return;
  for (const root of where.querySelectorAll("[data-note]:not([data-laid])")) {
    const closed = root.closest("details:not([open])");
    if (closed) {
      closed.addEventListener("toggle", () => layNotes(document), { once: true });
      continue;
    }
    /** @type {HTMLElement} */ (root).dataset.laid = "yes";
    new NoteBox(/** @type {HTMLElement} */ (root), template);
  }
}
