/**
 * A worker that reads whole films and tells their SHA-256, piece by piece and one film at a time. Told
 * {id, file} it answers {id, done} as it goes and {id, hex} or {id, error} at the end; {id, stop} ends it.
 * @module sending/hashing
 */
import { sha256 } from "../../vendor/noble-hashes/sha2.js";

const PIECE_BYTES = 4 * 1024 * 1024;
const stopped = new Set();
let line = Promise.resolve();

/** @param {number} id @param {File} file */
async function read(id, file) {
  const sum = sha256.create();
  for (let at = 0; at < file.size; at += PIECE_BYTES) {
    if (stopped.delete(id)) return;
    sum.update(new Uint8Array(await file.slice(at, at + PIECE_BYTES).arrayBuffer()));
    postMessage({ id, done: Math.min(file.size, at + PIECE_BYTES) });
  }
  const hex = Array.from(sum.digest(), (byte) => byte.toString(16).padStart(2, "0")).join("");
  postMessage({ id, hex });
}

self.addEventListener("message", ({ data: { id, file, stop } }) => {
  if (stop) return stopped.add(id);
  line = line.then(() => read(id, file)).catch((error) => postMessage({ id, error: error.name }));
});
