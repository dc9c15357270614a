/**
 * The moments and yes-cycles of one film as this window has them, and which moment is chosen. Every change goes to the
 * keeper; what another window or device changed comes back from it.
 * @module review/marks
 */
import { Keeper } from "./keeper.js";

/** @typedef {{id: string, version: number, start_ms: number, end_ms: number, who: string, turn: string, note: string, about: string|null, principles: string[]}} Moment */
/** @typedef {{id: string, version: number, title: string, links: {moment: string, part: string}[]}} Chain */
/** @typedef {{id: string, number: number, short: string, glyph: string, current: boolean}} Tag */

const AGAIN_MS = 4000;

export class Marks extends EventTarget {
  /** @param {HTMLElement} root */
  constructor(root) {
    super();
    this.address = root.dataset.moments ?? "";
    this.who = root.dataset.who ?? "both";
    this.keeper = new Keeper(root);
    /** @type {Map<string, Moment>} */
    this.moments = new Map();
    /** @type {Map<string, Chain>} */
    this.chains = new Map();
    /** @type {Map<string, Tag>} */
    this.tags = new Map();
    /** @type {Moment|null} */
    this.gone = null;
    /** @type {string|null} */
    this.chosen = null;
    this.keeper.addEventListener("kept", (event) => this.#kept(/** @type {CustomEvent} */ (event).detail));
    this.keeper.addEventListener("elsewhere", (event) => this.#lay(/** @type {CustomEvent} */ (event).detail));
    this.keeper.addEventListener("asks", () => this.tell());
  }

  /** Read them, then put what this device still holds on top. */
  async load() {
    const answer = await fetch(this.address, { headers: { Accept: "application/json" }, redirect: "manual" }).catch(() => null);
    const told = answer?.ok ? await answer.json() : { moments: [], chains: [], principles: [] };
    for (const tag of told.principles) this.tags.set(tag.id, tag);
    for (const row of told.moments) this.moments.set(row.id, row);
    for (const row of told.chains) this.chains.set(row.id, row);
    const left = this.isRead === undefined ? this.keeper.takeUp() : [...this.keeper.entries.values()];
    for (const entry of left) this.#lay(entry, false);
    this.isRead = Boolean(answer?.ok);
    if (!answer?.ok) setTimeout(() => this.load(), AGAIN_MS);
    this.tell();
  }

  /** @returns {Moment[]} in the order of the film */
  get list() { return (this.sorted ??= [...this.moments.values()].sort((a, b) => a.start_ms - b.start_ms || a.end_ms - b.end_ms)); }
  /** @returns {Moment|undefined} */
  get open() { return this.moments.get(this.chosen ?? ""); }
  /** Today's principle of this number. @param {number} number */
  tag(number) { return [...this.tags.values()].find((tag) => tag.current && tag.number === number); }
  /** The principles of a moment, one a number. @param {Moment} moment @returns {Tag[]} */
  tagsOf(moment) { return moment.principles.map((id) => this.tags.get(id)).filter((tag) => tag !== undefined).sort((a, b) => a.number - b.number); }

  /** @param {Partial<Moment>} facts */
  make(facts) {
    const id = crypto.randomUUID();
    const row = { id, version: 0, start_ms: 0, end_ms: 1, who: this.who, turn: "", note: "", about: null, principles: [], ...facts };
    this.#put("moment", id, row);
    this.choose(id);
    return row;
  }

  /** @param {string} id @param {Partial<Moment>} facts */
  change(id, facts) {
    const row = this.moments.get(id);
    if (row) this.#put("moment", id, { ...row, ...facts });
  }

  /** The principle of this number is added, or taken away in whichever version it is there. @param {string} id @param {number} number */
  toggle(id, number) {
    const row = this.moments.get(id);
    const tag = this.tag(number);
    if (!row) return;
    const others = row.principles.filter((each) => this.tags.get(each)?.number !== number);
    if (others.length === row.principles.length && !tag) return;
    this.change(id, { principles: others.length < row.principles.length ? others : [...others, tag.id] });
  }

  /** @param {string} id */
  remove(id) {
    const row = this.moments.get(id);
    if (!row) return;
    this.gone = row;
    this.goneFrom = [...this.chains.values()].filter((chain) => chain.links.some((link) => link.moment === id));
    for (const chain of this.goneFrom) this.keepChain({ ...chain, links: chain.links.filter((link) => link.moment !== id) });
    if (this.chosen === id) this.choose(null);
    this.#put("moment", id, null);
  }

  /** What was removed last is there again, in its yes-cycles too. */
  undo() {
    const row = this.gone;
    if (!row) return;
    this.gone = null;
    this.#put("moment", row.id, { ...row, version: 0 });
    for (const chain of this.goneFrom ?? []) this.keepChain({ ...chain, version: this.chains.get(chain.id)?.version ?? 0 });
    this.choose(row.id);
  }

  /** A yes-cycle with fewer than two moments is none. @param {Chain} chain */
  keepChain(chain) { this.#put("chain", chain.id, chain.links.length > 1 ? chain : null); }

  /** @param {string|null} id */
  choose(id) {
    if (this.chosen === id) return;
    this.chosen = id;
    this.dispatchEvent(new Event("chosen"));
  }

  /** Of two versions of a row this one stays. @param {import("./keeper.js").Entry} entry @param {boolean} mine */
  resolve(entry, mine) {
    const { row, version } = entry.theirs;
    this.keeper.resolve(entry, mine);
    const rows = this.#rows(entry.kind);
    const stays = mine ? entry.row : row;
    if (stays) rows.set(entry.id, { ...stays, version });
    else rows.delete(entry.id);
    this.tell(entry.id);
  }

  /** @param {"moment"|"chain"} kind @returns {Map<string, any>} */
  #rows(kind) { return kind === "chain" ? this.chains : this.moments; }

  /** @param {"moment"|"chain"} kind @param {string} id @param {any} row */
  #put(kind, id, row) {
    const rows = this.#rows(kind);
    const base = rows.get(id)?.version ?? 0;
    if (row) rows.set(id, { ...row, version: base });
    else rows.delete(id);
    this.keeper.put(kind, id, row, base);
    this.tell(id);
  }

  /** Show what an entry says, without writing it. @param {import("./keeper.js").Entry} entry */
  #lay({ kind, id, row, base }, isTold = true) {
    if (row) this.#rows(kind).set(id, { ...row, id, version: base });
    else this.#rows(kind).delete(id);
    if (this.chosen === id && !row) this.choose(null);
    if (isTold) this.tell(id);
  }

  /** @param {{id: string, kind: "moment"|"chain", row: any, isLatest: boolean}} detail */
  #kept({ id, kind, row, isLatest }) {
    const rows = this.#rows(kind ?? "moment");
    const here = rows.get(id);
    if (row && here) rows.set(id, isLatest ? row : { ...here, version: row.version });
    else if (row && isLatest) rows.set(id, row);
    else if (!row && here && isLatest) rows.delete(id);
    if (!here || !same(here, rows.get(id))) this.tell(id);
  }

  /** @param {string} [id] only this one has changed */
  tell(id) {
    this.sorted = undefined;
    this.dispatchEvent(new CustomEvent("marks", { detail: id }));
  }
}

/** Do two rows read alike, whatever their version? @param {any} one @param {any} other */
function same(one, other) {
  const plain = (/** @type {any} */ row) => JSON.stringify({ ...row, version: 0, principles: [...(row?.principles ?? [])].sort() });
  return plain(one) === plain(other);
}
