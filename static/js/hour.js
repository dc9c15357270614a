/**
 * The supervision hour: the clock that proposes the minutes, and an eye on the film.
 * @module hour
 */
import { watch } from "./watching.js";

const LOOK_EVERY_MS = 10000;

/** The minutes as the house proposes them (accreditation/rules/hours.py).
 * @param {number} planned @param {number} elapsed */
function proposed(planned, elapsed) {
  if (elapsed > 2 * planned) return planned;
  return Math.min(480, Math.max(10, Math.floor((elapsed + 2.5) / 5) * 5));
}

function look() {
  const place = /** @type {HTMLElement|null} */ (document.querySelector("[data-begun]"));
  if (!place) return;
  const elapsed = (Date.now() - Date.parse(place.dataset.begun ?? "")) / 60000;
  const clock = place.querySelector("[data-clock]");
  if (clock) clock.textContent = elapsed < 1 ? "Just begun" : `${Math.floor(elapsed)} minute${elapsed < 2 ? "" : "s"}`;
  const field = /** @type {HTMLInputElement|null} */ (place.querySelector("[name=minutes]:not([type=hidden])"));
  if (field && !field.dataset.typed) field.value = String(proposed(Number(place.dataset.planned), elapsed));
}

document.addEventListener("input", (event) => {
  const field = /** @type {HTMLInputElement} */ (event.target);
  if (field.name === "minutes") field.dataset.typed = "yes";
});
document.addEventListener("htmx:load", look);
setInterval(look, LOOK_EVERY_MS);
look();

const stage = /** @type {HTMLElement|null} */ (document.querySelector("[data-stage]"));
const film = /** @type {HTMLVideoElement|null} */ (stage?.querySelector("[data-film]") ?? null);
if (stage && film) watch(stage, film);
