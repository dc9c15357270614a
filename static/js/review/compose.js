/**
 * Choosing clips: the order in which they are pressed is the order in which they are shown.
 * Without this file they are shown in the order of the film.
 * @module review/compose
 */
import { drawStills, sheetOf } from "./pictures.js";

const MOST = 3;

/** @param {HTMLFormElement} form */
function keepOrder(form) {
  const order = /** @type {HTMLInputElement} */ (form.elements.namedItem("order"));
  const boxes = /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll("[data-clip]")]);
  let chosen = order.value.split(",").filter((id) => boxes.some((box) => box.checked && box.value === id));

  const show = () => {
    for (const box of boxes) {
      if (box.checked && !chosen.includes(box.value)) chosen.push(box.value);
      if (!box.checked) chosen = chosen.filter((id) => id !== box.value);
    }
    for (const box of boxes) {
      const place = box.closest("label")?.querySelector("[data-place]");
      if (place) place.textContent = box.checked ? String(chosen.indexOf(box.value) + 1) : "";
      box.disabled = chosen.length >= MOST && !box.checked;
    }
    order.value = chosen.join(",");
  };
  form.addEventListener("change", show);
  show();
}

document.querySelectorAll("form[data-compose]").forEach((form) => keepOrder(/** @type {HTMLFormElement} */ (form)));
document.querySelectorAll("[data-stage]").forEach(async (stage) => drawStills(stage, await sheetOf(/** @type {HTMLElement} */ (stage))));
