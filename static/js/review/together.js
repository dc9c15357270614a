/**
 * Watching together: two or more people at the same moment of the same clip, each on their own page. The film comes
 * to each from the house, as ever; only "play", "there" and "look here" travel between them.
 * @module review/together
 */
import { Line } from "./together/line.js";
import { dropRings, pointing, showRing } from "./together/ring.js";
import { Step } from "./together/step.js";

/** @typedef {import("./together/step.js").Held & {clip: string}} Shared */

const KEPT = "attune:together";
const CHOSEN = "attune:together:clip";
const ECHO_WITHIN_MS = 4000;

/** What outlives a change of clip: htmx brings a new film, the people stay.
 * @type {{line: Line, door: string, step: Step|null, shared: Shared|null, pending: number, passed: boolean, told: number, me: number, here: {id: number, name: string}[], words: string, led: boolean, hands: AbortController}|null} */
let room = null;

const fragment = () => /** @type {HTMLElement|null} */ (document.querySelector("[data-together]"));
const theFilm = () => /** @type {HTMLVideoElement|null} */ (document.querySelector("[data-film]"));

/** @param {HTMLElement} place */
function join(place) {
  const line = new Line(place.dataset.together ?? "");
  room = { line, door: line.door, step: null, shared: null, pending: 0, passed: false, told: 0, me: 0, here: [], words: "Opening the way to the others …", led: false, hands: new AbortController() };
  sessionStorage.setItem(KEPT, room.door);
  line.addEventListener("said", (event) => hear(/** @type {CustomEvent} */ (event).detail));
  line.addEventListener("away", () => say("The connection is away for a moment. You can go on; it comes back by itself."));
  line.addEventListener("over", (event) => part(/** @type {CustomEvent} */ (event).detail));
  attach();
}

/** @param {string} [why] */
function part(why = "") {
  const film = theFilm();
  if (film) dropRings(film);
  room?.step?.leave();
  room?.hands.abort();
  room?.line.leave();
  room = null;
  sessionStorage.removeItem(KEPT);
  show(why || "You watch by yourself again.");
}

/** @param {any} said */
function hear(said) {
  if (!room) return;
  if (said.is === "entered") return entered(said);
  if (said.is === "came" || said.is === "went") return moved(said);
  if (said.is === "point") return pointed(said);
  if (said.is !== "film") return;
  const ours = said.from === room.me;
  if (performance.now() - room.told > ECHO_WITHIN_MS) room.pending = 0; // it was not taken, or got lost
  if (ours) room.pending = Math.max(0, room.pending - 1);
  else room.passed ||= room.pending > 0; // ours is on its way and the later one: it will say what holds
  if (room.pending > 0 || (ours && !room.passed)) return; // so it is here already; another key may have been pressed since
  room.passed = false;
  hold(said);
}

/** @param {any} said */
function entered(said) {
  if (!room) return;
  room.me = said.you;
  room.pending = 0;
  room.passed = false;
  const chosen = sessionStorage.getItem(CHOSEN) === fragment()?.dataset.clip;
  sessionStorage.removeItem(CHOSEN);
  if (chosen) return open(); // this clip was chosen here, and the page is a new one because of it
  if (said.film) return hold(said.film);
  if (room.step?.held) tell("seek", { ...room.step.held, at: room.step.target(), since: room.line.now() });
  else open();
}

/** @param {any} said */
function moved(said) {
  if (!room) return;
  room.here = said.here;
  const others = room.here.filter((one) => one.id !== room?.me).map((one) => one.name);
  const present = others.length ? `${listed(others)} ${others.length > 1 ? "are" : "is"} here. You see the same moment.` : "";
  const film = theFilm();
  if (said.is === "went" && film) dropRings(film, said.id);
  if (said.is === "went") say(`${said.name} has left; you can go on. ${present}`.trim());
  else say(present || "Nobody else is here yet. They come by pressing “Watch together” on their page.");
}

