/**
 * A link that leads to a stretch of the film: `#at-3000-5500`, in milliseconds.
 * @module review/landing
 */

/** The film stands at that stretch, and plays it where the browser lets it begin by itself.
 * @param {import("./player.js").Player} player */
export function land(player) {
  const found = /^#at-(\d{1,9})-(\d{1,9})$/.exec(location.hash);
  if (!found) return;
  const [start, end] = [Number(found[1]), Number(found[2])];
  const go = () => player.playSpan(start, end);
  if (player.film.readyState >= 1) go();
  else player.film.addEventListener("loadedmetadata", go, { once: true });
}
