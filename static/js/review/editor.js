/**
 * The chosen moment: its principles, who is in it, what was seen. Every touch of it is kept; typing lets the film wait, and
 * leaving the words lets it go on.
 * @module review/editor
 */
import { clock } from "./times.js";

export class Editor {
  /** @param {HTMLElement} root @param {import("./player.js").Player} player @param {import("./marks.js").Marks} marks */
  constructor(root, player, marks) {
    Object.assign(this, { player, marks });
    this.form = /** @type {HTMLFormElement} */ (root.querySelector("[data-moment-editor]"));
    this.when = /** @type {HTMLElement} */ (this.form.querySelector("[data-moment-when]"));
    this.note = /** @type {HTMLTextAreaElement} */ (this.form.elements.namedItem("note"));
    this.wasPlaying = false;
    marks.addEventListener("chosen", () => this.show());
    marks.addEventListener("marks", () => this.show());
    this.form.addEventListener("submit", (event) => (event.preventDefault(), this.leave()));
    this.form.addEventListener("input", () => this.read());
    this.note.addEventListener("focus", () => this.wait());
    this.note.addEventListener("blur", () => this.goOn());
    this.note.addEventListener("keydown", (event) => {
      if (event.key === "Escape" || (event.key === "Enter" && (event.ctrlKey || event.metaKey))) {
        event.preventDefault();
        event.stopPropagation();
        this.leave();
      }
    });
  }

  /** The fields say what the chosen moment says; a field one stands in is left alone while it says the same. */
  show() {
    const row = this.marks.open;
    this.form.hidden = !row;
    if (!row) return;
    this.when.textContent = `${clock(row.start_ms).slice(0, -1)} – ${clock(row.end_ms).slice(0, -1)} · ${Math.round((row.end_ms - row.start_ms) / 100) / 10} s`;
    const numbers = new Set(this.marks.tagsOf(row).map((tag) => String(tag.number)));
    for (const box of /** @type {NodeListOf<HTMLInputElement>} */ (this.form.querySelectorAll("[data-tag]"))) box.checked = numbers.has(box.value);
    for (const name of ["who", "turn"]) {
      for (const box of /** @type {NodeListOf<HTMLInputElement>} */ (this.form.querySelectorAll(`[name="${name}"]`))) box.checked = box.value === row[name];
    }
    const about = /** @type {HTMLSelectElement|null} */ (this.form.elements.namedItem("about"));
    if (about) about.value = row.about ?? "";
    if (this.note.value !== row.note) this.note.value = row.note;
  }

  /** What the fields say is what the moment says. */
  read() {
    const row = this.marks.open;
    if (!row) return;
    const fields = new FormData(this.form);
    const facts = { note: this.note.value, who: String(fields.get("who") ?? row.who), turn: String(fields.get("turn") ?? ""), about: String(fields.get("about") ?? "") || null };
    const numbers = new Set(this.marks.tagsOf(row).map((tag) => tag.number));
    const ticked = new Set(fields.getAll("tag").map(Number));
    const turned = [...new Set([...numbers, ...ticked])].find((number) => numbers.has(number) !== ticked.has(number) && this.form.querySelector(`[data-tag][value="${number}"]`));
    if (turned !== undefined) return this.marks.toggle(row.id, turned);
    this.marks.change(row.id, facts);
  }

  /** The words of the chosen moment. */
  write() {
    if (this.form.hidden) return;
    this.note.focus({ preventScroll: true });
    this.form.scrollIntoView({ block: "nearest" });
  }

  wait() {
    this.wasPlaying = !this.player.film.paused;
    this.player.film.pause();
  }

  goOn() {
    if (this.wasPlaying) this.player.play();
    this.wasPlaying = false;
  }

  leave() { this.note.blur(); }
}
