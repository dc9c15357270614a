/**
 * The workbench: joins film, keys, tracks and the form beside them. One a page; htmx may bring a new one.
 * @module review/workbench
 */
import { layKeys } from "./keys.js";
import { land } from "./landing.js";
import { openFromDevice } from "./local.js";
import { Marking } from "./marking.js";
import { OwnPictures } from "./own.js";
import { drawStills, sheetOf } from "./pictures.js";
import { Player } from "./player.js";
import { clock } from "./times.js";
import { Tracks } from "./tracks.js";
import { View } from "./view.js";
import { Writing } from "./writing.js";
import { watch } from "../watching.js";

/** @type {AbortController|null} */
let listening = null;

/** @param {HTMLElement} root */
function start(root) {
  const film = /** @type {HTMLVideoElement|null} */ (root.querySelector("[data-film]"));
  const stage = /** @type {HTMLElement|null} */ (root.querySelector("[data-stage]"));
  if (!film || !stage || root.dataset.started) return;
  root.dataset.started = "yes";
  film.removeAttribute("controls");
  const player = new Player(film, { rate: Number(stage.dataset.rate || root.dataset.rate), length: Number(stage.dataset.length || root.dataset.length), first: Number(stage.dataset.first || 0) });
  const view = new View(player);
  const tracks = new Tracks(root, stage, player, view);
  const choose = (/** @type {number|null} */ from, /** @type {number|null} */ until) => tracks.choose(from, until);
  /** @type {Marking|null} */
  let marking = null;
  const writing = new Writing(root, player, (from, until) => (marking ? marking.span() : choose(from, until)));
  if (root.dataset.moments) marking = new Marking(root, player, view, writing, choose);
  showClock(stage, player);
  showKeys(root, player);
  watch(stage, film);
  /** @type {OwnPictures|null} */
  let own = null;
  film.addEventListener("click", () => player.toggle());
  listening?.abort();
  listening = layKeys(root, actsOf(root, stage, player, writing, marking), (digit) => {
    if (marking && !writing.form?.contains(document.activeElement)) marking.digit(Number(digit));
    else writing.principle(digit);
  });
  root.addEventListener("click", (event) => playWhatWasPressed(event, player, stage));
  const stills = async () => (own ? own.stills(root) : drawStills(root, await sheetOf(stage)));
  openFromDevice(root, stage, film, (address) => {
    own = new OwnPictures(address);
    root.querySelectorAll("canvas[data-drawn]").forEach((canvas) => canvas.removeAttribute("data-drawn"));
    stills();
    own.sheet((sheet) => tracks.use(sheet));
  });
  root.addEventListener("htmx:afterSwap", (event) => {
    const where = /** @type {CustomEvent} */ (event).detail.requestConfig?.verb === "get" ? /** @type {CustomEvent} */ (event).detail.target : null;
    if (where?.id === "mark") root.querySelector("[data-clipping]")?.setAttribute("open", "");
  });
  root.addEventListener("htmx:afterSwap", () => requestAnimationFrame(() => {
    writing.done();
    tracks.show();
    stills();
  }));
  stills();
  land(player);
}

/** @param {HTMLElement} root @param {HTMLElement} stage @param {Player} player @param {Writing} writing @param {Marking|null} marking
 * @returns {Record<string, () => void>} */
function actsOf(root, stage, player, writing, marking) {
  const held = () => marking?.held ?? { start: writing.start ?? 0, end: writing.end ?? player.length };
  return {
    back: () => player.seek(player.now - 2000),
    play: () => player.toggle(),
    on: () => player.seek(player.now + 2000),
    "frame-back": () => player.step(-1),
    "frame-on": () => player.step(1),
    speed: () => player.slower(),
    faster: () => player.faster(),
    loop: () => {
      player.looping = !player.looping;
      root.querySelector("[data-act=loop]")?.setAttribute("aria-pressed", String(player.looping));
      if (player.looping) player.playSpan(held().start, held().end);
      else player.span = null;
    },
    in: () => (writing.setIn(), marking?.marks.choose(null)),
    out: () => writing.setOut(),
    span: () => player.playSpan(held().start, held().end),
    write: () => {
      const words = marking?.words();
      if (words) writing.fill(words);
      writing.open();
    },
    fine: () => sharpen(root, stage, player.film),
    ...marking?.acts,
    whole: () => (document.fullscreenElement ? document.exitFullscreen() : stage.requestFullscreen?.()),
  };
}

/** The sharper film in the place of the usual one, or back, at the same moment.
 * @param {HTMLElement} root @param {HTMLElement} stage @param {HTMLVideoElement} film */
function sharpen(root, stage, film) {
  if (!film.hasAttribute("src") || !stage.dataset.fine) return;
  const sharper = !film.src.endsWith("?fine");
  const { currentTime, paused, playbackRate } = film;
  film.src = sharper ? stage.dataset.fine : stage.dataset.fine.split("?")[0];
  film.addEventListener("loadedmetadata", () => {
    Object.assign(film, { currentTime, playbackRate });
    if (!paused) film.play().catch(() => {});
  }, { once: true });
  root.querySelector("[data-act=fine]")?.setAttribute("aria-pressed", String(sharper));
}

/** @param {HTMLElement} stage @param {Player} player */
function showClock(stage, player) {
  const face = /** @type {HTMLElement|null} */ (stage.querySelector("[data-clock-face]"));
  if (!face) return;
  face.hidden = false;
  player.addEventListener("moved", () => (face.textContent = clock(player.now)));
}

/** The words on the keys follow the film. @param {HTMLElement} root @param {Player} player */
function showKeys(root, player) {
  const word = root.querySelector("[data-word]");
  const speed = root.querySelector("[data-speed]");
  const names = { 1: "1×", 0.75: "¾×", 0.5: "½×", 0.25: "¼×", 0.1: "⅒×" };
  player.addEventListener("moved", () => {
    if (word) word.textContent = player.film.paused ? "Play" : "Pause";
    if (speed) speed.textContent = names[player.film.playbackRate] ?? `${player.film.playbackRate}×`;
  });
}

/** A clip, a comment or a span on a lane was pressed: play exactly that.
 * @param {MouseEvent} event @param {Player} player @param {HTMLElement} stage */
function playWhatWasPressed(event, player, stage) {
  const link = /** @type {Element} */ (event.target).closest("[data-span]");
  if (!link) return;
  event.preventDefault();
  const [from, until] = (link.getAttribute("data-span") ?? "0,0").split(",").map(Number);
  document.querySelectorAll("[data-span][aria-current]").forEach((other) => other.removeAttribute("aria-current"));
  link.setAttribute("aria-current", "true");
  if (stage.getBoundingClientRect().top < 0) stage.scrollIntoView({ block: "start" });
  player.playSpan(from, until);
}

/** @param {ParentNode} where */
function startAll(where) {
  where.querySelectorAll("[data-bench]").forEach((root) => start(/** @type {HTMLElement} */ (root)));
}
document.addEventListener("htmx:load", () => startAll(document));
startAll(document);
