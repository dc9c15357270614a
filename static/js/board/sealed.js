/**
 * What a browser keeps for two hours to play without a connection: each part sealed with a key that cannot be
 * taken out of the browser. Wiping destroys the key first, then what it sealed, then the page that played it.
 * @module board/sealed
 */

const HOUSE = "attune-sealed";
const LIST = "attune-sealed";
const DEBTS = "attune-debts";
export const SHELL = "attune-away";

/** @typedef {{id: string, board: string, until: string, person: string, wipe: string, check: string}} Held */
/** @typedef {{url: string, about?: string, body: string, type: string, person: string, at: number}} Debt */

/** @returns {Promise<IDBDatabase>} */
function house() {
  return new Promise((yes, no) => {
    const asked = indexedDB.open(HOUSE, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("keys", { keyPath: "id" });
      asked.result.createObjectStore("parts", { keyPath: ["id", "name"] });
    };
    asked.onsuccess = () => yes(asked.result);
    asked.onerror = () => no(asked.error);
  });
}

/** One step in the store, done when the store says so.
 * @param {"keys"|"parts"} place @param {IDBTransactionMode} mode @param {(store: IDBObjectStore) => IDBRequest} step */
async function step(place, mode, step) {
  const db = await house();
  try {
    return await new Promise((yes, no) => {
      const deed = db.transaction(place, mode);
      const asked = step(deed.objectStore(place));
      deed.oncomplete = () => yes(asked.result);
      deed.onerror = deed.onabort = () => no(deed.error);
    });
  } finally {
    db.close();
  }
}

/** @template T @param {string} name @param {T} otherwise @returns {T} */
function read(name, otherwise) {
  try {
    return JSON.parse(localStorage.getItem(name) ?? "null") ?? otherwise;
  } catch {
    return otherwise;
  }
}

/** @param {string} name @param {unknown[]} list */
function write(name, list) {
  if (list.length) localStorage.setItem(name, JSON.stringify(list));
  else localStorage.removeItem(name);
}

/** What this browser holds: when and for whom, never what. @returns {Held[]} */
export const held = () => read(LIST, /** @type {Held[]} */ ([]));

/** Is its time over? @param {Held} one */
export const isOver = (one) => Date.parse(one.until) <= Date.now();

/** A new key that nobody can read, only use, is ready for this preparation.
 * @param {Held} one */
export async function begin(one) {
  write(LIST, [...held(), one]);
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  await step("keys", "readwrite", (store) => store.put({ id: one.id, key, until: one.until }));
}

/** @param {string} id @returns {Promise<CryptoKey>} */
async function keyOf(id) {
  const row = await step("keys", "readonly", (store) => store.get(id));
  if (!row || Date.parse(row.until) <= Date.now()) throw new Error("The time is over.");
  return row.key;
}

const named = (/** @type {string} */ id, /** @type {string} */ name) => new TextEncoder().encode(`${id}/${name}`);

/** Keep one part, sealed under its name. @param {string} id @param {string} name @param {BufferSource} bytes */
export async function seal(id, name, bytes) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const how = { name: "AES-GCM", iv, additionalData: named(id, name) };
  const sealed = await crypto.subtle.encrypt(how, await keyOf(id), bytes);
  await step("parts", "readwrite", (store) => store.put({ id, name, iv, sealed }));
}

/** The part of this name, opened; an error once its time is over or it was wiped.
 * @param {string} id @param {string} name @returns {Promise<ArrayBuffer>} */
export async function open(id, name) {
  const key = await keyOf(id);
  const row = await step("parts", "readonly", (store) => store.get([id, name]));
  if (!row) throw new Error("Nothing is kept under this name.");
  return crypto.subtle.decrypt({ name: "AES-GCM", iv: row.iv, additionalData: named(id, name) }, key, row.sealed);
}

/** Nothing of this is left in the browser, and the house will be told. @param {Held} one @param {string} why */
export async function wipe(one, why) {
  await step("keys", "readwrite", (store) => store.delete(one.id));
  await step("parts", "readwrite", (store) => store.delete(IDBKeyRange.bound([one.id], [one.id, []])));
  const rest = held().filter((other) => other.id !== one.id);
  write(LIST, rest);
  if (!rest.length) await takeShellAway();
  owe({ url: one.wipe, body: new URLSearchParams({ why }).toString(), type: "application/x-www-form-urlencoded", person: one.person });
}

async function takeShellAway() {
  await globalThis.caches?.delete(SHELL);
  for (const worker of (await navigator.serviceWorker?.getRegistrations()) ?? []) {
    if (new URL(worker.scope).pathname === "/boards/") await worker.unregister();
  }
}

/** Tell the house later, once there is a connection and the person is signed in; the last word about one thing stands.
 * @param {Omit<Debt, "at">} debt */
export function owe(debt) {
  write(DEBTS, [...read(DEBTS, /** @type {Debt[]} */ ([])).filter((other) => other.url !== debt.url || other.about !== debt.about), { ...debt, at: Date.now() }]);
}

/** Tell the house what it has not heard yet. @param {string} person @param {string} token */
export async function pay(person, token) {
  for (const debt of read(DEBTS, /** @type {Debt[]} */ ([]))) {
    if (debt.person !== person) continue;
    try {
      const answer = await fetch(debt.url, { method: "POST", body: debt.body, redirect: "manual", keepalive: true, headers: { "Content-Type": debt.type, "X-CSRFToken": token } });
      if (!answer.ok && (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403 || answer.status >= 500)) return;
      write(DEBTS, read(DEBTS, /** @type {Debt[]} */ ([])).filter((other) => other.url !== debt.url || other.body !== debt.body));
    } catch {
      return; // no connection: later
    }
  }
}
