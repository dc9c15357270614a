/**
 * Times in a film, as people read and write them. Everything inside is milliseconds.
 * @module review/times
 */

/** @param {number} number @param {number} [width] */
const two = (number, width = 2) => String(number).padStart(width, "0");

/** 134360 as 02:14.36, for the clock on the film.
 * @param {number} ms @returns {string} */
export function clock(ms) {
  const hundredths = Math.floor(Math.max(0, ms) / 10);
  return `${two(Math.floor(hundredths / 6000))}:${two(Math.floor(hundredths / 100) % 60)}.${two(hundredths % 100)}`;
}

/** The same without loss, for a field: tenths, or thousandths where they matter.
 * @param {number} ms @returns {string} */
export function clockExact(ms) {
  const whole = Math.max(0, Math.round(ms));
  const text = `${two(Math.floor(whole / 60000))}:${two(Math.floor(whole / 1000) % 60)}.${two(whole % 1000, 3)}`;
  return text.endsWith("00") ? text.slice(0, -2) : text;
}

/** Milliseconds from 2:14.3, 1:02:14 or 134.3; null for anything else.
 * @param {string} text @returns {number|null} */
export function parseClock(text) {
  const found = /^(?:(?:(\d{1,2}):)?(\d{1,3}):)?(\d{1,5})(?:[.,](\d{1,3})\d*)?$/.exec(text.trim());
  if (!found) return null;
  const [, hours, minutes, seconds, fraction] = found;
  if (minutes !== undefined && Number(seconds) > 59) return null;
  return (Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds)) * 1000 + Number((fraction ?? "0").padEnd(3, "0"));
}

/** A length in words a person would use.
 * @param {number} ms @returns {string} */
export function lengthWords(ms) {
  const seconds = Math.round(ms / 100) / 10;
  if (seconds < 60) return `${seconds} second${seconds === 1 ? "" : "s"}`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}
