/**
 * The tracks under a film: small pictures, loudness, lanes, one cursor through all of them, and the
 * span that is being chosen. Scrubs by pointer, by touch and by arrow keys.
 * @module review/tracks
 */
import { clock } from "./times.js";
import { drawAt, forget, sheetOf } from "./pictures.js";

/** @typedef {import("./player.js").Player} Player */

const STEP_MS = 1000;
const FAR_MS = 10000;

export class Tracks {
  /** @param {HTMLElement} root @param {HTMLElement} stage @param {Player} player @param {import("./view.js").View} view */
  constructor(root, stage, player, view) {
    this.player = player;
    this.root = root;
    this.stage = stage;
    this.view = view;
    /** @type {[number|null, number|null]} */
    this.span = [null, null];
    this.strip = /** @type {HTMLElement} */ (root.querySelector("[data-strip]"));
    this.pictures = /** @type {HTMLCanvasElement} */ (root.querySelector("[data-pictures]"));
    this.sound = /** @type {HTMLCanvasElement|null} */ (root.querySelector("[data-sound]"));
    this.over = /** @type {SVGSVGElement} */ (root.querySelector("[data-over]"));
    this.cursor = /** @type {SVGRectElement} */ (root.querySelector("[data-cursor]"));
    this.chosen = /** @type {SVGRectElement} */ (root.querySelector("[data-chosen]"));
    for (const part of root.querySelectorAll("[data-track-strip], [data-track-sound], [data-over]")) {
      part.removeAttribute("hidden");
    }
    player.addEventListener("moved", () => this.show());
    view.addEventListener("view", () => this.soon());
    this.listen();
    stage.addEventListener("watching:refused", () => this.clear());
    new ResizeObserver(() => this.draw()).observe(this.strip);
    this.load();
  }

  async load() {
    const [sheet, loudness] = [await sheetOf(this.stage), await loudnessOf(this.stage.dataset.peaks ?? "")];
    if (this.gone) return;
    [this.sheet, this.loudness] = [sheet, loudness];
    this.draw();
  }

  /** The pictures and the loudness of a film that may not be seen any more are gone. */
  clear() {
    this.gone = true;
    forget();
    this.sheet = this.loudness = null;
    this.draw();
  }

  /** Pictures that came later, of a film on this device. @param {import("./pictures.js").Sheet} sheet */
  use(sheet) {
    this.sheet = sheet;
    this.draw();
  }

  /** Draw once before the next picture, however often it was asked. */
  soon() {
    this.asked ??= requestAnimationFrame(() => {
      this.asked = undefined;
      this.draw();
    });
  }

  /** Draw pictures and loudness afresh for the width there is. */
  draw() {
    const length = this.player.length;
    const pen = fitted(this.pictures, this.strip.clientWidth, 46);
    if (this.sheet && pen && length) {
      const wide = (46 * this.sheet.width) / this.sheet.height;
      const many = Math.max(1, Math.round(this.strip.clientWidth / Math.max(26, wide)));
      const each = this.strip.clientWidth / many;
      for (let at = 0; at < many; at++) {
        drawAt(pen, this.sheet, this.view.at((at + 0.5) / many), { x: at * each, y: 0, width: each + 1, height: 46 });
      }
    }
    this.drawSound(length);
    this.fit();
    this.choose(...this.span);
    this.show();
  }

  /** @param {number} length */
  drawSound(length) {
    if (!this.sound) return;
    const wide = this.sound.clientWidth;
    const pen = fitted(this.sound, wide, 30);
    if (!pen || !this.loudness || !length) return;
    pen.fillStyle = getComputedStyle(this.sound).color;
    const { peaks, per_second: rate } = this.loudness;
    for (let x = 0; x < wide; x += 3) {
      const from = Math.floor((this.view.at(x / wide) * rate) / 1000);
      const until = Math.max(from + 1, Math.floor((this.view.at((x + 3) / wide) * rate) / 1000));
      const high = Math.max(1.5, Math.sqrt(Math.max(0, ...peaks.slice(from, until))) * 28);
      pen.fillRect(x, 15 - high / 2, 2, high);
    }
  }

  /** Spans that came with the page stand in thousandths of the film: they show the same stretch. */
  fit() {
    const { length } = this.player;
    if (!length) return;
    const box = `${(this.view.from * 1000) / length} 0 ${(this.view.width * 1000) / length} 20`;
    for (const lane of this.root.querySelectorAll("svg.lane__track")) lane.setAttribute("viewBox", box);
  }

  /** Put the cursor where the film is. */
  show() {
    const { now, length } = this.player;
    if (!length) return;
    const x = this.view.x(now);
    this.cursor.setAttribute("x", String(x < 0 || x > 1 ? -10 : x * 1000));
    this.strip.setAttribute("aria-valuenow", String(Math.round(now)));
    this.strip.setAttribute("aria-valuemax", String(Math.round(length)));
    this.strip.setAttribute("aria-valuetext", clock(now));
  }

  /** Show the span that is being chosen. @param {number|null} start @param {number|null} end */
  choose(start, end) {
    this.span = [start, end];
    const from = start ?? end;
    if (from === null || !this.player.length) return this.chosen.setAttribute("width", "0");
    const until = end ?? start ?? from;
    const x = Math.max(0, this.view.x(from));
    this.chosen.setAttribute("x", String(x * 1000));
    this.chosen.setAttribute("width", String(Math.max(2, (Math.min(1, this.view.x(until)) - x) * 1000)));
    this.chosen.toggleAttribute("hidden", x >= 1 || this.view.x(until) <= 0);
  }

  listen() {
    const place = (/** @type {PointerEvent} */ event) => {
      const box = this.strip.getBoundingClientRect();
      this.player.seek(this.view.at((event.clientX - box.left) / box.width));
    };
    this.strip.addEventListener("pointerdown", (event) => {
      this.strip.setPointerCapture(event.pointerId);
      this.player.film.pause();
      place(event);
    });
    this.strip.addEventListener("pointermove", (event) => this.strip.hasPointerCapture(event.pointerId) && place(event));
    this.strip.addEventListener("keydown", (event) => this.key(event));
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const { now, length } = this.player;
    const to = {
      ArrowLeft: now - STEP_MS, ArrowRight: now + STEP_MS, ArrowDown: now - STEP_MS, ArrowUp: now + STEP_MS,
      PageDown: now - FAR_MS, PageUp: now + FAR_MS, Home: 0, End: length,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.player.seek(to);
  }
}

/** A canvas as wide as its place, sharp on any screen.
 * @param {HTMLCanvasElement} canvas @param {number} width @param {number} height */
function fitted(canvas, width, height) {
  const scale = window.devicePixelRatio || 1;
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.round(height * scale);
  const pen = canvas.getContext("2d");
  pen?.scale(scale, scale);
  return pen;
}

/** @param {string} address @returns {Promise<{per_second: number, peaks: number[]}|null>} */
async function loudnessOf(address) {
  if (!address) return null;
  try {
    const answer = await fetch(address);
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}
