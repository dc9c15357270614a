/**
 * After "Done, next" the eye and the focus go on to the next part. Without this file the browser's own
 * links and forms do the same, a page at a time.
 * @module lesson
 */

document.body.addEventListener("lesson:on", (event) => {
  const place = document.getElementById(/** @type {CustomEvent} */ (event).detail.to);
  if (!place) return;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  /** @type {HTMLElement} */ (place.querySelector("h2[tabindex]") ?? place).focus({ preventScroll: true });
  place.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
});
