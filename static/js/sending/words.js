/**
 * Sizes, times left and lengths as a person would say them, and how fast a film goes.
 * @module sending/words
 */

/** @param {number} bytes */
export function size(bytes) {
  if (bytes < 1e6) return `${Math.round(bytes / 1e3)} kB`;
  return bytes < 1e9 ? `${Math.round(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}

/** @param {number} bytes a second */
export const speed = (bytes) => (bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB a second` : `${(bytes / 1e6).toFixed(1)} MB a second`);

/** Time left, roughly; nothing while nobody can honestly say.
 * @param {number} seconds */
export function left(seconds) {
  if (!Number.isFinite(seconds)) return "";
  if (seconds < 10) return "a few seconds left";
  if (seconds < 50) return `about ${Math.round(seconds / 10) * 10} seconds left`;
  if (seconds < 90) return "about a minute left";
  if (seconds < 3600) return `about ${Math.round(seconds / 60)} minutes left`;
  return `about ${Math.round(seconds / 360) / 10} hours left`;
}

/** 372000 as 6:12. @param {number} ms */
export function length(ms) {
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** How fast it goes, over the last quarter of a minute. */
export class Pace {
  /** @type {[number, number][]} */ #marks = [];

  /** @param {number} bytes @returns {number} bytes a second, NaN at first */
  note(bytes) {
    const now = performance.now();
    this.#marks.push([now, bytes]);
    while (this.#marks.length > 2 && now - this.#marks[0][0] > 15000) this.#marks.shift();
    const [then, before] = this.#marks[0];
    return now - then > 1500 ? ((bytes - before) * 1000) / (now - then) : NaN;
  }
}
