/**
 * When a film cannot be shown: say why, in the house's own sentence.
 * @module review/veil
 */

const UNREACHABLE = "The film cannot be reached just now. What you wrote is safe. Please try again in a moment.";

/** Watch this film, and lower a veil with the reason when it stops being given.
 * @param {HTMLElement} stage @param {HTMLVideoElement} film */
export function veilWhenRefused(stage, film) {
  const veil = /** @type {HTMLElement|null} */ (stage.querySelector("[data-veil]"));
  film.addEventListener("error", async () => {
    if (!veil || !film.currentSrc || film.currentSrc.startsWith("blob:")) return;
    veil.textContent = await reasonFor(film.currentSrc);
    veil.hidden = false;
    film.hidden = true;
  });
}

/** @param {string} address @returns {Promise<string>} */
async function reasonFor(address) {
  try {
    const answer = await fetch(address, { headers: { Range: "bytes=0-1" } });
    if ([403, 409, 410].includes(answer.status)) return (await answer.text()).slice(0, 300);
  } catch {
    return UNREACHABLE;
  }
  return UNREACHABLE;
}
