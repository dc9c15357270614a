/**
 * Choosing clips for a family's film: a clip that is ticked takes the next free place.
 * Without this file the places are typed.
 * @module review/keepsake
 */
import { drawStills, sheetOf } from "./pictures.js";

/** @param {HTMLElement} clip @param {string} kind */
const input = (clip, kind) => /** @type {HTMLInputElement} */ (clip.querySelector(`input[type="${kind}"]`));

/** @param {HTMLFormElement} form */
function givePlaces(form) {
  const clips = /** @type {HTMLElement[]} */ ([...form.querySelectorAll("[data-keepsake-clip]")]);
  form.addEventListener("change", (event) => {
    const box = /** @type {HTMLInputElement} */ (event.target);
    const clip = /** @type {HTMLElement | null} */ (box.closest("[data-keepsake-clip]"));
    if (box.type !== "checkbox" || !clip) return;
    const place = input(clip, "number");
    const taken = clips.filter((other) => other !== clip && input(other, "checkbox").checked);
    const last = Math.max(0, ...taken.map((other) => Number(input(other, "number").value)));
    place.value = box.checked ? String(last + 1) : "";
  });
}

document.querySelectorAll("form[data-keepsake]").forEach((form) => givePlaces(/** @type {HTMLFormElement} */ (form)));
document.querySelectorAll("[data-stage]").forEach(async (stage) => drawStills(stage, await sheetOf(/** @type {HTMLElement} */ (stage))));
