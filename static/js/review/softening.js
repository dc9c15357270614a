/**
 * The part of the picture that is to be softened: drawn on the film with a finger, a pen or a mouse, shown
 * where it will be, and written into the four fields of the form, in percent of the picture. Those who do
 * not draw write the numbers.
 * @module review/softening
 */
import { watch } from "../watching.js";

const SVG = "http://www.w3.org/2000/svg";
const SIDES = ["left", "top", "width", "height"];
const FIRST = { left: 35, top: 20, width: 30, height: 35 };

/** @typedef {{left: number, top: number, width: number, height: number}} Part percent of the picture */

/** @returns {HTMLElement|null} */
const options = () => document.querySelector("[data-options]");
/** @param {string} name @returns {HTMLInputElement|HTMLSelectElement|null} */
const field = (name) => options()?.querySelector(`[name="soft_${name}"]`) ?? null;
const film = () => /** @type {HTMLVideoElement|null} */ (document.querySelector("[data-stage] video[data-film]"));

/** What the form says; nothing when no part is to be softened.
 * @returns {Part|null} */
function chosen() {
  if (!field("shape")?.value) return null;
  const values = SIDES.map((side) => field(side)?.value ?? "");
  if (values.includes("")) return null;
  const [left, top, width, height] = values.map(Number);
  return { left, top, width, height };
}

/** @param {Part} part */
function write(part) {
  for (const side of SIDES) {
    const box = field(side);
    if (box) box.value = String(Math.round(part[/** @type {keyof Part} */ (side)] * 10) / 10);
  }
  field("height")?.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Where on the page the picture itself is: a film may stand between two bars.
 * @param {HTMLVideoElement} video */
function pictureOf(video) {
  const box = video.getBoundingClientRect();
  const scale = Math.min(box.width / (video.videoWidth || box.width), box.height / (video.videoHeight || box.height));
  const width = (video.videoWidth || box.width) * scale;
  const height = (video.videoHeight || box.height) * scale;
  return { left: box.left + (box.width - width) / 2, top: box.top + (box.height - height) / 2, width, height };
}

/** The sheet over the film on which the part is drawn.
 * @param {HTMLVideoElement} video @returns {SVGSVGElement} */
function sheetOver(video) {
  const stage = /** @type {HTMLElement} */ (video.closest("[data-stage]"));
  let sheet = /** @type {SVGSVGElement|null} */ (stage.querySelector("svg.softening"));
  if (!sheet) {
    sheet = /** @type {SVGSVGElement} */ (document.createElementNS(SVG, "svg"));
    sheet.classList.add("softening");
    sheet.setAttribute("viewBox", "0 0 100 100");
    sheet.setAttribute("preserveAspectRatio", "none");
    sheet.setAttribute("aria-hidden", "true");
    sheet.append(document.createElementNS(SVG, "ellipse"), document.createElementNS(SVG, "rect"));
    drawOn(sheet, video);
    stage.append(sheet);
  }
  const picture = pictureOf(video);
  const around = stage.getBoundingClientRect();
  Object.assign(sheet.style, { left: `${picture.left - around.left}px`, top: `${picture.top - around.top}px`, width: `${picture.width}px`, height: `${picture.height}px` });
  return sheet;
}

/** The part stands on the film where the form says, or nowhere. */
function show() {
  const video = film();
  if (!video || !options()) return;
  const part = chosen();
  const sheet = sheetOver(video);
  const [oval, box] = /** @type {SVGElement[]} */ ([...sheet.children]);
  oval.toggleAttribute("hidden", !part || field("shape")?.value !== "oval");
  box.toggleAttribute("hidden", !part || field("shape")?.value !== "box");
  const place = part ?? FIRST;
  set(box, { x: place.left, y: place.top, width: place.width, height: place.height });
  set(oval, { cx: place.left + place.width / 2, cy: place.top + place.height / 2, rx: place.width / 2, ry: place.height / 2 });
  options()?.querySelector("[data-draw]")?.removeAttribute("hidden");
  options()?.querySelector("[data-part]")?.toggleAttribute("hidden", !field("shape")?.value);
}

/** @param {SVGElement} shape @param {Record<string, number>} facts */
function set(shape, facts) {
  for (const [name, value] of Object.entries(facts)) shape.setAttribute(name, String(value));
}

/** A stretch from corner to corner becomes the part; a mere press leaves all as it was.
 * @param {SVGSVGElement} sheet @param {HTMLVideoElement} video */
function drawOn(sheet, video) {
  /** @type {{x: number, y: number}|null} */
  let from = null;
  const at = (/** @type {PointerEvent} */ event) => {
    const picture = pictureOf(video);
    const within = (/** @type {number} */ value) => Math.min(100, Math.max(0, value * 100));
    return { x: within((event.clientX - picture.left) / picture.width), y: within((event.clientY - picture.top) / picture.height) };
  };
  sheet.addEventListener("pointerdown", (event) => {
    from = at(event);
    sheet.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  sheet.addEventListener("pointermove", (event) => {
    if (!from) return;
    const to = at(event);
    const part = { left: Math.min(from.x, to.x), top: Math.min(from.y, to.y), width: Math.abs(to.x - from.x), height: Math.abs(to.y - from.y) };
    if (part.width > 3 && part.height > 3) write(part);
  });
  const done = () => {
    if (from) sheet.removeAttribute("data-drawing");
    from = null;
  };
  sheet.addEventListener("pointerup", done);
  sheet.addEventListener("pointercancel", done);
}

/** @param {Event} event */
function changed(event) {
  const box = /** @type {HTMLInputElement} */ (event.target);
  if (!box.name?.startsWith("soft_")) return;
  if (box.name === "soft_shape" && box.value && !chosen()) write(FIRST);
  show();
}

/** @param {MouseEvent} event */
function pressed(event) {
  const video = film();
  if (!video || !(/** @type {Element} */ (event.target).closest?.("[data-draw]"))) return;
  video.pause();
  const shape = field("shape");
  if (shape && !shape.value) shape.value = "oval";
  sheetOver(video).setAttribute("data-drawing", "");
  video.closest("[data-stage]")?.scrollIntoView({ block: "nearest" });
  show();
}

/** A clip's own film is looked after like the whole one. */
function lookAfter() {
  document.querySelectorAll("[data-cut] video").forEach((video) => watch(/** @type {HTMLElement} */ (video.parentElement), /** @type {HTMLVideoElement} */ (video)));
  show();
}

document.addEventListener("input", changed);
document.addEventListener("change", changed);
document.addEventListener("click", pressed);
document.addEventListener("htmx:load", lookAfter);
document.addEventListener("loadedmetadata", show, true);
addEventListener("resize", show);
lookAfter();
