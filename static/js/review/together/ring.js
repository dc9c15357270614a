/**
 * Where somebody points: a soft ring on the picture, at the same place of it for everybody.
 * @module review/together/ring
 */

const TELL_AT_MOST_EVERY_MS = 60;
const FADES_AFTER_MS = 1600;

/** Where the picture itself lies within the page, without the bars around it.
 * @param {HTMLVideoElement} film */
function picture(film) {
  const box = film.getBoundingClientRect();
  const scale = Math.min(box.width / (film.videoWidth || 16), box.height / (film.videoHeight || 9));
  const width = (film.videoWidth || 16) * scale;
  const height = (film.videoHeight || 9) * scale;
  return { left: box.left + (box.width - width) / 2, top: box.top + (box.height - height) / 2, width, height };
}

/** Tell where the person here points, in fractions of the picture.
 * @param {HTMLVideoElement} film @param {(x: number, y: number) => void} tell @param {AbortSignal} signal */
export function pointing(film, tell, signal) {
  let told = 0;
  film.addEventListener("pointermove", (event) => {
    if (performance.now() - told < TELL_AT_MOST_EVERY_MS) return;
    const box = picture(film);
    const [x, y] = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
    if (x < 0 || x > 1 || y < 0 || y > 1) return;
    told = performance.now();
    tell(Math.round(x * 1e4) / 1e4, Math.round(y * 1e4) / 1e4);
  }, { signal });
}

/** The ring of this person is there, and fades when they rest.
 * @param {HTMLVideoElement} film @param {{from: number, by: string, x: number, y: number}} point */
export function showRing(film, point) {
  const stage = film.parentElement;
  if (!stage) return;
  let ring = /** @type {HTMLElement & {fading?: number}|null} */ (stage.querySelector(`[data-ring="${point.from}"]`));
  if (!ring) {
    ring = Object.assign(document.createElement("span"), { className: "together__ring" });
    ring.setAttribute("aria-hidden", "true");
    ring.dataset.ring = String(point.from);
    ring.append(Object.assign(document.createElement("span"), { className: "together__name", textContent: point.by }));
    stage.append(ring);
  }
  const box = picture(film);
  const frame = stage.getBoundingClientRect();
  ring.style.left = `${box.left - frame.left + point.x * box.width}px`;
  ring.style.top = `${box.top - frame.top + point.y * box.height}px`;
  ring.dataset.fresh = "yes";
  clearTimeout(ring.fading);
  ring.fading = window.setTimeout(() => ring.removeAttribute("data-fresh"), FADES_AFTER_MS);
}

/** Nobody points any more. @param {HTMLVideoElement} film @param {number} [whose] */
export function dropRings(film, whose) {
  const which = whose === undefined ? "[data-ring]" : `[data-ring="${whose}"]`;
  film.parentElement?.querySelectorAll(which).forEach((ring) => ring.remove());
}
