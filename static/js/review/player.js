/**
 * One film that can be looked at closely: frames, speeds, spans. Knows no keys and no forms.
 * @module review/player
 */

const NEAR = 1e-4; // ms: a rate such as 30000/1001 is not whole in any computer
const SPEEDS = [1, 0.75, 0.5, 0.25, 0.1];

export class Player extends EventTarget {
  /** @param {HTMLVideoElement} film @param {{rate: number, length: number, first?: number}} facts rate in frames a second,
   * length in ms; first: how long a clip lasts that is shown once more, at half speed, in the same film */
  constructor(film, { rate, length, first = 0 }) {
    super();
    this.first = first;
    this.film = film;
    this.rate = rate || 25;
    this.known = length;
    /** @type {{start: number, end: number}|null} */
    this.span = null;
    /** @type {{start: number, end: number}[]} spans that are played after this one */
    this.rest = [];
    this.looping = false;
    film.preservesPitch = true;
    for (const event of ["play", "pause", "seeked", "timeupdate", "loadedmetadata", "ratechange"]) film.addEventListener(event, () => this.tell());
    film.addEventListener("play", () => this.follow());
    film.addEventListener("ended", () => this.span && (this.rest.length || this.looping) && (this.keepToSpan(), this.play()));
  }

  /** Where it stands, in ms. */
  get now() { return this.film.currentTime * 1000; }
  /** How long it lasts, in ms. */
  get length() { return Number.isFinite(this.film.duration) && this.film.duration > 0 ? this.film.duration * 1000 : this.known; }
  /** The number of the frame on the screen. */
  get frame() { return Math.floor(this.film.currentTime * this.rate + 1e-4); }
  /** Where the frame on the screen begins and ends, in whole ms that lie inside it. */
  get frameStart() { return Math.floor((this.toldFrame * 1000) / this.rate + NEAR); }
  get frameEnd() { return Math.min(Math.floor(((this.toldFrame + 1) * 1000) / this.rate + NEAR), Math.floor(this.first || this.length) || Infinity); }
  /** The frame that is named to others: a frame seen in the slow repeat is the one seen at speed before it. */
  get toldFrame() {
    const frames = Math.round((this.first * this.rate) / 1000);
    return this.first && this.frame >= frames ? Math.min(Math.floor((this.frame - frames) / 2), frames - 1) : this.frame;
  }

  tell() { this.dispatchEvent(new Event("moved")); }

  /** Follow every frame while it plays, and stop or turn round at the end of a span. */
  follow() {
    const next = () => {
      if (this.film.paused) return;
      this.keepToSpan();
      this.tell();
      if ("requestVideoFrameCallback" in this.film) this.film.requestVideoFrameCallback(next);
      else requestAnimationFrame(next);
    };
    next();
  }

  keepToSpan() {
    if (!this.span || this.now < this.span.end - 500 / this.rate) return;
    const next = this.rest.shift();
    if (next) this.goTo(next);
    else if (this.looping) this.film.currentTime = this.span.start / 1000;
    else {
      this.film.pause();
      this.span = null;
    }
  }

  toggle() {
    if (!this.film.paused) return this.film.pause();
    if (this.film.ended) this.film.currentTime = 0;
    this.play();
  }

  play() { this.film.play().catch(() => this.tell()); }

  /** @param {number} ms */
  seek(ms) {
    this.rest = [];
    if (!this.looping) this.span = null;
    this.film.currentTime = Math.min(Math.max(0, ms), Math.max(0, this.length - 1)) / 1000;
    this.tell();
  }

  /** @param {number} by whole frames */
  step(by) {
    this.film.pause();
    const last = Math.max(0, Math.ceil((this.length * this.rate) / 1000) - 1);
    const frame = Math.min(Math.max(0, this.frame + by), last);
    this.film.currentTime = (frame + 0.5) / this.rate;
  }

  /** @param {number} start ms @param {number} end ms */
  playSpan(start, end) { this.playSpans([{ start, end }]); }

  /** One after the other, then stop. @param {{start: number, end: number}[]} spans */
  playSpans([first, ...rest]) {
    if (!first) return;
    this.rest = rest;
    this.goTo(first);
    this.play();
  }

  /** @param {{start: number, end: number}} span */
  goTo(span) {
    this.span = span;
    this.film.currentTime = (span.start + 1) / 1000;
    this.dispatchEvent(new CustomEvent("span", { detail: span }));
  }

  /** The next slower speed; after the slowest, full speed again. */
  slower() { this.speed(1); }
  /** The next faster speed; full speed is the fastest. */
  faster() { if (this.film.playbackRate < 1) this.speed(-1); }

  /** @param {1|-1} by */
  speed(by) {
    const at = SPEEDS.findIndex((speed) => speed <= this.film.playbackRate);
    this.film.playbackRate = SPEEDS[(at + by + SPEEDS.length) % SPEEDS.length];
  }
}
