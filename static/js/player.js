/**
 * Large keys under a film: the same words and letters everywhere. Without this file the browser's own
 * controls remain.
 * @module player
 */
import { watch } from "./watching.js";

const FRAME_S = 1 / 25;

/** @typedef {{word: string, letter: string, act: (film: HTMLVideoElement, key: HTMLButtonElement) => void, main?: boolean}} Key */
/** @type {Key[]} */
const KEYS = [
  { word: "Back 5 s", letter: "J", act: (film) => { film.currentTime -= 5; } },
  { word: "Play", letter: "K", main: true, act: (film) => { film.paused ? film.play() : film.pause(); } },
  { word: "On 5 s", letter: "L", act: (film) => { film.currentTime += 5; } },
  { word: "A little back", letter: ",", act: (film) => { film.pause(); film.currentTime -= FRAME_S; } },
  { word: "A little on", letter: ".", act: (film) => { film.pause(); film.currentTime += FRAME_S; } },
  { word: "Half speed", letter: "S", act: (film, key) => {
    film.playbackRate = film.playbackRate === 1 ? 0.5 : 1;
    key.setAttribute("aria-pressed", String(film.playbackRate !== 1));
  } },
];

/** Lay the keys under one film and listen for their letters while the focus is in it.
 * @param {Element} figure */
function layKeys(figure) {
  const film = figure.querySelector("video");
  const row = /** @type {HTMLElement|null} */ (figure.querySelector("[data-keys]"));
  if (film) watch(/** @type {HTMLElement} */ (film.parentElement), film);
  if (!film || !row || row.childElementCount) return;
  /** @type {Map<string, () => void>} */
  const letters = new Map();
  for (const { word, letter, act, main } of KEYS) {
    const key = Object.assign(document.createElement("button"), { type: "button", className: main ? "key key--main" : "key" });
    const name = Object.assign(document.createElement("span"), { textContent: word });
    key.append(name, Object.assign(document.createElement("small"), { textContent: letter }));
    key.addEventListener("click", () => act(film, key));
    letters.set(letter.toLowerCase(), () => act(film, key));
    if (main) for (const event of ["play", "pause"]) film.addEventListener(event, () => (name.textContent = film.paused ? "Play" : "Pause"));
    row.append(key);
  }
  row.hidden = false;
  figure.addEventListener("keydown", (event) => {
    const { key, ctrlKey, metaKey, altKey } = /** @type {KeyboardEvent} */ (event);
    const act = letters.get(key.toLowerCase());
    if (!act || ctrlKey || metaKey || altKey || /** @type {Element} */ (event.target).matches("input, textarea, select")) return;
    event.preventDefault();
    act();
  });
}

document.querySelectorAll("[data-player]").forEach(layKeys);
document.addEventListener("htmx:load", (event) => /** @type {CustomEvent} */ (event).detail.elt.querySelectorAll?.("[data-player]").forEach(layKeys));
