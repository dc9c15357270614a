/**
 * One clip or still on the screen, and the next. Knows film and nothing else: no words, no log, no seal.
 * @module board/screen
 */
import { watch } from "../watching.js";

const SLOW = [1, 0.5, 0.25];

/** @typedef {{key: string, kind: string, title: string, question: string, src: string, watched: string, from: number, until: number, rate: number, width: number, height: number, film?: string}} Item */

export class Screen extends EventTarget {
  /** @param {HTMLElement} place @param {Item[]} items @param {(item: Item) => Promise<string>} sourceOf */
  constructor(place, items, sourceOf) {
    super();
    Object.assign(this, { place, items, sourceOf });
    this.at = -1;
    /** @type {HTMLVideoElement|null} */
    this.film = null;
    this.pace = 1;
    /** @type {Map<string, File>} films that never leave this device, once they were opened from it */
    this.opened = new Map();
  }

  /** @returns {Item|undefined} */
  get item() { return this.items[this.at]; }
  get isPlaying() { return Boolean(this.film && !this.film.paused && !this.film.ended); }
  get isLast() { return this.at >= this.items.length - 1; }

  tell() { this.dispatchEvent(new Event("moved")); }

  /** This one stands on the screen, at its first picture, waiting. @param {number} at */
  async go(at) {
    if (at < 0 || at >= this.items.length) return;
    this.clear();
    this.at = at;
    const item = this.items[at];
    const file = this.opened.get(item.film ?? "");
    const source = file ? URL.createObjectURL(file) : await this.sourceOf(item);
    if (this.items[this.at] !== item) return;
    if (item.kind === "away" && !file) this.ask(item);
    else if (item.kind === "still") this.still(item, source);
    else this.clip(item, source);
    this.dispatchEvent(new CustomEvent("shows", { detail: item }));
    this.tell();
  }

  /** Nothing is on the screen, and the browser holds nothing of it. */
  clear() {
    this.film?.pause();
    for (const thing of this.place.querySelectorAll("video, img")) {
      const source = thing.getAttribute("src") ?? "";
      thing.removeAttribute("src");
      /** @type {HTMLVideoElement} */ (thing).load?.();
      if (source.startsWith("blob:")) URL.revokeObjectURL(source);
    }
    this.place.replaceChildren();
    this.film = null;
  }

  /** @param {Item} item @param {string} source */
  still(item, source) {
    const frame = this.frame(item);
    frame.append(Object.assign(document.createElement("img"), { className: "show__film", src: source, alt: item.title }));
  }

  /** @param {Item} item @param {string} source */
  clip(item, source) {
    const frame = this.frame(item);
    frame.dataset.watched = item.watched;
    const film = Object.assign(document.createElement("video"), { className: "show__film", playsInline: true, preload: "auto", disablePictureInPicture: true, disableRemotePlayback: true, preservesPitch: true });
    film.setAttribute("aria-label", item.title);
    film.setAttribute("data-film", "");
    film.setAttribute("controlslist", "nodownload noremoteplayback");
    if (item.width) Object.assign(film, { width: item.width, height: item.height });
    film.src = source;
    this.film = film;
    frame.append(film);
    film.addEventListener("loadedmetadata", () => { film.currentTime = (item.from + 1) / 1000; film.playbackRate = this.pace; }, { once: true });
    for (const event of ["play", "pause", "ended", "seeked", "ratechange"]) film.addEventListener(event, () => this.tell());
    film.addEventListener("play", () => this.follow(film, item));
    film.addEventListener("click", () => this.toggle());
    frame.addEventListener("watching:refused", () => this.dispatchEvent(new Event("refused")));
    watch(frame, film);
  }

  /** A film that stays on this device is opened from it, once for all its clips. @param {Item} item */
  ask(item) {
    const frame = this.frame(item);
    const label = Object.assign(document.createElement("label"), { className: "show__open", textContent: "This film stays on your device. Open it to show this clip. " });
    const input = Object.assign(document.createElement("input"), { type: "file", accept: "video/*" });
    input.addEventListener("change", () => {
      if (!input.files?.length) return;
      this.opened.set(item.film ?? "", input.files[0]);
      this.go(this.items.indexOf(item));
    });
    label.append(input);
    frame.append(label);
  }

  /** @param {Item} item */
  frame(item) {
    const frame = Object.assign(document.createElement("div"), { className: "show__frame" });
    frame.dataset.key = item.key;
    frame.setAttribute("data-stage", "");
    this.place.append(frame);
    return frame;
  }

  /** A clip that is not cut yet stops where it ends. @param {HTMLVideoElement} film @param {Item} item */
  follow(film, item) {
    const look = () => {
      if (film.paused || film !== this.film) return;
      if (item.until && film.currentTime * 1000 >= item.until - 500 / (item.rate || 25)) return film.pause();
      if ("requestVideoFrameCallback" in film) film.requestVideoFrameCallback(look);
      else requestAnimationFrame(look);
    };
    look();
  }

  toggle() {
    if (!this.film || !this.item) return;
    if (this.isPlaying) return this.film.pause();
    const over = this.film.ended || (this.item.until && this.film.currentTime * 1000 >= this.item.until - 1000 / (this.item.rate || 25));
    if (over) this.film.currentTime = (this.item.from + 1) / 1000;
    this.film.play().catch(() => this.tell());
  }

  again() {
    if (!this.film || !this.item) return;
    this.film.currentTime = (this.item.from + 1) / 1000;
    this.film.play().catch(() => this.tell());
  }

  /** Slower, and slower still; then as it was. Voices keep their pitch. */
  slow() {
    this.pace = SLOW[(SLOW.indexOf(this.pace) + 1) % SLOW.length];
    if (this.film) this.film.playbackRate = this.pace;
    this.tell();
  }

  /** One picture on or back, and it stands still. @param {number} by */
  frameBy(by) {
    if (!this.film || !this.item) return;
    this.film.pause();
    const rate = this.item.rate || 25;
    const picture = Math.floor(this.film.currentTime * rate + 1e-4) + by;
    const first = Math.floor((this.item.from * rate) / 1000 + 1e-4);
    const last = this.item.until ? Math.ceil((this.item.until * rate) / 1000) - 1 : Infinity;
    this.film.currentTime = (Math.min(Math.max(first, picture), last) + 0.5) / rate;
  }
}
