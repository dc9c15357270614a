/**
 * Answering a colleague's clips: openings at hand, notes said aloud, and comments that outlast a tunnel.
 * @module review/answering
 */
import { layNotes } from "./note.js";
import { listen, show } from "./outbox.js";
import { sendAll } from "./speaking.js";

/** An opening stands where the cursor is; a space follows it. @param {HTMLElement} key */
function insert(key) {
  const words = /** @type {HTMLTextAreaElement|null} */ (key.closest("form")?.querySelector("[name=words]") ?? null);
  if (!words) return;
  const before = words.value.slice(0, words.selectionStart).replace(/\s+$/, "");
  const opening = `${before ? `${before} ` : ""}${(key.dataset.opening ?? "").replace(/…$/, "").trimEnd()} `;
  words.value = opening + words.value.slice(words.selectionEnd).replace(/^\s+/, "");
  words.focus({ preventScroll: true });
  words.setSelectionRange(opening.length, opening.length);
  words.dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("click", (event) => {
  const key = /** @type {HTMLElement|null} */ (/** @type {Element} */ (event.target).closest("[data-opening]"));
  if (key) insert(key);
});
document.addEventListener("htmx:load", () => {
  layNotes(document);
  show();
});
layNotes(document);
listen();
sendAll();
