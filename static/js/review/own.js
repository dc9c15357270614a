/**
 * Small pictures out of a film that only this device has: drawn here, along the strip and beside each clip.
 * @module review/own
 */
const MOST = 40;
const COLUMNS = 8;
const HEIGHT = 90;
const PATIENCE_MS = 3000;

/** @typedef {import("./pictures.js").Sheet} Sheet */

export class OwnPictures {
  /** @param {string} address of the film on this device */
  constructor(address) {
    this.film = Object.assign(document.createElement("video"), { muted: true, preload: "auto", playsInline: true });
    this.film.src = address;
    this.line = new Promise((known) => {
      this.film.addEventListener("loadeddata", () => known(true), { once: true });
      this.film.addEventListener("error", () => known(false), { once: true });
    });
  }

  /** Do this at that place in the film, one after the other. @param {number} ms @param {() => void} draw */
  at(ms, draw) {
    this.line = this.line.then(async (isThere) => {
      if (!isThere) return false;
      await new Promise((done) => {
        this.film.addEventListener("seeked", done, { once: true });
        setTimeout(done, PATIENCE_MS);
        this.film.currentTime = Math.max(0.001, ms / 1000);
      });
      draw();
      return true;
    });
    return this.line;
  }

  /** A sheet like the one the house makes; told each time another row of it is drawn.
   * @param {(sheet: Sheet) => void} told */
  async sheet(told) {
    if (!(await this.line) || !this.film.videoHeight) return;
    const length = this.film.duration * 1000;
    const count = Math.min(MOST, Math.max(1, Math.floor(length / 1000)));
    const width = Math.max(1, Math.round((HEIGHT * this.film.videoWidth) / this.film.videoHeight));
    const image = Object.assign(document.createElement("canvas"), { width: width * COLUMNS, height: HEIGHT * Math.ceil(count / COLUMNS) });
    const pen = image.getContext("2d");
    const every = length / count;
    const sheet = { image, every, count, columns: COLUMNS, width, height: HEIGHT };
    for (let at = 0; at < count; at++) {
      const draw = () => pen?.drawImage(this.film, (at % COLUMNS) * width, Math.floor(at / COLUMNS) * HEIGHT, width, HEIGHT);
      await this.at((at + 0.5) * every, draw);
      if (at % COLUMNS === COLUMNS - 1 || at === count - 1) told(/** @type {any} */ (sheet));
    }
  }

  /** The stills of clips that stand here, each from the very middle of its clip. @param {ParentNode} where */
  stills(where) {
    for (const canvas of /** @type {NodeListOf<HTMLCanvasElement>} */ (where.querySelectorAll("canvas[data-still]:not([data-drawn])"))) {
      const [start, end] = (canvas.dataset.still ?? "0,0").split(",").map(Number);
      canvas.dataset.drawn = "yes";
      this.at((start + end) / 2, () => fill(canvas, this.film));
    }
  }
}

/** @param {HTMLCanvasElement} canvas @param {HTMLVideoElement} film */
function fill(canvas, film) {
  const scale = Math.max(canvas.width / film.videoWidth, canvas.height / film.videoHeight);
  const [wide, high] = [canvas.width / scale, canvas.height / scale];
  canvas.getContext("2d")?.drawImage(film, (film.videoWidth - wide) / 2, (film.videoHeight - high) / 2, wide, high, 0, 0, canvas.width, canvas.height);
}
