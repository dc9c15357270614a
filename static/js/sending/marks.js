/**
 * Which file belongs to which film that is half here: a short mark for each, on this device only. No name is kept.
 * @module sending/marks
 */
const PLACE = "attune-film:";

/** @template T @param {() => T} deed @returns {T|null} */
function ifPossible(deed) {
  try {
    return deed();
  } catch {
    return null;
  }
}

/** @param {string} id @returns {string|null} */
export const of = (id) => ifPossible(() => localStorage.getItem(PLACE + id));
/** @param {string} id @param {string} mark */
export const keep = (id, mark) => ifPossible(() => localStorage.setItem(PLACE + id, mark));
/** @param {string} id */
export const drop = (id) => ifPossible(() => localStorage.removeItem(PLACE + id));

/** Forget every film that is not half here any more. @param {string[]} ids */
export function keepOnly(ids) {
  const known = ifPossible(() => Object.keys(localStorage).filter((key) => key.startsWith(PLACE))) ?? [];
  for (const key of known) if (!ids.includes(key.slice(PLACE.length))) drop(key.slice(PLACE.length));
}
