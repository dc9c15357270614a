/**
 * Which stretch of the film the tracks show: all of it, or a part that is looked at closely.
 * @module review/view
 */

const CLOSEST_MS = 4000;

export class View extends EventTarget {
  /** @param {import("./player.js").Player} player */
  constructor(player) {
    super();
    this.player = player;
    this.start = 0;
    /** @type {number|null} how much is shown; null for everything */
    this.shown = null;
    player.addEventListener("moved", () => this.follow());
    player.film.addEventListener("loadedmetadata", () => this.tell());
  }

  get from() { return this.shown === null ? 0 : this.start; }
  get width() { return this.shown ?? Math.max(1, this.player.length || 0); }
  get isWhole() { return this.shown === null; }

  /** A time as a part of the width, 0 to 1 when it is in view. @param {number} ms */
  x(ms) { return (ms - this.from) / this.width; }

  /** The time at a part of the width. @param {number} x */
  at(x) { return this.from + x * this.width; }

  /** Show more or less; what is at `ms` stays where it is. @param {number} factor @param {number} [ms] */
  zoom(factor, ms = this.player.now) {
    const all = this.player.length;
    const width = Math.max(CLOSEST_MS, this.width * factor);
    if (!all) return;
    if (width >= all) this.shown = null;
    else {
      const x = Math.min(1, Math.max(0, this.x(ms)));
      this.shown = width;
      this.start = ms - x * width;
    }
    this.move(this.start);
  }

  /** Show the stretch that begins there. @param {number} start */
  move(start) {
    this.start = Math.min(Math.max(0, start), Math.max(0, this.player.length - this.width));
    this.tell();
  }

  /** The place in the film stays in view. */
  follow() {
    if (this.isWhole) return;
    const x = this.x(this.player.now);
    if (x < 0 || x > 1) this.move(this.player.now - 0.5 * this.width);
    else if (x > 0.92 && !this.player.film.paused) this.move(this.player.now - 0.12 * this.width);
  }

  tell() { this.dispatchEvent(new Event("view")); }
}
