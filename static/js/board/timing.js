/**
 * What was on the screen from when to when, counted from the start of the review. Told to the house as it goes, and
 * kept on the device while the house cannot be reached: times only, never a word and never a film.
 * @module board/timing
 */
import { owe, pay } from "./sealed.js";

/** @typedef {{key: string, from_ms: number, until_ms: number}} Shown */

export class Timing {
  /** @param {string} board @param {string} log address of the log @param {string} person @param {string} token */
  constructor(board, log, person, token) {
    Object.assign(this, { log, person, token, place: `attune-run:${board}` });
    const kept = JSON.parse(sessionStorage.getItem(this.place) ?? "null");
    /** @type {string} */ this.id = kept?.id ?? crypto.randomUUID();
    /** @type {number} */ this.began = kept?.began ?? 0;
    /** @type {Shown[]} */ this.showings = kept?.showings ?? [];
    /** @type {string} */ this.page = "";
  }

  get isGoing() { return this.began > 0; }
  /** Milliseconds since the start. */
  get now() { return this.began ? Date.now() - this.began : 0; }

  begin() {
    if (!this.began) this.began = Date.now();
    this.tell();
  }

  /** Something comes on the screen. @param {string} key */
  shows(key) {
    this.closes();
    this.showings.push({ key, from_ms: this.now, until_ms: this.now });
    this.tell();
  }

  /** Whatever is on the screen leaves it. */
  closes() {
    const last = this.showings.at(-1);
    if (last) last.until_ms = Math.max(last.until_ms, this.now);
  }

  /** @param {boolean} [ends] */
  async tell(ends = false) {
    this.closes();
    const body = JSON.stringify({ run: this.id, started_at: new Date(this.began).toISOString(), showings: this.showings.filter((each) => each.until_ms > each.from_ms), ended_ms: ends ? this.now : null });
    if (ends) sessionStorage.removeItem(this.place);
    else sessionStorage.setItem(this.place, JSON.stringify({ id: this.id, began: this.began, showings: this.showings }));
    owe({ url: this.log, about: this.id, body, type: "application/json", person: this.person });
    if (this.token) await pay(this.person, this.token);
  }
}
