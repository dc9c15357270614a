/**
 * Yes-cycles: moments that answer each other, chosen one after the other as initiative, reception and turn, played as one.
 * @module review/chains
 */
import { clock } from "./times.js";
import { el } from "./momentlist.js";

/** @typedef {import("./marks.js").Chain} Chain */

const PARTS = { initiative: "Initiative", reception: "Reception", turn: "Turn" };
const USUAL = ["initiative", "reception", "turn"];

export class Chains {
  /** @param {HTMLElement} root @param {import("./player.js").Player} player @param {import("./marks.js").Marks} marks */
  constructor(root, player, marks) {
    Object.assign(this, { player, marks });
    this.place = /** @type {HTMLElement} */ (root.querySelector("[data-chains]"));
    /** @type {Chain|null} the one that is being linked */
    this.open = null;
    marks.addEventListener("marks", () => this.show());
  }

  /** The chosen moment is the next link of the yes-cycle that is open; the first one opens it. */
  link() {
    const row = this.marks.open;
    if (!row) return;
    const known = this.open && (this.marks.chains.get(this.open.id) ?? this.open);
    const chain = known ?? { id: crypto.randomUUID(), version: 0, title: "", links: [] };
    if (chain.links.some((link) => link.moment === row.id)) return this.show();
    this.keep({ ...chain, links: [...chain.links, { moment: row.id, part: USUAL[Math.min(chain.links.length, 2)] }] });
  }

  /** @param {Chain} chain */
  keep(chain) {
    this.open = chain;
    if (chain.links.length > 1 || this.marks.chains.has(chain.id)) this.marks.keepChain(chain);
    this.show();
  }

  /** @param {Chain} chain */
  play(chain) {
    const spans = chain.links.map((link) => this.marks.moments.get(link.moment)).filter((row) => row !== undefined);
    this.player.looping = false;
    this.player.playSpans(spans.map((row) => ({ start: row.start_ms, end: row.end_ms })));
  }

  show() {
    const rows = [...this.marks.chains.values()];
    const fresh = this.open && !this.marks.chains.has(this.open.id) && this.open.links.length ? [this.open] : [];
    this.place.hidden = !rows.length && !fresh.length;
    const list = el("ol", { className: "chains", role: "list" }, ...[...rows, ...fresh].map((chain) => this.card(chain)));
    this.place.replaceChildren(el("h3", {}, "Yes-cycles"), list);
  }

  /** @param {Chain} chain */
  card(chain) {
    const isOpen = this.open?.id === chain.id;
    const tool = (/** @type {string} */ words, /** @type {() => void} */ onclick, className = "linklike") => el("button", { type: "button", className, onclick }, words);
    const play = chain.links.length > 1 ? [tool("Play the yes-cycle", () => this.play(chain), "button button--quiet button--small")] : [el("p", { className: "small soft" }, "Choose the moment that answers it, and link it too.")];
    const done = isOpen ? tool("Done", () => ((this.open = null), this.show())) : tool("Add to it", () => ((this.open = chain), this.show()));
    const apart = tool("Take it apart", () => ((this.open = null), this.marks.chains.has(chain.id) && this.marks.keepChain({ ...chain, links: [] }), this.show()));
    return el("li", { className: "chain", ...(isOpen ? { "data-open": "" } : {}) }, el("ol", { className: "chain__links", role: "list" }, ...chain.links.map((link, at) => this.link_(chain, link, at))), el("div", { className: "cluster" }, ...play, done, apart));
  }

  /** @param {Chain} chain @param {{moment: string, part: string}} link @param {number} at */
  link_(chain, link, at) {
    const row = this.marks.moments.get(link.moment);
    const tag = row && this.marks.tagsOf(row)[0];
    const choice = el("select", { ariaLabel: `What moment ${at + 1} is in this yes-cycle`, onchange: () => this.keep({ ...chain, links: chain.links.map((each, place) => (place === at ? { ...each, part: choice.value } : each)) }) },
      ...Object.entries(PARTS).map(([value, words]) => el("option", { value, selected: value === link.part }, words)));
    const words = row?.note || tag?.short || "A moment";
    return el("li", { className: "chain__link", ...(tag ? { "data-principle": tag.number } : {}) }, choice, el("span", { className: "chain__words" }, row ? `${clock(row.start_ms).slice(0, -1)} ` : "", words));
  }
}
