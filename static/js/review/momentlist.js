/**
 * The list of moments: a line each, of which only what changed is made anew; and two versions of one, side by side.
 * @module review/momentlist
 */
import { clock, lengthWords } from "./times.js";

/** @typedef {import("./marks.js").Moment} Moment */

const MOST = 7; // lines before the list scrolls by itself

export const WHO = { both: "Parent and child", parent: "The parent", child: "The child", guider: "You" };
export const TURN = { "": "", activate: "Activating", receive: "Receiving" };

/** @template {keyof HTMLElementTagNameMap} T @param {T} tag @param {Record<string, any>} facts @param {...(Node|string)} inside */
export function el(tag, facts = {}, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(facts)) {
    if (name in made) Object.assign(made, { [name]: value });
    else made.setAttribute(name, String(value));
  }
  made.append(...inside);
  return made;
}

/** A principle as a small chip. @param {import("./marks.js").Tag} tag */
export function chip(tag) {
  const words = tag.current ? tag.short : `${tag.short}, in an earlier wording`;
  return el("span", { className: "principle", "data-principle": tag.number }, el("span", { className: "number" }, String(tag.number)), el("span", { className: "principle__sign", ariaHidden: "true" }, tag.glyph), words);
}

export class MomentList {
  /** @param {HTMLElement} root @param {import("./marks.js").Marks} marks @param {(row: Moment) => void} onPress */
  constructor(root, marks, onPress) {
    this.marks = marks;
    this.list = /** @type {HTMLElement} */ (root.querySelector("[data-moment-list]"));
    this.count = /** @type {HTMLElement} */ (root.querySelector("[data-moment-count]"));
    this.empty = /** @type {HTMLElement} */ (root.querySelector("[data-moment-empty]"));
    this.questions = /** @type {HTMLElement} */ (root.querySelector("[data-moment-questions]"));
    /** @type {Map<string, {row: Moment, line: HTMLElement}>} */
    this.lines = new Map();
    marks.addEventListener("marks", () => this.show());
    marks.addEventListener("chosen", () => {
      this.mark();
      this.asked ??= requestAnimationFrame(() => this.point());
    });
    this.list.addEventListener("click", (event) => {
      const id = /** @type {HTMLElement|null} */ (/** @type {Element} */ (event.target).closest("[data-moment]"))?.dataset.moment;
      const row = marks.moments.get(id ?? "");
      if (row) onPress(row);
    });
  }

  show() {
    const rows = this.marks.list;
    const lines = rows.map((row) => this.line(row));
    const place = new Set(lines);
    for (const line of [...this.list.children]) if (!place.has(/** @type {HTMLElement} */ (line))) line.remove();
    lines.forEach((line, at) => this.list.children[at] !== line && this.list.insertBefore(line, this.list.children[at] ?? null));
    for (const id of this.lines.keys()) if (!this.marks.moments.has(id)) this.lines.delete(id);
    this.count.textContent = rows.length ? `${rows.length} moment${rows.length === 1 ? "" : "s"}` : "No moments yet";
    this.empty.hidden = rows.length > 0;
    this.list.hidden = !rows.length;
    this.list.toggleAttribute("data-long", rows.length > MOST);
    this.ask();
    this.mark();
  }

  /** @param {Moment} row */
  line(row) {
    const known = this.lines.get(row.id);
    if (known?.row === row) return known.line;
    const line = known?.line ?? el("li", { className: "moment" });
    const tags = this.marks.tagsOf(row);
    line.toggleAttribute("data-principle", Boolean(tags.length));
    if (tags.length) line.dataset.principle = String(tags[0].number);
    const time = el("span", { className: "moment__time" }, `${clock(row.start_ms).slice(0, -1)} – ${clock(row.end_ms).slice(0, -1)}`);
    const signs = el("span", { className: "moment__signs" }, ...tags.map(chip));
    const said = row.note ? el("span", { className: "moment__note" }, row.note) : el("span", { className: "moment__note soft" }, [TURN[row.turn], WHO[row.who]].filter(Boolean).join(" · "));
    line.replaceChildren(el("button", { type: "button", className: "moment__line", "data-moment": row.id }, time, signs, said));
    this.lines.set(row.id, { row, line });
    return line;
  }

  /** The chosen one is marked. */
  mark() {
    const button = this.lines.get(this.marks.chosen ?? "")?.line.firstElementChild;
    if (this.marked !== button) this.marked?.removeAttribute("aria-current");
    this.marked = button;
    button?.setAttribute("aria-current", "true");
  }

  /** The chosen one is in sight: asked once a picture, when everything else stands. */
  point() {
    this.asked = undefined;
    const line = this.lines.get(this.marks.chosen ?? "")?.line;
    if (!line || !this.list.hasAttribute("data-long")) return;
    const [top, bottom] = [line.offsetTop, line.offsetTop + line.offsetHeight];
    if (top < this.list.scrollTop) this.list.scrollTop = top - 8;
    else if (bottom > this.list.scrollTop + this.list.clientHeight) this.list.scrollTop = bottom - this.list.clientHeight + 8;
  }

  /** Two versions of one row, or a row the house cannot take: said calmly, the person chooses. */
  ask() {
    const asked = [...this.marks.keeper.entries.values()].filter((entry) => entry.theirs || entry.refused);
    this.questions.replaceChildren(...asked.map((entry) => (entry.theirs ? this.both(entry) : this.refused(entry))));
  }

  /** @param {import("./keeper.js").Entry} entry */
  both(entry) {
    const half = (/** @type {any} */ row, /** @type {string} */ where, /** @type {string} */ keep, /** @type {boolean} */ mine) =>
      el("div", { className: "versions__half" }, el("h4", {}, where), ...this.words(entry.kind, row),
        el("button", { type: "button", className: "button button--quiet button--small", onclick: () => this.marks.resolve(entry, mine) }, keep));
    const head = entry.kind === "chain" ? "This yes-cycle was changed in two places" : "This moment was changed in two places";
    return el("section", { className: "note versions", "data-tone": "care", ariaLabel: head }, el("h3", {}, head), el("p", {}, "Nothing is lost. Which one stays?"),
      el("div", { className: "versions__halves" }, half(entry.row, "Here", entry.row ? "Keep mine" : "Remove it", true), half(entry.theirs.row, "In the other window or device", entry.theirs.row ? "Keep the other" : "Leave it removed", false)));
  }

  /** @param {string} kind @param {any} row @returns {Node[]} */
  words(kind, row) {
    if (!row) return [el("p", { className: "soft" }, "Removed.")];
    if (kind === "chain") return [el("p", {}, `${row.links.length} moments linked`)];
    return [el("p", { className: "moment__time" }, `${clock(row.start_ms)} – ${clock(row.end_ms)} · ${lengthWords(row.end_ms - row.start_ms)}`),
      el("p", { className: "moment__signs" }, ...this.marks.tagsOf(row).map(chip)), el("p", {}, row.note || "No words.")];
  }

  /** @param {import("./keeper.js").Entry} entry */
  refused(entry) {
    return el("section", { className: "note", "data-tone": "care" }, el("p", {}, `${entry.refused} What you marked is kept on this device.`));
  }
}
