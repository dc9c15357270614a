/**
 * One film kept where the room says it is: at the same moment for everybody, corrected gently. What the person
 * here does to it, by whatever key or control, is told to the room.
 * @module review/together/step
 */

/** @typedef {{at: number, on: boolean, rate: number, since: number}} Held where the film stood, and since when (room's clock, ms) */

const LOOK_EVERY_MS = 200;
const NEAR_MS = 20; // nearer than a frame is near enough
const FAR_MS = 250; // farther: jump
const JUMP_AT_MOST_EVERY_MS = 1200;
const MOST_GENTLE = 0.12; // of the speed; the voices keep their pitch
const SEEKS_AT_MOST_EVERY_MS = 80;
const REAL = /** @type {{get: () => number, set: (speed: number) => void}} */ (
  Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, "playbackRate"));

export class Step extends EventTarget {
  /** @param {HTMLVideoElement} film @param {() => number} now the room's clock */
  constructor(film, now) {
    super();
    this.film = film;
    this.now = now;
    /** @type {Held|null} */
    this.held = null;
    this.set = -1;
    this.speed = film.playbackRate;
    this.chosen = film.playbackRate;
    // keys and clocks on the page see the speed that somebody chose, never the small corrections of it
    Object.defineProperty(film, "playbackRate", {
      configurable: true,
      get: () => this.chosen,
      set: (speed) => REAL.set.call(film, (this.chosen = speed)),
    });
    this.jumped = 0;
    this.lead = 80;
    this.listening = new AbortController();
    const { signal } = this.listening;
    film.addEventListener("play", () => !this.held?.on && this.did("play"), { signal });
    film.addEventListener("pause", () => this.paused(), { signal });
    film.addEventListener("ended", () => this.held?.on && this.did("pause"), { signal });
    film.addEventListener("seeking", () => this.sought(), { signal });
    film.addEventListener("seeked", () => this.arrived(), { signal });
    film.addEventListener("ratechange", () => Math.abs(REAL.get.call(film) - this.speed) > 0.001 && this.did("rate"), { signal });
    film.addEventListener("loadedmetadata", () => this.held && this.hold(this.held), { signal });
    document.addEventListener("visibilitychange", () => !document.hidden && this.held && this.hold(this.held), { signal });
    this.looking = setInterval(() => this.look(), LOOK_EVERY_MS);
  }

  /** Where the film is now for everybody, in ms. */
  target() {
    const { at, on, rate, since } = /** @type {Held} */ (this.held);
    const end = Number.isFinite(this.film.duration) ? this.film.duration * 1000 : Infinity;
    return Math.min(end, at + (on ? Math.max(0, this.now() - since) * rate : 0));
  }

  /** Somebody did something: so it is from now on. @param {Held} held */
  hold(held) {
    this.held = held;
    this.chosen = held.rate;
    if (this.film.readyState < 1) return;
    this.pace(held.rate);
    if (!held.on) {
      this.film.pause();
      this.go(held.at);
    } else {
      const far = Math.abs(this.film.currentTime * 1000 - this.target());
      if (this.film.paused ? far > NEAR_MS : far > FAR_MS) this.go(this.target());
      this.play();
    }
  }

  play() {
    if (!this.film.paused || this.isOver()) return;
    this.film.play().catch((fault) => fault.name === "NotAllowedError" && this.dispatchEvent(new Event("blocked")));
  }

  isOver() { return Number.isFinite(this.film.duration) && this.target() >= this.film.duration * 1000; }

  /** @param {number} ms */
  go(ms) {
    if (Math.abs(this.film.currentTime * 1000 - ms) < 1) return;
    this.set = ms / 1000;
    this.jumped = performance.now();
    this.film.currentTime = this.set;
    this.set = this.film.currentTime;
  }

  /** @param {number} speed */
  pace(speed) {
    if (Math.abs(REAL.get.call(this.film) - speed) < 0.001) return;
    this.speed = speed;
    REAL.set.call(this.film, speed);
  }

  /** How far off are we? A little: hurry or linger a little. A lot: jump. */
  look() {
    const { film, held } = this;
    if (!held?.on || film.seeking || film.readyState < 2 || document.hidden) return;
    if (film.paused) return void this.play();
    if (this.chosen !== held.rate) return; // another speed has just been chosen here
    const off = film.currentTime * 1000 - this.target();
    if (this.isOver()) return;
    if (Math.abs(off) > FAR_MS && performance.now() - this.jumped > JUMP_AT_MOST_EVERY_MS) return this.go(this.target() + this.lead * held.rate);
    const gentle = Math.max(-MOST_GENTLE, Math.min(MOST_GENTLE, off / 1000));
    this.pace(held.rate * (Math.abs(off) < NEAR_MS ? 1 : 1 - gentle));
  }

  /** A jump has arrived: the next one allows for how long it took. */
  arrived() {
    if (this.held?.on && this.jumped) this.lead = Math.min(400, (this.lead + performance.now() - this.jumped) / 2);
  }

  paused() {
    const { film } = this;
    if (this.held?.on && film.isConnected && !film.ended && !document.hidden && film.hasAttribute("src")) this.did("pause");
  }

  /** Did somebody here choose another moment? Many a second while they drag. */
  sought() {
    if (Math.abs(this.film.currentTime - this.set) < 0.002) return;
    this.set = -1;
    const soon = (this.told ?? 0) + SEEKS_AT_MOST_EVERY_MS - performance.now();
    clearTimeout(this.telling);
    if (soon > 0) this.telling = setTimeout(() => this.did("seek"), soon);
    else this.did("seek");
  }

  /** @param {string} what */
  did(what) {
    const { film } = this;
    if (!film.isConnected) return;
    if (what === "seek") this.told = performance.now();
    if (what === "rate") this.speed = this.chosen = REAL.get.call(film);
    const rate = this.chosen;
    this.held = { at: film.currentTime * 1000, on: !film.paused, rate, since: this.now() };
    this.dispatchEvent(new CustomEvent("did", { detail: { what, ...this.held } }));
  }

  /** The film is one's own again. */
  leave() {
    this.listening.abort();
    clearInterval(this.looking);
    clearTimeout(this.telling);
    Reflect.deleteProperty(this.film, "playbackRate");
    this.film.playbackRate = this.chosen;
  }
}
