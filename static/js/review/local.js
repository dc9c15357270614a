/**
 * A film that never leaves this device: opened from disk, played here, sent nowhere.
 * @module review/local
 */

/** @param {HTMLElement} stage @param {HTMLVideoElement} film */
export function openFromDevice(stage, film) {
  const choice = /** @type {HTMLInputElement|null} */ (stage.querySelector("[data-local-file]"));
  choice?.addEventListener("change", () => {
    const file = choice.files?.[0];
    if (!file) return;
    film.src = URL.createObjectURL(file);
    film.hidden = false;
    stage.querySelector("[data-local]")?.setAttribute("hidden", "");
  });
}
