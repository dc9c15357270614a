/**
 * While a film is looked at: may it still be? And what of it was played? When the answer is no, the picture
 * goes at once, with all that is buffered of it, and the house's own sentence stands in its place.
 * @module watching
 */

/** @typedef {[number, number]} Stretch from and until, in seconds */

const ASK_EVERY_MS = 10000;
const ASK_AT_MOST_EVERY_MS = 1000;
const TELL_EVERY_MS = 30000;
const MOST = 500; // stretches the house takes at once
const UNREACHABLE = "The film cannot be reached just now. What you wrote is safe. Please try again in a moment.";
const SIGNED_OUT = "You have been signed out, so the film has stopped. What you wrote is safe on this device.";
const NOT_YOURS = "This film is not open to you any more. What you wrote is safe.";

/** Keep an eye on this film until the page goes.
 * @param {HTMLElement} stage @param {HTMLVideoElement} film */
export function watch(stage, film) {
  const address = film.getAttribute("src")?.split("#")[0] ?? "";
  if (!address.startsWith("/") || stage.dataset.watching) return;
  stage.dataset.watching = "yes";
  const ask = asker(stage, film, address);
  const tell = teller(stage, film);
  for (const event of ["play", "seeking", "stalled", "waiting"]) film.addEventListener(event, () => ask());
  film.addEventListener("error", () => film.hasAttribute("src") && ask(UNREACHABLE));
  for (const event of ["pause", "ended"]) film.addEventListener(event, tell);
  window.addEventListener("pagehide", tell);
  const asking = setInterval(() => isSeen(film) && ask(), ASK_EVERY_MS);
  for (const event of ["visibilitychange", "focus", "pageshow"]) addEventListener(event, () => isSeen(film) && ask(), true);
  const telling = setInterval(() => playing(film) && tell(), TELL_EVERY_MS);
  stage.addEventListener("watching:refused", () => [asking, telling].forEach(clearInterval));
}

/** Is there a picture that somebody can see, playing or not?
 * @param {HTMLVideoElement} film */
function isSeen(film) {
  return film.isConnected && !document.hidden && film.hasAttribute("src");
}

/** @param {HTMLVideoElement} film */
function playing(film) {
  return film.isConnected && !film.paused && !film.ended;
}

/** A function that asks the house whether the film may still be watched, and takes it away when not.
 * @param {HTMLElement} stage @param {HTMLVideoElement} film @param {string} address */
function asker(stage, film, address) {
  let asked = 0;
  let later = 0;
  const ask = async (/** @type {string} */ otherwise = "") => {
    const soon = asked + ASK_AT_MOST_EVERY_MS - Date.now();
    clearTimeout(later);
    if (!otherwise && soon > 0) return void (later = setTimeout(ask, soon));
    asked = Date.now();
    const words = (await reasonAgainst(address)) || otherwise;
    if (words && film.hasAttribute("src")) takeAway(stage, film, words);
  };
  return ask;
}

/** Why this film may not be watched now; nothing when it may, or when nobody answers.
 * @param {string} address @returns {Promise<string>} */
async function reasonAgainst(address) {
  const how = /** @type {RequestInit} */ ({ redirect: "manual", cache: "no-store" });
  try {
    const head = await fetch(address, { ...how, method: "HEAD" });
    if (head.ok) return "";
    if (head.type === "opaqueredirect" || head.status === 401) return SIGNED_OUT;
    if (![403, 404, 409, 410].includes(head.status)) return "";
    const answer = await fetch(address, { ...how, headers: { Range: "bytes=0-1" } });
    const isPlain = answer.headers.get("Content-Type")?.startsWith("text/plain");
    return answer.ok ? "" : isPlain ? (await answer.text()).slice(0, 300) : NOT_YOURS;
  } catch {
    return "";
  }
}

/** The picture is gone, and so is everything of it that the browser still held.
 * @param {HTMLElement} stage @param {HTMLVideoElement} film @param {string} words */
function takeAway(stage, film, words) {
  film.pause();
  film.removeAttribute("src");
  film.removeAttribute("poster");
  film.load();
  film.hidden = true;
  stage.removeAttribute("data-sprite");
  const veil = /** @type {HTMLElement} */ (stage.querySelector("[data-veil]") ?? newVeil(stage));
  veil.textContent = words;
  veil.hidden = false;
  const bench = stage.closest("[data-bench]") ?? stage;
  for (const canvas of bench.querySelectorAll("canvas")) canvas.width = canvas.width;
  for (const picture of bench.querySelectorAll(".still__picture")) picture.removeAttribute("src");
  for (const key of bench.querySelectorAll("button[data-act]")) /** @type {HTMLButtonElement} */ (key).disabled = true;
  stage.dispatchEvent(new Event("watching:refused"));
}

/** @param {HTMLElement} stage */
function newVeil(stage) {
  const veil = Object.assign(document.createElement("div"), { className: "film__veil", hidden: true });
  veil.setAttribute("role", "alert");
  stage.append(veil);
  return veil;
}

/** A function that tells the house which stretches were played since it last did, when there are any.
 * @param {HTMLElement} stage @param {HTMLVideoElement} film */
function teller(stage, film) {
  const take = listener(film);
  /** @type {Stretch[]} */
  let untold = [];
  return () => {
    untold.push(...take());
    const played = spelled(untold);
    if (!stage.dataset.watched || !played) return;
    const sent = untold.splice(0);
    const token = JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"] ?? "";
    const how = { method: "POST", keepalive: true, headers: { "X-CSRFToken": token }, body: new URLSearchParams({ played }) };
    fetch(stage.dataset.watched, how).catch(() => untold.unshift(...sent));
  };
}

/** A function that hands over what was played since it was last asked. `film.played` cannot say that: it knows
 * the history of the page, without what was looked at twice.
 * @param {HTMLVideoElement} film @returns {() => Stretch[]} */
function listener(film) {
  /** @type {Stretch[]} */
  let heard = [];
  /** @type {number | undefined} */
  let since;
  const leap = () => (since = undefined);
  const hear = () => {
    if (film.seeking) return leap();
    const now = film.currentTime;
    const last = heard.at(-1);
    if (since !== undefined && now > since) last?.[1] === since ? (last[1] = now) : heard.push([since, now]);
    since = film.paused ? undefined : now;
  };
  for (const event of ["play", "playing", "timeupdate", "pause", "ended"]) film.addEventListener(event, hear);
  for (const event of ["seeking", "emptied"]) film.addEventListener(event, leap);
  return () => (hear(), heard.splice(0));
}

/** Stretches in milliseconds: 0-12300,40000-55000.
 * @param {Stretch[]} stretches */
function spelled(stretches) {
  const spans = stretches.map((ends) => ends.map((seconds) => Math.round(seconds * 1000)));
  return spans.filter(([from, until]) => until > from).slice(-MOST).map((ends) => ends.join("-")).join(",");
}
