/**
 * Moments as spans, a lane for each principle, on one canvas: hundreds of them cost one drawing. What can be pressed here
 * stands in the list of moments too, for those who do not use a pointer.
 * @module review/lanes
 */

/** @typedef {import("./marks.js").Moment} Moment */

const ROW = 26;
const NEAR = 7;
const NONE = 0;

export class Lanes {
  /** @param {HTMLElement} root @param {import("./player.js").Player} player @param {import("./view.js").View} view @param {import("./marks.js").Marks} marks */
  constructor(root, player, view, marks) {
    Object.assign(this, { player, view, marks });
    this.names = /** @type {HTMLElement} */ (root.querySelector("[data-lane-names]"));
    this.canvas = /** @type {HTMLCanvasElement} */ (root.querySelector("[data-lane-spans]"));
    this.overview = /** @type {HTMLCanvasElement} */ (root.querySelector("[data-overview]"));
    /** @type {{number: number, color: string}[]} */
    this.rows = [];
    for (const part of root.querySelectorAll("[data-lanes], [data-zoom]")) part.removeAttribute("hidden");
    marks.addEventListener("marks", () => this.name());
    marks.addEventListener("chosen", () => this.soon());
    view.addEventListener("view", () => this.soon());
    player.addEventListener("moved", () => this.view.isWhole || this.soon());
    new ResizeObserver(() => this.soon()).observe(this.canvas);
    this.listen();
    this.name();
  }

  /** A name for each lane: today's principles, those of older versions, and moments without any. */
  name() {
    const tags = new Map();
    for (const tag of this.marks.tags.values()) if (!tags.has(tag.number)) tags.set(tag.number, tag);
    const rows = [...tags.values()].sort((a, b) => a.number - b.number);
    if (this.marks.list.some((row) => !row.principles.length)) rows.push({ number: NONE, glyph: "·", short: "No principle yet" });
    const key = rows.map((row) => `${row.number}${row.short}`).join();
    if (key !== this.key && rows.length) {
      this.key = key;
      this.names.replaceChildren(...rows.map(nameOf));
      this.rows = rows.map((row, at) => ({ number: row.number, color: getComputedStyle(this.names.children[at]).color }));
    }
    this.soon();
  }

  /** Draw once before the next picture. */
  soon() {
    this.asked ??= requestAnimationFrame(() => {
      this.asked = undefined;
      this.draw();
    });
  }

  draw() {
    const wide = this.canvas.clientWidth;
    const pen = fitted(this.canvas, wide, Math.max(1, this.rows.length) * ROW);
    if (!pen || !this.player.length) return;
    pen.fillStyle = "#1f2c2b";
    for (let at = 0; at < this.rows.length; at++) pen.fillRect(0, at * ROW + 2, wide, ROW - 4);
    const place = new Map(this.rows.map((row, at) => [row.number, at]));
    const open = this.marks.open;
    for (const row of this.marks.list) if (row !== open) this.span(pen, row, wide, place, false);
    if (open) this.span(pen, open, wide, place, true);
    this.drawOverview();
  }

  /** @param {CanvasRenderingContext2D} pen @param {Moment} row @param {number} wide @param {Map<number, number>} place @param {boolean} isOpen */
  span(pen, row, wide, place, isOpen) {
    const [from, until] = this.edges(row, wide);
    if (until < 0 || from > wide) return;
    for (const number of this.numbers(row)) {
      const at = place.get(number);
      if (at === undefined) continue;
      pen.fillStyle = this.rows[at].color;
      pen.globalAlpha = isOpen ? 1 : 0.85;
      pen.beginPath();
      pen.roundRect(from, at * ROW + 4, Math.max(4, until - from), ROW - 8, 4);
      pen.fill();
      pen.globalAlpha = 1;
      pen.lineWidth = isOpen ? 2.5 : 1;
      pen.strokeStyle = isOpen ? "#fff" : "#131f1e";
      pen.stroke();
    }
  }

  /** @param {Moment} row @returns {number[]} the lanes it stands in */
  numbers(row) {
    const numbers = this.marks.tagsOf(row).map((tag) => tag.number);
    return numbers.length ? numbers : [NONE];
  }

  /** @param {Moment} row @param {number} wide */
  edges(row, wide) {
    const held = this.drag && row.id === this.marks.chosen ? { ...row, ...this.drag.facts } : row;
    return [this.view.x(held.start_ms) * wide, this.view.x(held.end_ms) * wide];
  }

