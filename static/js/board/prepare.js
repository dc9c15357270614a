/**
 * Prepare a shared review to play here without a connection: consent is asked, clips are cut, and each is sealed
 * as it arrives. Until the last one is here, nothing counts as prepared.
 * @module board/prepare
 */
import { begin, held, isOver, pay, seal, SHELL, wipe } from "./sealed.js";

const ASK_AGAIN_MS = 1500;
const MOST_ASKED = 200;
const MODULES = ["./show.js", "./screen.js", "./notes.js", "./second.js", "./timing.js", "./sealed.js", "../watching.js"];
const person = document.body.dataset.signedIn ?? "";
const token = () => JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"] ?? "";
const until = (/** @type {string} */ moment) => new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" }).format(new Date(moment));

/** @param {HTMLElement} root */
function start(root) {
  const [now, gone] = ["prepare-now", "wipe-now"].map((name) => /** @type {HTMLButtonElement} */ (root.querySelector(`[data-${name}]`)));
  const bar = /** @type {HTMLProgressElement} */ (root.querySelector("[data-prepare-bar]"));
  const said = /** @type {HTMLElement} */ (root.querySelector("[data-prepare-said]"));
  const board = root.dataset.prepare?.split("/").at(-2) ?? "";
  const mine = () => held().find((one) => one.board === board && one.person === person && !isOver(one));
  const show = (/** @type {string} */ words = "") => {
    const one = mine();
    bar.hidden = true;
    now.disabled = false;
    now.hidden = Boolean(one);
    gone.hidden = !one;
    said.textContent = words || (one ? `Ready until ${until(one.until)} in this browser. The connection may go now.` : "");
  };
  now.addEventListener("click", async () => {
    now.disabled = true;
    bar.hidden = false;
    bar.value = 2;
    said.textContent = "Asking whether these clips may be watched.";
    try {
      await prepare(root, board, bar, (words) => (said.textContent = words));
      show();
    } catch (wrong) {
      for (const one of held().filter((other) => other.board === board)) await wipe(one, "again");
      show(wrong instanceof Refused ? wrong.message : "The connection went before everything was here. Nothing was kept. Please try again.");
    }
    pay(person, token());
  });
  gone.addEventListener("click", async () => {
    for (const one of held().filter((other) => other.board === board)) await wipe(one, "ended");
    show("Wiped. Nothing of it is left on this device.");
    pay(person, token());
  });
  root.hidden = !(window.isSecureContext && "indexedDB" in window && crypto.subtle);
  show();
}

/** What the house would not let us keep, in its own words. */
class Refused extends Error {}

/** @param {HTMLElement} root @param {string} board @param {HTMLProgressElement} bar @param {(words: string) => void} tell */
async function prepare(root, board, bar, tell) {
  for (const one of held()) await wipe(one, "again");
  const id = crypto.randomUUID();
  let pack = await asked(await fetch(`${root.dataset.prepare}prepare/`, { method: "POST", redirect: "manual", headers: { "X-CSRFToken": token() }, body: new URLSearchParams({ preparation_id: id }) }));
  for (let asking = 0; !pack.ready; asking++) {
    if (asking > MOST_ASKED) throw new Refused("The clips could not be cut in time. Nothing was kept. Please try again in a few minutes.");
    tell("Your clips are being cut, so that nothing else of the film comes along.");
    await new Promise((done) => setTimeout(done, ASK_AGAIN_MS));
    pack = await asked(await fetch(pack.check, { redirect: "manual", cache: "no-store" }));
  }
  await begin({ id, board, until: pack.until, person, check: pack.check, wipe: pack.wipe });
  const { items } = pack.reel;
  for (const [at, item] of items.entries()) {
    tell(`Sealing ${at + 1} of ${items.length}.`);
    const answer = await fetch(item.src, { redirect: "manual", cache: "no-store" });
    if (!answer.ok) throw new Refused("The film may not be watched just now. Nothing was kept.");
    await seal(id, item.key, await answer.arrayBuffer());
    bar.value = 5 + (90 * (at + 1)) / items.length;
  }
  await seal(id, "pack", new TextEncoder().encode(JSON.stringify(pack)));
  await keepShell(root);
}

/** @param {Response} answer */
async function asked(answer) {
  if (answer.type === "opaqueredirect") throw new Refused("You have been signed out. Please sign in again.");
  const pack = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : null;
  if (!pack || (answer.ok && !pack.open) || !answer.ok) throw new Refused(pack?.reason ?? "That did not work. Nothing was kept.");
  return pack;
}

/** The page itself, without a word of anybody, so that it opens when the connection is gone.
 * @param {HTMLElement} root */
async function keepShell(root) {
  if (!("serviceWorker" in navigator && "caches" in window)) return;
  const shell = await caches.open(SHELL);
  const page = new DOMParser().parseFromString(await (await fetch(root.dataset.away ?? "")).text(), "text/html");
  const named = [...page.querySelectorAll("link[href], script[src]")].map((tag) => tag.getAttribute("href") ?? tag.getAttribute("src") ?? "");
  const fonts = performance.getEntriesByType("resource").map((each) => each.name).filter((name) => name.endsWith(".woff2"));
  const modules = MODULES.map((name) => new URL(name, import.meta.url).href);
  const all = [root.dataset.away ?? "", "/boards/guide/", ...named, ...fonts, ...modules];
  await shell.addAll([...new Set(all.map((name) => new URL(name, location.href).href))]);
  await navigator.serviceWorker.register(root.dataset.worker ?? "", { scope: "/boards/" });
  await navigator.serviceWorker.ready;
}

document.querySelectorAll("[data-prepare]").forEach((root) => start(/** @type {HTMLElement} */ (root)));
