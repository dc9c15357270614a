/**
 * Marking: what the keys and the buttons do with moments, and where it says that they are safe.
 * @module review/marking
 */
import { Chains } from "./chains.js";
import { Editor } from "./editor.js";
import { Lanes } from "./lanes.js";
import { Marks } from "./marks.js";
import { MomentList } from "./momentlist.js";

const BEFORE_MS = 2000;
const AFTER_MS = 1000;
const OPEN_FOR_MS = 400; // a chosen moment stays open this far around itself
const SHORTEST_CLIP_MS = 1000;
const STATES = {
  saved: ["Saved", "server"], saving: ["Saving", "busy"],
  device: ["Kept on this device", "device"], out: ["Kept on this device until you sign in again", "device"],
  asks: ["A question about a moment waits for you", "device"],
};

/** One sentence at the foot of the window. @param {string} words */
const say = (words) => document.dispatchEvent(new CustomEvent("attune:say", { detail: words }));

export class Marking {
  /** @param {HTMLElement} root @param {import("./player.js").Player} player @param {import("./view.js").View} view @param {import("./writing.js").Writing} writing @param {(start: number|null, end: number|null) => void} onSpan */
  constructor(root, player, view, writing, onSpan) {
    Object.assign(this, { root, player, view, writing, onSpan });
    this.marks = new Marks(root);
    this.lanes = new Lanes(root, player, view, this.marks);
    this.editor = new Editor(root, player, this.marks);
    this.chains = new Chains(root, player, this.marks);
    this.list = new MomentList(root, this.marks, (row) => this.play(row.id));
    this.saved = /** @type {HTMLElement} */ (root.querySelector("[data-marks-saved]"));
    this.marks.keeper.addEventListener("state", () => this.tell());
    this.marks.addEventListener("chosen", () => this.span());
    this.marks.addEventListener("marks", () => this.span());
    root.querySelectorAll("[data-marking]").forEach((part) => part.removeAttribute("hidden"));
    this.marks.load();
  }

  /** What the digits, letters and buttons of moments do. @returns {Record<string, () => void>} */
  get acts() {
    const step = (/** @type {number} */ by) => this.step(by);
    return {
      mark: () => this.mark(), note: () => (this.marks.open ?? this.mark(), this.editor.write()),
      "trim-in": () => this.trim("start_ms"), "trim-out": () => this.trim("end_ms"),
      previous: () => step(-1), next: () => step(1),
      remove: () => this.remove(), undo: () => this.marks.undo(), link: () => this.chains.link(),
      still: () => /** @type {HTMLElement|null} */ (this.root.querySelector("[data-still-key] button"))?.click(),
      closer: () => this.view.zoom(0.5), wider: () => this.view.zoom(2),
      "let-go": () => this.marks.choose(null), clip: () => this.clip(),
      ...Object.fromEntries([1, 2, 3, 4, 5, 6, 7, 8, 9].map((number) => [`digit-${number}`, () => this.digit(number)])),
    };
  }

  /** The span that loops and plays: of the chosen moment, else of in and out. */
  get held() {
    const row = this.marks.open;
    const { start, end } = this.writing;
    if (row && !this.hasSpan) return { start: row.start_ms, end: row.end_ms };
    return start === null && end === null ? null : { start: start ?? 0, end: end ?? this.player.length };
  }

  get hasSpan() { return this.writing.isSet && this.writing.start !== null && !this.writing.isEdited; }

  /** A moment of the span that is open, or of a few seconds around now. @param {string[]} [principles] */
  mark(principles = []) {
    const { start, end } = this.writing;
    const now = this.player.frameEnd;
    if (this.hasSpan && (end ?? now) > start) {
      const row = this.marks.make({ start_ms: start, end_ms: end ?? now, principles });
      this.writing.letGo();
      return row;
    }
    const length = Math.floor(this.player.length) || Infinity;
    const from = this.onFrame(Math.max(0, this.player.now - BEFORE_MS));
    return this.marks.make({ start_ms: from, end_ms: Math.min(this.onFrame(this.player.now + AFTER_MS), length), principles });
  }

  /** @param {number} ms */
  onFrame(ms) { return Math.floor((Math.floor((ms * this.player.rate) / 1000 + 1e-4) * 1000) / this.player.rate + 1e-4); }

