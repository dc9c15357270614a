/**
 * The keys: large buttons and the letters that do the same.
 * @module review/keys
 */

/** @typedef {Record<string, () => void>} Acts */

/** Every letter and what it does; the page lists them all, and a test holds the two against each other. */
const LETTERS = {
  j: "back", k: "play", " ": "play", l: "on", ",": "frame-back", ".": "frame-on", s: "speed", a: "faster", r: "loop",
  i: "in", o: "out", c: "write", p: "span", f: "whole", h: "fine",
  m: "mark", n: "note", "[": "trim-in", "]": "trim-out", q: "previous", w: "next", x: "remove", u: "undo",
  y: "link", "+": "closer", "=": "closer", "-": "wider", t: "still", escape: "let-go",
};
const KEPT_AS = "attune-letters";

/** Does this element take letters itself?
 * @param {EventTarget|null} target */
function takesLetters(target) {
  return target instanceof Element && target.matches("input:not([type=checkbox], [type=radio], [type=file]), textarea, select, [contenteditable]");
}

/** Does this element do something of its own with this key?
 * @param {EventTarget|null} target @param {string} key */
function hasOwnUse(target, key) {
  return key === " " && target instanceof Element && target.matches("button, summary, a, input, label");
}

/** Lay the keys of this bench; letters work everywhere on its page except where one types.
 * @param {HTMLElement} root @param {Acts} acts @param {(digit: string) => void} onDigit
 * @returns {AbortController} ends the listening */
export function layKeys(root, acts, onDigit) {
  const ending = new AbortController();
  const { signal } = ending;
  root.querySelector("[data-keys]")?.removeAttribute("hidden");
  for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (root.querySelectorAll("[data-act]"))) {
    button.hidden = false;
    button.addEventListener("click", () => acts[button.dataset.act ?? ""]?.(), { signal });
  }
  const choice = /** @type {HTMLInputElement|null} */ (root.querySelector("[data-letters]"));
  if (choice) {
    choice.checked = localStorage.getItem(KEPT_AS) !== "off";
    choice.addEventListener("change", () => localStorage.setItem(KEPT_AS, choice.checked ? "on" : "off"), { signal });
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || takesLetters(event.target)) return;
    if (hasOwnUse(event.target, event.key) || (choice && !choice.checked)) return;
    const key = event.key.toLowerCase();
    if (/^[1-9]$/.test(key)) return onDigit(key);
    const act = acts[LETTERS[key] ?? ""];
    if (!act) return;
    event.preventDefault();
    act();
  }, { signal });
  return ending;
}
