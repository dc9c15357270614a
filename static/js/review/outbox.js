/**
 * Comments written without a connection: they wait on this device, stand in the thread, and go to Attune by themselves.
 * @module review/outbox
 */
import { House, Trouble } from "../sending/house.js";
import { newId } from "./note.js";
import { sendAll } from "./speaking.js";

/** @typedef {{id: string, address: string, fields: [string, string][], at: string, why?: string}} Letter */

const person = document.body.dataset.signedIn ?? "";
const PLACE = `attune-outbox:${person}`;
const AGAIN_MS = 20000;
let isGoing = false;

/** @returns {Letter[]} */
const letters = () => JSON.parse(localStorage.getItem(PLACE) ?? "[]");
/** @param {Letter[]} all */
const store = (all) => (all.length ? localStorage.setItem(PLACE, JSON.stringify(all)) : localStorage.removeItem(PLACE));

/** The comment in this form waits on the device, and the form is free for the next one.
 * @param {HTMLFormElement} form */
export function put(form) {
  const fields = /** @type {[string, string][]} */ ([...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken"));
  const value = (/** @type {string} */ name) => fields.find((field) => field[0] === name)?.[1].trim() ?? "";
  const said = /** @type {HTMLElement|null} */ (form.querySelector("[data-saved]"));
  if (!value("words") && !value("note_id")) return say(said, "Please write what you see first.");
  const letter = { id: value("comment_id"), address: form.getAttribute("action") ?? "", fields, at: new Date().toISOString() };
  try {
    store([...letters().filter((each) => each.id !== letter.id), letter]);
  } catch {
    return say(said, "Not kept yet: the connection is gone. Please leave this page open.");
  }
  clear(form);
  say(said, "Kept on this device. It goes to Attune when the connection is back.");
  show();
}

/** @param {HTMLElement|null} place @param {string} words */
function say(place, words) {
  if (place) Object.assign(place, { textContent: words }).dataset.where = "device";
}

/** The form as it was before anybody wrote in it. @param {HTMLFormElement} form */
function clear(form) {
  localStorage.removeItem(`attune-draft:${person}:${form.dataset.draft}`);
  form.querySelectorAll("textarea, input[data-clock]").forEach((field) => (/** @type {HTMLInputElement} */ (field).value = ""));
  form.querySelectorAll("input[type=checkbox]").forEach((box) => (/** @type {HTMLInputElement} */ (box).checked = false));
  /** @type {HTMLInputElement} */ (form.querySelector("[name=comment_id]")).value = newId();
  const box = /** @type {HTMLElement|null} */ (form.querySelector("[data-note]"));
  if (box) box.dispatchEvent(new Event("note:taken"));
}

/** What waits stands in the thread of its clip. */
export function show() {
  document.querySelectorAll("[data-waiting]").forEach((card) => card.remove());
  const thread = document.querySelector("#thread");
  const here = document.querySelector("form[data-outbox]")?.getAttribute("action");
  for (const letter of letters()) if (thread && letter.address === here) thread.prepend(card(letter));
}

/** @param {Letter} letter */
function card(letter) {
  const value = (/** @type {string} */ name) => letter.fields.find((field) => field[0] === name)?.[1] ?? "";
  const card = Object.assign(document.createElement("article"), { className: "comment" });
  card.dataset.waiting = letter.id;
  card.dataset.kind = value("kind");
  const head = Object.assign(document.createElement("p"), { className: "comment__head", textContent: letter.why || "Kept on this device. It goes to Attune when the connection is back." });
  const more = value("kind") === "working_point" ? "More of " : "";
  card.append(head, Object.assign(document.createElement("p"), { textContent: value("words") ? more + value("words") : "A spoken note." }));
  return card;
}

/** Everything that waits goes to Attune, the oldest first. */
export async function empty() {
  const form = /** @type {HTMLFormElement|null} */ (document.querySelector("form[data-outbox]"));
  if (isGoing || !form || !letters().length || !navigator.onLine) return;
  isGoing = true;
  try {
    await sendAll();
    for (const letter of letters()) await send(letter, new House(form));
  } catch {
    setTimeout(empty, AGAIN_MS);
  } finally {
    isGoing = false;
    refresh(form);
  }
}

/** @param {Letter} letter @param {House} house */
async function send(letter, house) {
  const rest = () => letters().filter((each) => each.id !== letter.id);
  try {
    await house.postAll(letter.address, letter.fields);
    store(rest());
  } catch (trouble) {
    if (!(trouble instanceof Trouble) || trouble.kind !== "no") throw trouble;
    store([...rest(), { ...letter, why: `Not kept in Attune yet: ${trouble.message}` }]);
  }
}

/** The thread as Attune has it now, unless somebody is writing. @param {HTMLFormElement} form */
function refresh(form) {
  const words = /** @type {HTMLTextAreaElement|null} */ (form.querySelector("[name=words]"))?.value.trim();
  if (words || form.contains(document.activeElement) || !window.htmx) return show();
  window.htmx.ajax("GET", location.href, { target: "#review", select: "#review", swap: "outerHTML show:none" }).then(show);
}

/** Take over what is pressed without a connection. */
export function listen() {
  document.addEventListener("submit", (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (navigator.onLine || !form.matches("form[data-outbox]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    put(form);
  }, true);
  document.addEventListener("htmx:sendError", (event) => {
    const form = /** @type {CustomEvent} */ (event).detail.elt;
    if (form.matches?.("form[data-outbox]")) put(form);
  });
  window.addEventListener("online", () => empty());
  setInterval(empty, AGAIN_MS);
  show();
  empty();
}
