/**
 * What every page does once it stands: menus that close, questions asked first, one sending at a time,
 * focus where the eye is wanted, and a word when the connection or the session has gone.
 * Every page works without this file.
 * @module app
 */

const BUSY_FOR_MS = 8000;

/** Put the focus on the list of things to look at again, or on what a fragment marks with data-focus.
 * @param {ParentNode} where */
function focusWhereWanted(where) {
  const place = /** @type {HTMLElement|null} */ (where.querySelector("[data-errors], [data-focus]"));
  place?.focus();
}

/** A link in the error summary leads into the field, also when the field is a group of choices.
 * @param {MouseEvent} event */
function followErrorLink(event) {
  const link = /** @type {Element} */ (event.target).closest?.("[data-errors] a[href^='#']");
  if (!link) return;
  const place = document.getElementById(link.getAttribute("href").slice(1));
  if (!place) return;
  event.preventDefault();
  const field = place.matches("input, select, textarea") ? place : place.querySelector("input, select, textarea");
  place.scrollIntoView({ block: "center" });
  /** @type {HTMLElement|null} */ (field)?.focus({ preventScroll: true });
}

/** Close open menus, except the one that holds `kept`.
 * @param {Node|null} kept */
function closeMenus(kept) {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!kept || !menu.contains(kept)) menu.removeAttribute("open");
  }
}

/** Ask before a button with data-confirm does its work.
 * @param {MouseEvent} event */
function askFirst(event) {
  const button = /** @type {HTMLButtonElement|null} */ (/** @type {Element} */ (event.target).closest?.("button[data-confirm]"));
  if (!button || button.dataset.agreed || !window.HTMLDialogElement) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const dialog = document.createElement("dialog");
  const words = Object.assign(document.createElement("p"), { id: "ask-words", textContent: button.dataset.confirm });
  const form = Object.assign(document.createElement("form"), { method: "dialog", className: "cluster" });
  const yes = Object.assign(document.createElement("button"), { value: "yes", className: "button", textContent: button.textContent.trim() });
  const no = Object.assign(document.createElement("button"), { value: "no", className: "button button--plain", textContent: "Go back" });
  dialog.setAttribute("aria-labelledby", "ask-words");
  form.append(yes, no);
  dialog.append(words, form);
  document.body.append(dialog);
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (dialog.returnValue !== "yes") return button.focus();
    button.dataset.agreed = "yes";
    button.click();
    delete button.dataset.agreed;
  });
  dialog.showModal();
}

/** Let a form be sent once: a second press within some seconds does nothing.
 * @param {SubmitEvent} event */
function sendOnce(event) {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.busy) return event.preventDefault();
  form.dataset.busy = "yes";
  const button = /** @type {HTMLElement|null} */ (event.submitter);
  button?.setAttribute("data-busy", "");
  setTimeout(() => calm(form), BUSY_FOR_MS);
}

/** The form can be sent again.
 * @param {HTMLElement} form */
function calm(form) {
  delete form.dataset.busy;
  form.querySelectorAll("[data-busy]").forEach((button) => button.removeAttribute("data-busy"));
}

/** Say one sentence at the foot of the window, with a link where there is something to do.
 * @param {string} words @param {{label: string, url: string}} [link] */
export function say(words, link) {
  document.querySelector(".notice-bar")?.remove();
  const bar = Object.assign(document.createElement("div"), { className: "notice-bar", textContent: `${words} ` });
  bar.setAttribute("role", "status");
  if (link) bar.append(Object.assign(document.createElement("a"), { href: link.url, textContent: link.label, target: "_blank" }));
  document.body.append(bar);
  if (!link) setTimeout(() => bar.remove(), 12000);
}

/** The session has ended while the page stayed open. */
function saySignedOut() {
  say("You have been signed out. What you typed is safe on this device.", { label: "Sign in again in a new tab", url: "/account/login/" });
}

document.addEventListener("click", (event) => {
  askFirst(event);
  if (event.defaultPrevented) return;
  followErrorLink(event);
  closeMenus(/** @type {Node} */ (event.target));
}, true);
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = /** @type {HTMLElement|null} */ (document.querySelector("details[data-menu][open] > summary"));
  if (!open) return;
  closeMenus(null);
  open.focus();
});
document.addEventListener("submit", sendOnce);
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-busy]").forEach((form) => calm(/** @type {HTMLElement} */ (form))));
document.addEventListener("attune:signed-out", saySignedOut);
document.addEventListener("attune:say", (event) => say(/** @type {CustomEvent} */ (event).detail));
document.addEventListener("htmx:afterSettle", (event) => {
  const where = /** @type {CustomEvent} */ (event).detail.elt;
  document.querySelectorAll("form[data-busy]").forEach((form) => calm(/** @type {HTMLElement} */ (form)));
  if (where?.querySelector) focusWhereWanted(where);
});
document.addEventListener("htmx:beforeSwap", (event) => {
  const { detail } = /** @type {CustomEvent} */ (event);
  if (!new URL(detail.xhr.responseURL, location.href).pathname.startsWith("/account/login")) return;
  detail.shouldSwap = false;
  saySignedOut();
});
document.addEventListener("htmx:sendError", () => say("The connection went. Nothing is lost: please try again in a moment."));
document.addEventListener("htmx:responseError", (event) => {
  const status = /** @type {CustomEvent} */ (event).detail.xhr.status;
  if (status === 401) return saySignedOut();
  say(status === 429 ? "That was a little fast. Please wait a moment and try again." : "That did not work. Nothing is lost: please try again.");
});
/** Fetch one part of the page; without a connection, once it is back.
 * @param {() => Promise<unknown>} part */
function fetchPart(part) {
  part().catch(() => window.addEventListener("online", () => fetchPart(part), { once: true }));
}
/** Fetch what only some pages need. */
function fetchWhatIsNeeded() {
  if (document.querySelector("form[data-draft]")) fetchPart(() => import("./drafts.js"));
  if (document.querySelector("[data-player]")) fetchPart(() => import("./player.js"));
  if (localStorage.getItem("attune-sealed") || localStorage.getItem("attune-debts")) fetchPart(() => import("./board/wiping.js"));
}
document.addEventListener("htmx:load", fetchWhatIsNeeded);
focusWhereWanted(document);
fetchWhatIsNeeded();
