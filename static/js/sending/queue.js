/**
 * The queue: films in an order, one on its way at a time; a film that stops never holds up the others.
 * @module sending/queue
 */
import { Wakefulness } from "./awake.js";
import { Card } from "./card.js";
import { Hasher, lengthOf } from "./digest.js";
import { Film } from "./film.js";
import * as marks from "./marks.js";
import { left } from "./words.js";

const BUSY = new Set(["starting", "sending", "lost", "out", "checking", "measuring"]);
const ENDED = new Set(["preparing", "ready", "kept", "unusable", "refused"]);
const QUARTERS = 4;

export class Queue {
  /** @type {Film[]} */ films = [];
  isHeld = false;
  isGathering = false;

  /** @param {HTMLElement} root @param {import("./house.js").House} house @param {DOMStringMap} facts */
  constructor(root, house, facts) {
    this.root = root;
    this.house = house;
    this.addUrl = facts.addUrl ?? "";
    this.pattern = facts.beginPattern ?? "";
    this.hasher = new Hasher();
    this.awake = new Wakefulness();
    this.list = /** @type {HTMLElement} */ (root.querySelector("[data-films]"));
    this.summary = /** @type {HTMLElement} */ (root.querySelector("[data-summary]"));
    this.voice = /** @type {HTMLElement} */ (root.querySelector("[data-announce]"));
    this.title = document.title;
    this.template = /** @type {HTMLTemplateElement} */ (root.querySelector("template[data-card]"));
    this.all = /** @type {HTMLButtonElement} */ (root.querySelector("[data-pause-all]"));
    this.all.addEventListener("click", () => (this.isHalted ? this.resumeAll() : this.pauseAll()));
    addEventListener("online", () => this.films.forEach((film) => film.state === "lost" && film.again()));
    addEventListener("beforeunload", (event) => this.isBusy && event.preventDefault());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.films.forEach((film) => film.state === "out" && film.again()));
  }

  /** @param {string} id */
  beginUrlOf(id) { return this.pattern.replace("00000000-0000-0000-0000-000000000000", id); }
  get isBusy() { return this.films.some((film) => BUSY.has(film.state) || film.state === "line"); }
  get isHalted() { return !this.films.some((film) => BUSY.has(film.state)) && this.films.some((film) => film.state === "paused"); }

  /** @param {File} file @param {any} [half] @param {string} [kind] @returns {Film} */
  add(file, half, kind = "interaction") {
    const film = new Film(file, this, half);
    this.films.push(film);
    film.card = new Card(this.template, film, this.#deeds(film));
    film.card.kind = kind;
    this.list.append(film.card.root);
    lengthOf(file).then((ms) => {
      film.lengthMs = ms;
      film.card.show();
    });
    this.changed(film);
    return film;
  }

  /** @param {Film} film */
  #deeds(film) {
    return {
      earlier: () => this.shift(film, -1),
      later: () => this.shift(film, 1),
      remove: () => this.remove(film),
      pause: () => (["paused", "out"].includes(film.state) ? this.resume(film) : film.pause()),
      again: () => this.resume(film),
    };
  }

  /** @param {Film} film @param {number} by */
  shift(film, by) {
    const movable = this.films.filter((each) => ["chosen", "line"].includes(each.state));
    const other = movable[movable.indexOf(film) + by];
    if (!other) return;
    const [here, there] = [this.films.indexOf(film), this.films.indexOf(other)];
    [this.films[here], this.films[there]] = [other, film];
    this.list.append(...this.films.map((each) => each.card.root));
    const key = film.card.root.querySelector(`[data-do=${by < 0 ? "earlier" : "later"}]`);
    /** @type {HTMLElement} */ (key).focus();
    this.announce(`${film.name} is now number ${there + 1} of ${this.films.length}.`);
    this.showSummary();
  }

  /** Taken out before it started; the house no longer waits for it. @param {Film} film */
  async remove(film) {
    const next = film.card.root.nextElementSibling ?? film.card.root.previousElementSibling;
    const wasExpected = film.state === "line" && film.recordingId && !film.isKnown && !film.sent;
    film.digest?.stop();
    this.films = this.films.filter((each) => each !== film);
    film.card.root.remove();
    const place = next?.querySelector("button:not([hidden])") ?? this.root.querySelector("[data-choose]");
    /** @type {HTMLElement|null} */ (place)?.focus();
    this.announce(`${film.name} is taken out of the list.`);
    film.taken?.();
    this.#showAll();
    if (!wasExpected) return;
    this.forget(film);
    await this.house.post(`${film.filmUrl}discard/`, {}).catch(() => {});
  }

  /** @param {Film} film */
  resume(film) {
    this.isHeld = false;
    film.become("line");
    this.next();
  }

  pauseAll() {
    this.isHeld = true;
    for (const film of this.films) if (BUSY.has(film.state) || film.state === "line") film.pause();
  }

  resumeAll() {
    this.isHeld = false;
    for (const film of this.films) if (film.state === "paused") film.become("line");
    this.next();
  }

  /** The next film in line starts, when none is on its way. */
  next() {
    if (this.isHeld) return this.#rest();
    if (this.films.some((film) => BUSY.has(film.state))) return;
    const film = this.films.find((each) => each.state === "line");
    if (!film) return this.#rest();
    this.awake.keep();
    film.go();
  }

  #rest() {
    this.awake.end();
    if (this.films.length && this.films.every((film) => ENDED.has(film.state))) this.root.dispatchEvent(new Event("queue:ended"));
  }

  /** @param {Film} film */
  changed(film) {
    if (!film.card) return;
    film.card.show();
    this.#speak(film);
    this.#showAll();
    if (!BUSY.has(film.state) && film.was && BUSY.has(film.was)) queueMicrotask(() => !this.isGathering && this.next());
    film.was = film.state;
  }

  /** @param {Film} film */
  moved(film) {
    film.card.part("bar").value = film.part;
    this.#speak(film);
  }

  #showAll() {
    const movable = this.films.filter((film) => ["chosen", "line"].includes(film.state));
    for (const film of movable) {
      film.isLone = movable.length < 2;
      film.card.offer();
    }
    this.all.hidden = this.films.length < 2 || !(this.isBusy || this.isHalted);
    this.all.textContent = this.isHalted ? "Carry on with all" : "Pause all";
    this.showSummary();
    this.root.dispatchEvent(new Event("queue:changed"));
  }

  showSummary() {
    const going = this.films.filter((film) => !["chosen", "refused"].includes(film.state));
    const at = going.findIndex((film) => BUSY.has(film.state));
    const open = going.filter((film) => !ENDED.has(film.state));
    let words = "";
    if (at >= 0) words = [going.length > 1 ? `Film ${at + 1} of ${going.length}.` : "", this.#left(open), "Please leave this page open; the screen stays awake."].filter(Boolean).join(" ");
    else if (going.length && !open.length && !this.films.some((film) => film.state === "chosen")) words = this.#ended(going);
    if (this.summary.textContent !== words) this.summary.textContent = words;
    const part = at >= 0 ? Math.floor(going[at].part / 10) : 0;
    document.title = part ? `${part} % · ${this.title}` : this.title;
  }

  /** @param {Film[]} open */
  #left(open) {
    const first = open.find((film) => film.state === "sending");
    if (!first || !(first.secondsLeft > 0) || open.length < 2) return "";
    const rest = open.reduce((bytes, film) => bytes + film.file.size - film.sent, 0);
    const words = left((first.secondsLeft * rest) / Math.max(1, first.file.size - first.sent));
    return words && `For all of them ${words}.`;
  }

  /** @param {Film[]} going */
  #ended(going) {
    const [kept, here] = [going.filter((film) => film.state === "kept"), going.filter((film) => film.state !== "kept")];
    const unusable = here.filter((film) => film.state === "unusable");
    if (unusable.length) {
      const names = unusable.map((film) => film.name).join(", ");
      const good = here.length - unusable.length;
      return `${good} ${good === 1 ? "film has" : "films have"} arrived; ${unusable.length} could not be used: ${names}.`;
    }
    if (!here.length) return kept.length === 1 ? "Your film is noted." : `All ${kept.length} films are noted.`;
    return here.length === 1 ? "Your film has arrived. You can close this page." : `All ${here.length} films have arrived. You can close this page.`;
  }

  /** Said politely to screen readers: when a state changes, and at each quarter. @param {Film} film */
  #speak(film) {
    const quarter = Math.floor((film.part / 1000) * QUARTERS);
    if (film.spoken === film.state && (film.state !== "sending" || film.quarter === quarter)) return;
    const isMoving = film.state === "sending" && film.spoken === "sending";
    [film.spoken, film.quarter] = [film.state, quarter];
    if (["starting", "chosen"].includes(film.state)) return;
    const word = film.card.part("word").textContent;
    this.announce(isMoving ? `${film.name}: ${quarter * 25} percent sent.` : `${film.name}: ${word}. ${film.state === "sending" ? "" : film.said}`);
  }

  /** @param {string} words */
  announce(words) { this.voice.textContent = words; }

  /** Which film it was, for the next time this page is opened. @param {Film} film */
  remember(film) { if (film.mark) marks.keep(film.recordingId, film.mark); }
  /** @param {Film} film */
  forget(film) { marks.drop(film.recordingId); }
}