  /** @param {number} number */
  digit(number) {
    const tag = this.marks.tag(number);
    const row = this.marks.open;
    if (row && !this.hasSpan && this.isNear(row)) return this.marks.toggle(row.id, number);
    if (tag) this.mark([tag.id]);
    else if (!this.marks.isRead) say("Your moments are not here yet; they are asked for again. M marks one meanwhile.");
  }

  /** Is the film still at this moment? @param {import("./marks.js").Moment} row */
  isNear(row) { return this.player.now >= row.start_ms - OPEN_FOR_MS && this.player.now <= row.end_ms + OPEN_FOR_MS; }

  /** @param {"start_ms"|"end_ms"} edge */
  trim(edge) {
    const row = this.marks.open;
    if (!row) return;
    const at = edge === "start_ms" ? this.player.frameStart : this.player.frameEnd;
    const fits = edge === "start_ms" ? at < row.end_ms : at > row.start_ms;
    if (fits) this.marks.change(row.id, { [edge]: at });
    else say(edge === "start_ms" ? "This is after the moment ends. Move the film back first." : "This is before the moment begins. Move the film on first.");
  }

  /** @param {1|-1} by */
  step(by) {
    const rows = this.marks.list;
    const now = this.player.now;
    const at = rows.findIndex((row) => row.id === this.marks.chosen);
    const next = at >= 0 ? rows[at + by] : by > 0 ? rows.find((row) => row.start_ms >= now) : rows.findLast((row) => row.start_ms <= now);
    if (!next) return;
    this.marks.choose(next.id);
    this.player.seek(next.start_ms + 1);
  }

  /** @param {string} id */
  play(id) {
    const row = this.marks.moments.get(id);
    if (!row) return;
    this.marks.choose(id);
    this.player.playSpan(row.start_ms, row.end_ms);
  }

  remove() {
    const row = this.marks.open;
    if (!row) return;
    this.marks.remove(row.id);
    this.root.querySelector("[data-undo]")?.removeAttribute("hidden");
    clearTimeout(this.undoing);
    this.undoing = window.setTimeout(() => this.root.querySelector("[data-undo]")?.setAttribute("hidden", ""), 60000);
  }

  /** What a clip of the chosen moment would say. */
  words() {
    const row = this.marks.open;
    if (!row || this.hasSpan) return null;
    const numbers = this.marks.tagsOf(row).map((tag) => tag.number);
    return { start: row.start_ms, end: row.end_ms, who: row.who, why: row.note, principles: numbers.map((number) => this.marks.tag(number)?.id).filter(Boolean) };
  }

  /** The chosen moment is a clip, at one press. */
  clip() {
    const words = this.words();
    const form = /** @type {HTMLFormElement|null} */ (this.root.querySelector("form#mark"));
    if (!words || !form) return;
    if (words.end - words.start < SHORTEST_CLIP_MS) return say("A clip lasts at least one second, so that there is something to see. Please make the moment a little longer first.");
    const values = { start_ms: words.start / 1000, end_ms: words.end / 1000, who: words.who, why: words.why, principle_ids: words.principles };
    const isTyped = this.writing.isEdited || this.writing.isTyped;
    window.htmx.ajax("POST", this.root.dataset.clipMark, { source: "#clips", target: "#mark", swap: isTyped ? "none" : "outerHTML", values });
    say("It is a clip now. You find it below your moments.");
  }

  /** The tracks show the span of the chosen moment. */
  span() {
    const held = this.held;
    this.onSpan(held?.start ?? null, held?.end ?? null);
    this.root.querySelector("[data-undo]")?.toggleAttribute("hidden", !this.marks.gone);
  }

  tell() {
    const { keeper } = this.marks;
    const [words, where] = STATES[keeper.state];
    const many = keeper.entries.size;
    const counted = keeper.state === "device" && many ? `${words}: ${many} change${many === 1 ? "" : "s"}. They go to Attune when the connection is back.` : words;
    const full = "Not kept yet: this device has no room. Please leave this page open.";
    if (this.saved.textContent !== counted) Object.assign(this.saved, { textContent: keeper.isFull && keeper.state !== "saved" ? full : counted });
    this.saved.dataset.where = where;
  }
}