/** @param {string[]} names */
function listed(names) {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** @param {any} said */
function pointed(said) {
  const film = theFilm();
  if (film && fragment()?.dataset.clip === said.clip) showRing(film, said);
}

/** So it is for everybody. @param {any} film */
function hold(film) {
  if (!room) return;
  room.shared = { clip: film.clip, at: film.at, on: film.on, rate: film.rate, since: film.since };
  if (fragment()?.dataset.clip === film.clip) room.step?.hold(room.shared);
  else follow(film.clip, film.by);
}

/** Go to the clip the others look at, unless something is being written here.
 * @param {string} clip @param {string} [by] */
function follow(clip, by = "Somebody") {
  const link = /** @type {HTMLElement|null} */ (document.querySelector(`a[data-clip="${CSS.escape(clip)}"]`));
  if (!room || !link) return;
  if (document.activeElement?.matches("textarea, input[type=text]")) return say(`${by} is at another clip. Choose it above when you have finished writing.`);
  room.led = true;
  link.click();
}

/** Here is the clip that one has just opened oneself. */
function open() {
  const film = theFilm();
  if (!room || !film) return;
  const state = { at: film.currentTime * 1000, on: !film.paused, rate: film.playbackRate, since: room.line.now() };
  if (room.step) room.step.held = state;
  tell("open", state);
}

/** @param {string} what @param {import("./together/step.js").Held} state */
function tell(what, { at, on, rate, since }) {
  const clip = fragment()?.dataset.clip;
  if (!room?.line.open || !clip) return;
  room.shared = { clip, at, on, rate, since };
  room.pending += 1;
  room.told = performance.now();
  room.line.send({ do: what, clip, at: Math.max(0, at), on, rate: Math.min(2, Math.max(0.1, rate)), since: Math.max(0, since) });
}

/** Take hold of the film that is on the page now. */
function attach() {
  const film = theFilm();
  show();
  if (!room || !film || room.step?.film === film) return;
  room.step?.leave();
  room.hands.abort();
  room.hands = new AbortController();
  const { line } = room;
  const step = new Step(film, () => line.now());
  room.step = step;
  step.addEventListener("did", (event) => tell(/** @type {CustomEvent} */ (event).detail.what, /** @type {CustomEvent} */ (event).detail));
  step.addEventListener("blocked", () => say("Your browser wants you to press Play once. Then you are at the same moment again."));
  pointing(film, (x, y) => line.send({ do: "point", x, y }), room.hands.signal);
  const { shared, led } = room;
  room.led = false;
  if (!line.open) return;
  sessionStorage.removeItem(CHOSEN);
  if (shared && shared.clip === fragment()?.dataset.clip) step.hold(shared);
  else if (led && shared) follow(shared.clip); // the others went on while this clip was on its way
  else open();
}

/** @param {string} words */
function say(words) {
  if (room) room.words = words;
  show(words);
}

/** The fragment says how things are. @param {string} [words] */
function show(words = room?.words ?? "") {
  const place = fragment();
  if (!place) return;
  place.hidden = false;
  place.dataset.joined = room ? "yes" : "no";
  const button = place.querySelector("button");
  if (button) button.textContent = room ? "Watch by yourself" : "Watch together";
  const line = place.querySelector("[data-together-words]");
  if (line && words && line.textContent !== words) line.textContent = words;
}

function start() {
  const place = fragment();
  if (!place || !theFilm()) return;
  if (!place.dataset.started) {
    place.dataset.started = "yes";
    place.querySelector("button")?.addEventListener("click", () => (room ? part() : join(place)));
  }
  if (room && room.door !== place.dataset.together) part();
  if (room) attach();
  else if (sessionStorage.getItem(KEPT) === place.dataset.together || sessionStorage.getItem(CHOSEN) === place.dataset.clip) join(place);
  else show();
}
document.addEventListener("click", (event) => {
  const link = /** @type {Element} */ (event.target).closest?.("a[data-clip]");
  if (room && event.isTrusted && link) sessionStorage.setItem(CHOSEN, link.getAttribute("data-clip") ?? "");
});
document.addEventListener("htmx:load", start);
start();
