/**
 * Small pictures out of a film's one sprite: on the strip, and as the still of a clip.
 * @module review/pictures
 */

/** @typedef {{image: CanvasImageSource, every: number, count: number, columns: number, width: number, height: number}} Sheet */

/** @type {Map<string, Promise<Sheet|null>>} sheets by their address, decoded once and for all */
const sheets = new Map();

/** The sprite that an element with data-sprite names, once it has arrived; null without one.
 * @param {HTMLElement} stage @returns {Promise<Sheet|null>} */
export async function sheetOf(stage) {
  const address = stage.dataset.sprite;
  if (!address) return null;
  if (!sheets.has(address)) sheets.set(address, arrived(stage));
  return sheets.get(address) ?? null;
}

/** Nothing is left of any film's pictures. */
export function forget() { sheets.clear(); }

/** @param {HTMLElement} stage @returns {Promise<Sheet|null>} */
async function arrived(stage) {
  const { sprite, every, count, columns, tile } = stage.dataset;
  const [width, height] = (tile ?? "0x0").split("x").map(Number);
  if (!sprite || !width || !Number(count)) return null;
  const image = new Image();
  image.src = sprite;
  try {
    await image.decode();
    const decoded = await createImageBitmap(image);
    return { image: decoded, every: Number(every), count: Number(count), columns: Number(columns), width, height };
  } catch {
    sheets.delete(sprite);
    return null;
  }
}

/** Draw the picture nearest to a time so that it fills the place.
 * @param {CanvasRenderingContext2D} pen @param {Sheet} sheet @param {number} ms
 * @param {{x: number, y: number, width: number, height: number}} place */
export function drawAt(pen, sheet, ms, place) {
  const at = Math.min(sheet.count - 1, Math.max(0, Math.floor(ms / sheet.every)));
  const left = (at % sheet.columns) * sheet.width;
  const top = Math.floor(at / sheet.columns) * sheet.height;
  const scale = Math.max(place.width / sheet.width, place.height / sheet.height);
  const [wide, high] = [place.width / scale, place.height / scale];
  pen.drawImage(sheet.image, left + (sheet.width - wide) / 2, top + (sheet.height - high) / 2, wide, high, place.x, place.y, place.width, place.height);
}

/** Draw every still that stands inside this element.
 * @param {ParentNode} where @param {Sheet|null} sheet */
export function drawStills(where, sheet) {
  if (!sheet) return;
  for (const canvas of /** @type {NodeListOf<HTMLCanvasElement>} */ (where.querySelectorAll("canvas[data-still]"))) {
    const [start, end] = (canvas.dataset.still ?? "0,0").split(",").map(Number);
    const pen = canvas.getContext("2d");
    if (pen) drawAt(pen, sheet, (start + end) / 2, { x: 0, y: 0, width: canvas.width, height: canvas.height });
    canvas.dataset.drawn = "yes";
  }
}
