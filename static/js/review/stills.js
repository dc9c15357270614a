/**
 * The key that keeps the frame on the screen as a picture. The house names frames by the whole millisecond
 * in which they begin.
 * @module review/stills
 */

/** The millisecond that names the frame on the screen.
 * @param {HTMLVideoElement} film @param {number} rate frames a second */
export function frameName(film, rate) {
  const frame = Math.floor(film.currentTime * rate + 1e-4);
  return Math.floor((frame * 1000) / rate + 1e-4);
}

/** @param {SubmitEvent} event */
function fill(event) {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (!form.matches?.("[data-still-key]")) return;
  const stage = /** @type {HTMLElement|null} */ (document.querySelector("[data-stage]"));
  const film = stage?.querySelector("video");
  if (!stage || !film) return;
  film.pause();
  /** @type {HTMLInputElement} */ (form.elements.namedItem("at_ms")).value = String(frameName(film, Number(stage.dataset.rate) || 25));
  /** @type {HTMLInputElement} */ (form.elements.namedItem("still_id")).value = crypto.randomUUID();
}

function show() {
  document.querySelectorAll("[data-still-key]").forEach((form) => form.removeAttribute("hidden"));
}

document.addEventListener("submit", fill, true);
document.addEventListener("htmx:load", show);
show();