  /** The whole film in little, and the stretch of it that is in view. */
  drawOverview() {
    const box = /** @type {HTMLElement} */ (this.overview.closest("[data-overview-row]"));
    box.hidden = this.view.isWhole;
    if (box.hidden) return;
    const wide = this.overview.clientWidth;
    const pen = fitted(this.overview, wide, 22);
    const all = this.player.length;
    if (!pen || !all) return;
    pen.fillStyle = "#1f2c2b";
    pen.fillRect(0, 0, wide, 22);
    const colors = new Map(this.rows.map((row) => [row.number, row.color]));
    for (const row of this.marks.list) {
      pen.fillStyle = colors.get(this.numbers(row)[0]) ?? "#fff";
      pen.fillRect((row.start_ms / all) * wide, 6, Math.max(1.5, ((row.end_ms - row.start_ms) / all) * wide), 10);
    }
    pen.fillStyle = "#fff";
    pen.fillRect((this.player.now / all) * wide - 0.5, 0, 1.5, 22);
    pen.strokeStyle = "#6fd0c2";
    pen.lineWidth = 2;
    pen.strokeRect((this.view.from / all) * wide + 1, 1, Math.max(6, (this.view.width / all) * wide) - 2, 20);
  }

  /** The moment under the pointer, the shortest of several. @param {PointerEvent} event @returns {Moment|undefined} */
  hit(event) {
    const box = this.canvas.getBoundingClientRect();
    const [x, lane] = [event.clientX - box.left, this.rows[Math.floor((event.clientY - box.top) / ROW)]?.number];
    const under = this.marks.list.filter((row) => {
      const [from, until] = this.edges(row, box.width);
      return x >= from - NEAR && x <= Math.max(until, from + 4) + NEAR && this.numbers(row).includes(lane);
    });
    return under.sort((a, b) => a.end_ms - a.start_ms - (b.end_ms - b.start_ms))[0];
  }

  listen() {
    const time = (/** @type {PointerEvent} */ event, /** @type {HTMLElement} */ where) => (event.clientX - where.getBoundingClientRect().left) / where.clientWidth;
    this.canvas.addEventListener("pointerdown", (event) => this.press(event));
    this.canvas.addEventListener("pointermove", (event) => {
      if (!this.drag) return;
      this.drag.facts = this.trimmed(this.view.at(time(event, this.canvas)));
      this.soon();
    });
    for (const end of ["pointerup", "pointercancel"]) this.canvas.addEventListener(end, () => this.letGo());
    this.canvas.addEventListener("wheel", (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      this.view.zoom(event.deltaY > 0 ? 1.25 : 0.8, this.view.at((event.clientX - this.canvas.getBoundingClientRect().left) / this.canvas.clientWidth));
    }, { passive: false });
    const slide = (/** @type {PointerEvent} */ event) => this.view.move(time(event, this.overview) * this.player.length - this.view.width / 2);
    this.overview.addEventListener("pointerdown", (event) => (this.overview.setPointerCapture(event.pointerId), slide(event)));
    this.overview.addEventListener("pointermove", (event) => this.overview.hasPointerCapture(event.pointerId) && slide(event));
  }

  /** @param {PointerEvent} event */
  press(event) {
    const row = this.hit(event);
    const box = this.canvas.getBoundingClientRect();
    if (!row) return this.player.seek(this.view.at((event.clientX - box.left) / box.width));
    if (row.id === this.marks.chosen) {
      const [from, until] = this.edges(row, box.width);
      const x = event.clientX - box.left;
      const edge = Math.abs(x - until) < NEAR ? "end_ms" : Math.abs(x - from) < NEAR ? "start_ms" : null;
      if (edge) this.drag = { id: row.id, edge, facts: {} };
      if (edge) return this.canvas.setPointerCapture(event.pointerId);
    }
    this.marks.choose(row.id);
    this.player.playSpan(row.start_ms, row.end_ms);
  }

  /** The chosen moment with its dragged end on a frame. @param {number} ms */
  trimmed(ms) {
    const { start_ms, end_ms } = /** @type {Moment} */ (this.marks.open);
    const frame = Math.round((ms * this.player.rate) / 1000);
    const at = Math.round(Math.min(Math.max(0, (frame * 1000) / this.player.rate), this.player.length));
    if (this.drag?.edge === "start_ms") return { start_ms: Math.min(at, end_ms - 40) };
    return { end_ms: Math.max(at, start_ms + 40) };
  }

  letGo() {
    if (this.drag && Object.keys(this.drag.facts).length) this.marks.change(this.drag.id, this.drag.facts);
    this.drag = undefined;
    this.soon();
  }
}

/** @param {{number: number, glyph: string, short: string}} row */
function nameOf(row) {
  const name = Object.assign(document.createElement("span"), { className: "lane__name" });
  if (row.number) name.dataset.principle = String(row.number);
  const words = [["number", row.number || ""], ["principle__sign", row.glyph], ["lane__words", row.short]];
  for (const [className, textContent] of words) name.append(Object.assign(document.createElement("span"), { className, textContent }));
  return name;
}

/** @param {HTMLCanvasElement} canvas @param {number} width @param {number} height */
function fitted(canvas, width, height) {
  const scale = window.devicePixelRatio || 1;
  const [wide, high] = [Math.max(1, Math.round(width * scale)), Math.round(height * scale)];
  if (canvas.width !== wide) canvas.width = wide;
  if (canvas.height !== high) canvas.height = high;
  const pen = canvas.getContext("2d");
  pen?.setTransform(scale, 0, 0, scale, 0, 0);
  pen?.clearRect(0, 0, width, height);
  return pen;
}
