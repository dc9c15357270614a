/**
 * One film of the queue as it is seen: name, kind, state in words, how far it is, what can be done.
 * @module sending/card
 */
import * as words from "./words.js";

/** @typedef {import("./film.js").Film} Film */

/** The word for each state, and the tone of its dot. @type {Record<string, [string, string]>} */
const STATES = {
  chosen: ["waiting", "Not sent yet"],
  line: ["open", "In line"],
  starting: ["arriving", "One moment"],
  sending: ["arriving", "On its way"],
  lost: ["waiting", "Waiting for the connection"],
  out: ["waiting", "Waiting for you to sign in"],
  paused: ["paused", "Paused"],
  checking: ["arriving", "Being compared"],
  measuring: ["arriving", "Being measured here"],
  preparing: ["preparing", "Arrived whole"],
  ready: ["ready", "Ready to watch"],
  kept: ["done", "Noted; it stays on your device"],
  refused: ["refused", "Not sent"],
  unusable: ["refused", "Could not be used"],
};
/** What can be done in each state. @type {Record<string, string[]>} */
const DEEDS = {
  chosen: ["earlier", "later", "remove"],
  line: ["earlier", "later", "remove"],
  starting: ["pause"], sending: ["pause"], lost: ["pause"],
  out: ["pause", "enter"],
  paused: ["pause"],
  preparing: ["open"], ready: ["open"], kept: ["open"], unusable: ["open", "remove"],
  refused: ["remove"],
};
const HALTED = new Set(["paused", "out"]);
let count = 0;

export class Card {
  /** @param {HTMLTemplateElement} template @param {Film} film @param {Record<string, () => void>} deeds */
  constructor(template, film, deeds) {
    this.film = film;
    this.root = /** @type {HTMLElement} */ (template.content.firstElementChild.cloneNode(true));
    this.part("name").textContent = film.name;
    count += 1;
    for (const place of this.root.querySelectorAll("[data-of]")) place.textContent = ` ${film.name}`;
    for (const radio of this.radios) radio.name = `kind-${count}`;
    this.root.addEventListener("click", (event) => {
      const deed = /** @type {Element} */ (event.target).closest("[data-do]")?.getAttribute("data-do");
      if (deed) deeds[deed]?.();
    });
    this.show();
  }

  /** @param {string} name @returns {any} */
  part(name) { return this.root.querySelector(`[data-${name}]`); }
  /** @returns {NodeListOf<HTMLInputElement>} */
  get radios() { return this.root.querySelectorAll("input[type=radio]"); }
  get kind() { return [...this.radios].find((radio) => radio.checked)?.value ?? "interaction"; }
  set kind(value) { for (const radio of this.radios) radio.checked = radio.value === value; }
  get note() { return this.part("note-field")?.value ?? ""; }

  /** Everything as the film is now. */
  show() {
    const { film } = this;
    const [tone, word] = STATES[film.state];
    this.root.dataset.film = film.state;
    this.part("word").textContent = film.state === "preparing" && film.caution ? "Arrived; not compared" : word;
    this.part("word").dataset.state = tone;
    this.part("about").textContent = [words.size(film.file.size), film.lengthMs ? words.length(film.lengthMs) : "", film.about].filter(Boolean).join(" · ");
    this.part("choice").hidden = film.state !== "chosen" || film.isKnown;
    this.part("bar").hidden = !film.part;
    this.part("bar").value = film.part;
    this.say(film.said);
    this.offer();
  }

  /** @param {string} said */
  say(said) {
    const place = this.part("said");
    if (place.textContent !== said) place.textContent = said;
    place.hidden = !said;
  }

  offer() {
    const { film } = this;
    const open = new Set(DEEDS[film.state] ?? []);
    if (film.mayAgain) open.add("again");
    if (film.isLone) for (const deed of ["earlier", "later"]) open.delete(deed);
    for (const deed of this.root.querySelectorAll("[data-do]")) /** @type {HTMLElement} */ (deed).hidden = !open.has(deed.getAttribute("data-do"));
    this.part("pause-word").textContent = HALTED.has(film.state) ? "Carry on" : "Pause";
    if (film.filmUrl) this.root.querySelector("a[data-do=open]").href = film.filmUrl;
  }
}
