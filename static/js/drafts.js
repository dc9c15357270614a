/**
 * Nothing typed is ever lost: a form with data-draft and data-draft-url keeps its fields on the server a
 * moment after typing, and on this device while the server cannot be reached.
 * @module drafts
 */

const PAUSE_MS = 1500;
const RETRY_MS = 15000;
const SECRET = new Set(["password", "file", "hidden", "submit", "button"]);
const person = document.body.dataset.signedIn ?? "";

/** The fields of a form as a draft: lists for several choices, true or false for a single tick.
 * @param {HTMLFormElement} form @returns {Record<string, string|boolean|string[]>} */
export function fieldsOf(form) {
  /** @type {Record<string, any>} */
  const fields = {};
  for (const field of /** @type {Iterable<any>} */ (form.elements)) {
    if (!field.name || SECRET.has(field.type) || field.hasAttribute("data-no-draft")) continue;
    if (field.type === "checkbox") {
      if (form.querySelectorAll(`[name="${CSS.escape(field.name)}"]`).length === 1 && !field.closest("[data-kind='checkboxselectmultiple']")) fields[field.name] = field.checked;
      else (fields[field.name] ??= []).push(...(field.checked ? [field.value] : []));
    } else if (field.type === "radio") {
      if (field.checked) fields[field.name] = field.value;
    } else if (field.type === "select-multiple") {
      fields[field.name] = [...field.selectedOptions].map((option) => option.value);
    } else fields[field.name] = field.value;
  }
  return fields;
}

/** Put a draft back into its form.
 * @param {HTMLFormElement} form @param {Record<string, any>} fields */
export function putBack(form, fields) {
  for (const field of /** @type {Iterable<any>} */ (form.elements)) {
    if (!(field.name in fields) || SECRET.has(field.type)) continue;
    const value = fields[field.name];
    if (field.type === "checkbox") field.checked = Array.isArray(value) ? value.includes(field.value) : value === true;
    else if (field.type === "radio") field.checked = field.value === value;
    else if (field.type === "select-multiple") for (const option of field.options) option.selected = value.includes(option.value);
    else field.value = value;
  }
}

/** Keep one form from now on.
 * @param {HTMLFormElement} form */
function keep(form) {
  if (form.dataset.draftKept === "on") return;
  form.dataset.draftKept = "on";
  const place = `attune-draft:${person}:${form.dataset.draft}`;
  const saved = /** @type {HTMLElement|null} */ (form.querySelector("[data-saved]"));
  const tell = (/** @type {string} */ words, /** @type {string} */ where) => {
    if (saved) Object.assign(saved, { textContent: words }).dataset.where = where;
  };
  let timer = 0;
  let leaving = false;

  const onDevice = () => {
    try {
      localStorage.setItem(place, JSON.stringify({ at: new Date().toISOString(), fields: fieldsOf(form) }));
      tell("Kept on this device. It goes to Attune when the connection is back.", "device");
    } catch {
      tell("Not kept yet: the connection is gone. Please leave this page open.", "device");
    }
    timer = window.setTimeout(onServer, RETRY_MS);
  };

  const onServer = async () => {
    clearTimeout(timer);
    if (leaving) return;
    const token = /** @type {HTMLInputElement|null} */ (form.querySelector("[name=csrfmiddlewaretoken]"))?.value ?? "";
    tell("Keeping what you typed", "busy");
    try {
      const answer = await fetch(form.dataset.draftUrl, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": token },
        body: JSON.stringify({ key: form.dataset.draft, fields: fieldsOf(form) }),
        redirect: "manual",
        keepalive: true,
      });
      if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) {
        onDevice();
        document.dispatchEvent(new CustomEvent("attune:signed-out"));
      } else if (answer.status === 413) tell("This is too long to keep as a draft. Please save it soon.", "device");
      else if (!answer.ok) onDevice();
      else {
        localStorage.removeItem(place);
        tell("Kept just now", "server");
      }
    } catch {
      onDevice();
    }
  };

  const later = () => {
    clearTimeout(timer);
    timer = window.setTimeout(onServer, PAUSE_MS);
  };
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  window.addEventListener("online", () => localStorage.getItem(place) && onServer());
  form.addEventListener("submit", (event) => {
    if (navigator.onLine) {
      leaving = true;
      clearTimeout(timer);
      localStorage.removeItem(place);
      setTimeout(() => (leaving = false), 8000);
    } else {
      event.preventDefault();
      event.stopImmediatePropagation();
      onDevice();
    }
  }, true);

  const left = localStorage.getItem(place);
  if (!left) return;
  const draft = JSON.parse(left);
  if (form.querySelector("[data-errors]") || draft.at < (form.dataset.draftKeptAt ?? "")) return localStorage.removeItem(place);
  putBack(form, draft.fields);
  onServer();
}

const keepAll = (/** @type {ParentNode} */ where) => where.querySelectorAll("form[data-draft][data-draft-url]").forEach((form) => keep(/** @type {HTMLFormElement} */ (form)));
keepAll(document);
document.addEventListener("htmx:load", (event) => keepAll(/** @type {CustomEvent} */ (event).detail.elt.parentNode ?? document));
