/**
 * What only the guider needs: the question now and next, the steps, the time. Below the screen, or in a second
 * window; each is told by the screen over a channel of this browser, and nothing of it is kept anywhere.
 * @module board/notes
 */

export const CHANNEL = "attune-shared-review";

/** @typedef {{at: number, playing: boolean, pace: number, elapsed: number, stage: string, ticks: number[], opening: string, steps: {name: string, words: string}[], items: {title: string, question: string, kind: string}[]}} State */

/** @param {string} tag @param {string} [words] @param {string} [className] */
function made(tag, words = "", className = "") {
  return Object.assign(document.createElement(tag), { textContent: words, className });
}

/** Lay the notes into this place and follow the screen from now on.
 * @param {HTMLElement} root @returns {BroadcastChannel} */
export function follow(root) {
  const channel = new BroadcastChannel(CHANNEL);
  let drawn = "";
  channel.addEventListener("message", ({ data }) => {
    if (!data.state) return;
    const shape = JSON.stringify([data.state.steps, data.state.items.length]);
    if (shape !== drawn) lay(root, data.state, channel);
    drawn = shape;
    show(root, data.state);
  });
  channel.postMessage({ hello: true });
  return channel;
}

/** @param {HTMLElement} root @param {State} state @param {BroadcastChannel} channel */
function lay(root, state, channel) {
  const now = made("section", "", "notes__now");
  now.append(made("p", "", "notes__when"), made(root.dataset.keys ? "h1" : "h2", "", "notes__title"), made("p", "", "notes__question"), made("p", "", "notes__next"));
  root.replaceChildren(now);
  if (root.dataset.keys) root.append(keys(channel));
  const list = made("ul", "", "notes__steps");
  list.setAttribute("role", "list");
  state.steps.forEach((step, at) => list.append(line(step, at, channel)));
  const steps = made("section");
  steps.append(made("h2", "The steps", "notes__heading"), list);
  root.append(steps);
}

/** @param {{name: string, words: string}} step @param {number} at @param {BroadcastChannel} channel */
function line(step, at, channel) {
  const row = made("li");
  const label = made("label", "", "notes__step");
  const box = Object.assign(document.createElement("input"), { type: "checkbox" });
  box.dataset.step = String(at);
  box.addEventListener("change", () => channel.postMessage({ tick: [at, box.checked] }));
  const words = made("span");
  if (step.name) words.append(made("b", step.name), " ");
  words.append(step.words);
  label.append(box, words);
  row.append(label);
  return row;
}

/** @param {BroadcastChannel} channel */
function keys(channel) {
  const row = made("div", "", "notes__keys cluster");
  for (const [act, word] of [["before", "Back"], ["play", "Play"], ["again", "Again"], ["slow", "Slow"], ["next", "Next"]]) {
    const key = Object.assign(made("button", word, "button button--quiet"), { type: "button" });
    key.dataset.act = act;
    key.addEventListener("click", () => channel.postMessage({ act }));
    row.append(key);
  }
  return row;
}

/** @param {HTMLElement} root @param {State} state */
function show(root, state) {
  const put = (/** @type {string} */ name, /** @type {string} */ words) => {
    const place = /** @type {HTMLElement|null} */ (root.querySelector(name));
    if (!place) return;
    if (place.textContent !== words) place.textContent = words;
    place.hidden = !words;
  };
  const item = state.items[state.at];
  const next = state.items[state.at + 1];
  const minutes = Math.floor(state.elapsed / 60000);
  const time = state.stage === "before" ? "Not begun" : minutes < 1 ? "Just begun" : `${minutes} minute${minutes === 1 ? "" : "s"} together`;
  put(".notes__when", item && state.stage === "going" ? `${time} · ${state.at + 1} of ${state.items.length}` : time);
  put(".notes__title", state.stage === "over" ? "The review is over" : item ? item.title : "First");
  put(".notes__question", state.stage === "over" ? "" : (item ? item.question : state.opening) || "What do you see?");
  put(".notes__next", state.stage === "over" ? "" : next ? `Next: ${next.title}${next.question ? `. “${next.question}”` : ""}` : "This is the last one.");
  const play = root.querySelector("[data-act=play]");
  if (play) play.textContent = state.playing ? "Pause" : "Play";
  for (const box of /** @type {NodeListOf<HTMLInputElement>} */ (root.querySelectorAll("[data-step]"))) box.checked = state.ticks.includes(Number(box.dataset.step));
}
