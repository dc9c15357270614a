/**
 * In the film of a shared review: the place where the film stands goes along with "The first clip began here".
 * @module board/track
 */

/** Where the film stands, in whole milliseconds. */
function stands() {
  const film = /** @type {HTMLVideoElement|null} */ (document.querySelector("video[data-film]"));
  return String(Math.round((film?.currentTime ?? 0) * 1000));
}

document.addEventListener("htmx:configRequest", (event) => {
  const { elt, parameters } = /** @type {CustomEvent} */ (event).detail;
  if (elt.matches?.("[data-align]")) parameters.at_ms = stands();
});
