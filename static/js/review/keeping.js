/**
 * Recordings that wait on this device until all of them is in Attune, in the browser's own store and nowhere else.
 * @module review/keeping
 */

/** @typedef {{id: string, key: string, begin: string, name: string, blob: Blob, person: string}} Note */

const PLACE = "attune-notes";
const person = document.body.dataset.signedIn ?? "";
/** Where the browser has no such store (a private window), they live as long as the page. @type {Map<string, Note>} */
const here = new Map();

/** @returns {Promise<IDBDatabase>} */
function opened() {
  return new Promise((yes, no) => {
    const asked = indexedDB.open(PLACE, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("notes", { keyPath: "id" });
    asked.onsuccess = () => yes(asked.result);
    asked.onerror = () => no(asked.error);
  });
}

/** @param {IDBTransactionMode} mode @param {(store: IDBObjectStore) => IDBRequest} deed @returns {Promise<any>} */
async function within(mode, deed) {
  const base = await opened();
  return new Promise((yes, no) => {
    const asked = deed(base.transaction("notes", mode).objectStore("notes"));
    asked.onsuccess = () => yes(asked.result);
    asked.onerror = () => no(asked.error);
  }).finally(() => base.close());
}

/** @param {Omit<Note, "person">} note @returns {Promise<boolean>} does it outlive the page? */
export async function keep(note) {
  const kept = { ...note, person };
  here.set(note.id, kept);
  return within("readwrite", (store) => store.put(kept)).then(() => true, () => false);
}

/** @param {string} id */
export async function drop(id) {
  here.delete(id);
  await within("readwrite", (store) => store.delete(id)).catch(() => {});
}

/** What this person said and what is not all in Attune yet. @returns {Promise<Note[]>} */
export async function waiting() {
  const stored = await within("readonly", (store) => store.getAll()).catch(() => []);
  const all = new Map(stored.filter((/** @type {Note} */ note) => note.person === person).map((/** @type {Note} */ note) => [note.id, note]));
  for (const [id, note] of here) all.set(id, note);
  return [...all.values()];
}
