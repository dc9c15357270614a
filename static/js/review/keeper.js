/**
 * Everything marked is kept: on this device at once, in the house a moment later. Offline it waits, through a
 * reload and a sign-out; it never goes over what somebody else wrote meanwhile. Other windows are told.
 *
 * An entry is the latest state of one row that the house has not confirmed: `base` is the version that was read
 * (0: none), `row` what it shall be (null: gone), `sent` what is on its way and may have arrived.
 * @module review/keeper
 */
import { House } from "../sending/house.js";

/** @typedef {"moment"|"chain"} Kind */
/** @typedef {{id: string, kind: Kind, base: number, row: any, token: string, over: string, sent: {base: number, row: any, token: string}|null, refused?: string, theirs?: any}} Entry */

const SOON_MS = 500;
const AGAIN_MS = 6000;
const ORDER = { moment: 0, chain: 1 };

export class Keeper extends EventTarget {
  /** @param {HTMLElement} root */
  constructor(root) {
    super();
    const { recording = "", momentKeep = "", chainKeep = "", momentRemove = "", chainRemove = "" } = root.dataset;
    this.house = new House(/** @type {HTMLFormElement} */ (root.querySelector("[data-token]")));
    this.urls = { moment: { keep: momentKeep, remove: momentRemove }, chain: { keep: chainKeep, remove: chainRemove } };
    this.place = `attune-marks:${document.body.dataset.signedIn ?? ""}:${recording}:`;
    this.tab = crypto.randomUUID();
    /** @type {Map<string, Entry>} */
    this.entries = new Map();
    /** @type {Map<string, string>} the token of the latest writing of each row that this window knows */
    this.tokens = new Map();
    this.state = "saved";
    this.others = new BroadcastChannel(this.place);
    this.others.addEventListener("message", (event) => this.heard(event.data));
    window.addEventListener("online", () => this.soon(0));
    document.addEventListener("visibilitychange", () => this.entries.size && this.soon(0));
  }

  /** What was left on this device is taken up again. @returns {Entry[]} */
  takeUp() {
    for (const name of Object.keys(localStorage).filter((each) => each.startsWith(this.place))) {
      const entry = /** @type {Entry} */ (JSON.parse(localStorage.getItem(name) ?? "null"));
      localStorage.removeItem(name);
      const known = this.entries.get(entry.id);
      if (known && JSON.stringify(known.row) !== JSON.stringify(entry.row)) known.theirs = { row: entry.row, version: entry.base, token: entry.token };
      else this.#set(entry);
    }
    if (this.entries.size) this.soon(0);
    return [...this.entries.values()];
  }

  /** @param {Kind} kind @param {string} id @param {any} row null when it is to go @param {number} base the version that was read */
  put(kind, id, row, base) {
    const old = this.entries.get(id);
    const over = this.tokens.get(id) ?? "";
    const entry = { id, kind, row, base: old ? old.base : base, token: crypto.randomUUID(), over, sent: old?.sent ?? null, theirs: old?.theirs };
    if (!row && !entry.base && !entry.sent) this.#drop(id);
    else this.#set(entry);
    this.tokens.set(id, entry.token);
    this.others.postMessage({ what: "put", entry });
    this.tell(navigator.onLine ? "saving" : "device");
    this.soon();
  }

  /** Of two versions this one stays. @param {Entry} entry @param {boolean} mine */
  resolve(entry, mine) {
    const { theirs } = entry;
    if (theirs.token) this.tokens.set(entry.id, theirs.token);
    this.#drop(entry.id);
    if (mine) this.put(entry.kind, entry.id, entry.row, theirs.version);
    else this.tell(this.entries.size ? "saving" : "saved");
  }

