/**
 * A second look: digits, or the keys on the page, mark where a principle begins and where it ends.
 * Each span goes to the house at once, through the form that also works by hand.
 * @module review/coding
 */
import { layKeys } from "./keys.js";
import { Player } from "./player.js";
import { clock } from "./times.js";
import { watch } from "../watching.js";

const SHORTEST_MS = 200;

class Coding {
  /** @param {HTMLElement} root @param {Player} player */
  constructor(root, player) {
    this.root = root;
    this.player = player;
    /** @type {Map<string, number>} which principles are being marked, and from where */
    this.begun = new Map();
    /** @type {{code: string, principle: string, start: number, end: number}[]} spans not yet kept */
    this.waiting = [];
    this.sending = false;
  }

  /** @param {string} selector @returns {any} */
  find(selector) { return this.root.querySelector(selector); }

  /** The keys of the page are there again after each answer of the house. */
  show() {
    this.find("[data-code-keys]")?.removeAttribute("hidden");
    this.find("[data-code-help]")?.removeAttribute("hidden");
    for (const key of this.root.querySelectorAll("[data-mark]")) {
      key.setAttribute("aria-pressed", String(this.begun.has(key.getAttribute("data-mark") ?? "")));
    }
    this.place();
  }

  /** The line through all lanes, and the slider, stand where the film is. */
  place() {
    const length = Number(this.root.dataset.length) || this.player.length;
    const share = length ? Math.min(1000, (this.player.now / length) * 1000) : 0;
    this.root.querySelectorAll("[data-now]").forEach((line) => line.setAttribute("x", share.toFixed(2)));
    const time = this.find("[data-time]");
    if (time && document.activeElement !== time) time.value = String(Math.round(this.player.now));
    const face = this.find("[data-clock-face]");
    if (face) face.textContent = clock(this.player.now);
    const word = this.find("[data-word]");
    if (word) word.textContent = this.player.film.paused ? "Play" : "Pause";
    const speed = this.find("[data-speed]");
    if (speed) speed.textContent = `${this.player.film.playbackRate}×`;
  }

  /** A principle begins here, or ends here. @param {string} digit */
  press(digit) {
    const key = this.find(`[data-mark="${digit}"]`);
    if (!key) return;
    const now = Math.round(this.player.now);
    const start = this.begun.get(digit);
    if (start === undefined) {
      this.begun.set(digit, now);
      this.say(`${key.textContent?.trim()} begins at ${clock(now)}.`);
    } else {
      this.begun.delete(digit);
      this.keep(key.dataset.id, Math.min(start, now), Math.max(start, now));
    }
    this.show();
  }

  /** @param {string} principle @param {number} start @param {number} end */
  keep(principle, start, end) {
    if (end - start < SHORTEST_MS) return this.say("That was a single point. Please mark a stretch of the clip.");
    this.waiting.push({ code: crypto.randomUUID(), principle, start, end });
    this.send();
  }

  /** The oldest span that is not kept goes to the house through the form. */
  send() {
    const form = this.find("[data-code-form]"), next = this.waiting[0];
    if (!form || !next || this.sending) return;
    this.sending = true;
    form.elements.code_id.value = next.code;
    form.elements.principle_id.value = next.principle;
    form.elements.start_ms.value = written(next.start);
    form.elements.end_ms.value = written(next.end);
    this.say("Keeping…");
    form.requestSubmit();
  }

  /** The house has answered: kept, refused with a sentence, or not reached.
   * @param {boolean} reached @param {boolean} kept */
  answered(reached, kept) {
    if (!this.sending) return;
    this.sending = false;
    if (!reached) {
      this.say("Not kept yet: the house cannot be reached. It is tried again.");
      setTimeout(() => this.send(), 3000);
      return;
    }
    this.waiting.shift();
    this.say(kept ? "Kept." : "That span was not kept.");
    this.send();
  }

  /** @param {string} words */
  say(words) {
    const place = this.find("[data-said]");
    if (place) place.textContent = words;
  }
}

/** A time as its field takes it, without loss. @param {number} ms */
function written(ms) {
  return `${Math.floor(ms / 60000)}:${((ms % 60000) / 1000).toFixed(3).padStart(6, "0")}`;
}

/** The next span goes out when the new form has settled: before that it would send the whole page.
 * @param {HTMLElement} root @param {Coding} coding */
function listen(root, coding) {
  /** @type {boolean|null} whether the span just answered was kept */
  let kept = null;
  root.addEventListener("htmx:afterRequest", (event) => {
    const { requestConfig, xhr, successful } = /** @type {CustomEvent} */ (event).detail;
    if (!requestConfig?.elt.matches("[data-code-form]")) return;
    if (successful || xhr.status === 422) kept = successful;
    else coding.answered(xhr.status > 0 && xhr.status < 500, false);
  });
  root.addEventListener("htmx:afterSettle", () => {
    coding.show();
    if (kept === null) return;
    const was = kept;
    kept = null;
    coding.answered(true, was);
  });
}

/** @param {HTMLElement} root */
function start(root) {
  const film = /** @type {HTMLVideoElement|null} */ (root.querySelector("[data-film]"));
  const stage = /** @type {HTMLElement|null} */ (root.querySelector("[data-stage]"));
  if (!film || !stage) return;
  film.removeAttribute("controls");
  const player = new Player(film, { rate: Number(root.dataset.rate), length: Number(root.dataset.length) });
  const coding = new Coding(root, player);
  watch(stage, film);
  for (const hidden of stage.querySelectorAll("[data-clock-face]")) hidden.removeAttribute("hidden");
  layKeys(root, {
    back: () => player.seek(player.now - 2000),
    play: () => player.toggle(),
    on: () => player.seek(player.now + 2000),
    "frame-back": () => player.step(-1),
    "frame-on": () => player.step(1),
    speed: () => player.slower(),
  }, (digit) => coding.press(digit));
  film.addEventListener("click", () => player.toggle());
  player.addEventListener("moved", () => coding.place());
  const time = /** @type {HTMLInputElement|null} */ (root.querySelector("[data-time]"));
  if (time) {
    time.hidden = false;
    time.addEventListener("input", () => player.seek(Number(time.value)));
  }
  root.addEventListener("click", (event) => {
    const pressed = /** @type {Element} */ (event.target);
    const key = pressed.closest("[data-mark]"), span = pressed.closest("[data-span]");
    if (key) coding.press(key.getAttribute("data-mark") ?? "");
    if (!span) return;
    event.preventDefault();
    const [from, until] = (span.getAttribute("data-span") ?? "0,0").split(",").map(Number);
    player.playSpan(from, until);
  });
  listen(root, coding);
  coding.show();
}

document.querySelectorAll("[data-coding]").forEach((root) => start(/** @type {HTMLElement} */ (root)));
