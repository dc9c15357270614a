/**
 * The form beside a film: in and out come from the player, digits choose principles, typing lets the
 * film wait. Works on the clip form and on the comment form; without this file times are typed by hand.
 * @module review/writing
 */
import { clockExact, lengthWords, parseClock } from "./times.js";

/** @typedef {import("./player.js").Player} Player */

export class Writing {
  /** @param {HTMLElement} root @param {Player} player @param {(start: number|null, end: number|null) => void} onSpan */
  constructor(root, player, onSpan) {
    this.root = root;
    this.player = player;
    this.onSpan = onSpan;
    this.wasPlaying = false;
    this.isSet = false; // in and out were set by a key or a button, just now
    root.addEventListener("input", (event) => /** @type {Element} */ (event.target).matches("[data-clock]") && this.show());
    root.addEventListener("focusin", (event) => this.wait(/** @type {Element} */ (event.target)));
    root.addEventListener("keydown", (event) => this.key(event));
    this.show();
  }

  /** The form as it stands now; htmx may have put a new one there. @returns {HTMLFormElement|null} */
  get form() { return this.root.querySelector("form[data-write]"); }

  /** @param {"start_ms"|"end_ms"} name @returns {HTMLInputElement|null} */
  field(name) { return this.form?.querySelector(`[name="${name}"]`) ?? null; }

  get start() { return parseClock(this.field("start_ms")?.value ?? ""); }
  get end() { return parseClock(this.field("end_ms")?.value ?? ""); }

  /** Is a clip being changed that exists already? */
  get isEdited() { return this.form?.hasAttribute("data-edited") ?? false; }
  /** Is there something typed that would be lost? */
  get isTyped() { return ["title", "why"].some((name) => this.form?.querySelector(`[name="${name}"]`)?.value); }

  /** In and out are a moment now; the form is free again. */
  letGo() {
    this.isSet = false;
    this.write("start_ms", null);
    this.write("end_ms", null);
    this.show();
  }

  /** The form says what a clip of a moment would say.
   * @param {{start: number, end: number, who: string, why: string, principles: string[]}} words */
  fill(words) {
    if (this.isEdited || !this.form) return;
    this.write("start_ms", words.start);
    this.write("end_ms", words.end);
    const why = /** @type {HTMLTextAreaElement} */ (this.form.querySelector("[name=why]"));
    if (!why.value) why.value = words.why;
    const who = /** @type {HTMLSelectElement} */ (this.form.querySelector("[name=who]"));
    who.value = words.who;
    for (const box of /** @type {NodeListOf<HTMLInputElement>} */ (this.form.querySelectorAll("[data-digit]"))) box.checked = words.principles.includes(box.value);
  }

  /** The in point is the frame on the screen; an out point before it is let go. */
  setIn() {
    this.isSet = true;
    this.write("start_ms", this.player.frameStart);
    if (this.end !== null && this.end <= (this.start ?? 0)) this.write("end_ms", null);
    this.show();
  }

  /** The out point is the end of the frame on the screen. */
  setOut() {
    this.isSet = true;
    this.write("end_ms", this.player.frameEnd);
    this.show();
  }

  /** @param {"start_ms"|"end_ms"} name @param {number|null} ms */
  write(name, ms) {
    const field = this.field(name);
    if (!field) return;
    field.value = ms === null ? "" : clockExact(ms);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /** Show the chosen span on the tracks and its length in words. */
  show() {
    const { start, end } = this;
    const words = this.form?.querySelector("[data-length-words]");
    if (words && start !== null && end !== null) {
      words.textContent = end > start ? lengthWords(end - start) : "the out point comes before the in point";
    }
    this.onSpan(start, end);
  }

  /** Begin to write: an out point here when there is none yet, and the cursor in the words. */
  open() {
    if (!this.form) return;
    this.root.querySelector("[data-clipping]")?.setAttribute("open", "");
    if (this.start === null) this.write("start_ms", Math.max(0, this.player.frameStart - 3000));
    if (this.end === null) this.setOut();
    this.show();
    const words = /** @type {HTMLElement|null} */ (this.form.querySelector("[name=title], [name=words]"));
    words?.focus({ preventScroll: true });
    this.form.scrollIntoView({ block: "nearest" });
  }

  /** @param {string} digit */
  principle(digit) {
    const box = /** @type {HTMLInputElement|null} */ (this.form?.querySelector(`[data-digit="${digit}"]`) ?? null);
    if (!box) return;
    box.checked = !box.checked;
    box.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /** Typing lets the film wait. @param {Element} target */
  wait(target) {
    if (!target.matches("textarea, input[type=text]") || target.closest("[data-moment-editor]") || this.player.film.paused) return;
    this.wasPlaying = true;
    this.player.film.pause();
  }

  /** The words are kept: the film goes on if it was playing. */
  done() {
    this.isSet = false;
    this.show();
    if (this.wasPlaying) this.player.play();
    this.wasPlaying = false;
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    if (!this.form?.contains(target)) return;
    if (event.key === "Escape") target.blur();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.form.requestSubmit();
    }
  }
}