  soon(ms = SOON_MS) {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.send(), ms);
  }

  /** Send what waits, in order; stop at the first trouble with the way there. */
  async send() {
    if (this.sending) return this.soon();
    this.sending = true;
    try {
      for (let entry = this.#next(); entry; entry = this.#next()) await this.#one(entry);
      this.tell(this.entries.size ? "asks" : "saved");
    } catch (trouble) {
      this.tell(trouble.kind === "out" ? "out" : "device");
      if (trouble.kind === "out") document.dispatchEvent(new CustomEvent("attune:signed-out"));
      this.soon(AGAIN_MS);
    } finally {
      this.sending = false;
    }
  }

  #next() {
    const open = [...this.entries.values()].filter((entry) => !entry.theirs && !entry.refused);
    return open.sort((a, b) => ORDER[a.kind] - ORDER[b.kind])[0];
  }

  /** @param {Entry} entry */
  async #one(entry) {
    const sent = (entry.sent ??= { base: entry.base, row: entry.row, token: entry.token });
    this.#set(entry);
    this.tell("saving");
    try {
      this.#confirmed(entry, sent, await this.#post(entry, sent));
    } catch (trouble) {
      const now = this.entries.get(entry.id);
      if (trouble.kind !== "no") throw trouble;
      if (!now) return;
      now.sent = null;
      if (trouble.status === 409) now.theirs = { row: trouble.said.theirs, version: trouble.said.theirs?.version ?? 0 };
      else if (trouble.status === 404 && !sent.row) return this.#confirmed(entry, sent, null);
      else now.refused = trouble.message;
      this.#set(now);
      this.dispatchEvent(new CustomEvent("asks", { detail: now }));
    }
  }

  /** @param {Entry} entry @param {{base: number, row: any}} sent */
  async #post(entry, sent) {
    const { keep, remove } = this.urls[entry.kind];
    if (!sent.row) return (await this.house.post(remove.replace(/0{8}-[0-]+/, entry.id), [["version", sent.base]])).row;
    return (await this.house.post(keep, [["version", sent.base], ...fieldsOf(entry.kind, entry.id, sent.row)])).row;
  }

  /** The house has this now. @param {Entry} entry @param {{token: string}} sent @param {any} row */
  #confirmed({ id, kind }, sent, row) {
    const now = this.entries.get(id);
    if (now?.token === sent.token) this.#drop(id);
    else if (now) this.#set({ ...now, sent: null, base: row?.version ?? 0 });
    this.others.postMessage({ what: "kept", id, kind, row, token: sent.token });
    this.dispatchEvent(new CustomEvent("kept", { detail: { id, kind, row, isLatest: now?.token === sent.token } }));
  }

  /** Another window has written, or the house has confirmed what it wrote. @param {any} told */
  heard(told) {
    const own = this.entries.get(told.id ?? told.entry.id);
    if (told.what === "put") return this.#heardPut(told.entry, own);
    if (own && own.token === told.token) this.#drop(told.id);
    else if (own && own.over === told.token) this.#set({ ...own, base: told.row?.version ?? 0 });
    else if (own) return;
    this.dispatchEvent(new CustomEvent("kept", { detail: { id: told.id, kind: told.kind, row: told.row, isLatest: true } }));
    if (!this.entries.size) this.tell("saved");
  }

  /** @param {Entry} entry @param {Entry|undefined} own */
  #heardPut(entry, own) {
    if (own && entry.over !== own.token && entry.token !== own.token) {
      own.theirs = { row: entry.row, version: entry.base, token: entry.token };
      this.#set(own);
      return this.dispatchEvent(new CustomEvent("asks", { detail: own }));
    }
    this.#drop(entry.id);
    this.tokens.set(entry.id, entry.token);
    this.dispatchEvent(new CustomEvent("elsewhere", { detail: entry }));
  }

  /** @param {Entry} entry */
  #set(entry) {
    this.entries.set(entry.id, entry);
    this.tokens.set(entry.id, entry.token);
    try {
      localStorage.setItem(`${this.place}${entry.id}:${this.tab}`, JSON.stringify(entry));
      this.isFull = false;
    } catch {
      this.isFull = true;
    }
  }

  /** @param {string} id */
  #drop(id) {
    this.entries.delete(id);
    localStorage.removeItem(`${this.place}${id}:${this.tab}`);
  }

  /** @param {"saved"|"saving"|"device"|"out"|"asks"} state */
  tell(state) {
    this.state = state;
    this.dispatchEvent(new Event("state"));
  }
}

/** A row as the form of its kind. @param {Kind} kind @param {string} id @param {any} row */
function fieldsOf(kind, id, row) {
  if (kind === "chain") return [["chain_id", id], ["title", row.title], ...row.links.flatMap((link) => [["moment_ids", link.moment], ["parts", link.part]])];
  const whole = ["start_ms", "end_ms", "who", "turn", "note"].map((name) => [name, row[name]]);
  return [["moment_id", id], ...whole, ...(row.about ? [["about_id", row.about]] : []), ...row.principles.map((each) => ["principle_ids", each])];
}
