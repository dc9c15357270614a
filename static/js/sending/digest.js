/**
 * Facts of a film that are found out on this device: its SHA-256, a short mark, its length.
 * @module sending/digest
 */
import { sha256 } from "../../vendor/noble-hashes/sha2.js";

const END_BYTES = 64 * 1024;
const PATIENCE_MS = 8000;

/** @param {Uint8Array} bytes */
const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** Reads whole films in a worker, beside everything else. */
export class Hasher {
  /** @type {Worker|null} */ #worker = null;
  /** @type {Map<number, {told: (bytes: number) => void, yes: (hex: string) => void, no: (error: Error) => void}>} */
  #asked = new Map();
  #count = 0;

  /** @param {File} file @param {(bytes: number) => void} [told] how far it is
   * @returns {{hex: Promise<string>, stop: () => void}} */
  of(file, told = () => {}) {
    const id = ++this.#count;
    const whole = new Promise((yes, no) => this.#asked.set(id, { told, yes, no }));
    whole.catch(() => {});
    this.#ready().postMessage({ id, file });
    return { hex: whole, stop: () => this.#asked.delete(id) && this.#worker?.postMessage({ id, stop: true }) };
  }

  #ready() {
    if (this.#worker) return this.#worker;
    this.#worker = new Worker(new URL("./hashing.js", import.meta.url), { type: "module" });
    this.#worker.addEventListener("message", ({ data: { id, done, hex: found, error } }) => {
      const asked = this.#asked.get(id);
      if (!asked) return;
      if (done !== undefined) return asked.told(done);
      this.#asked.delete(id);
      found ? asked.yes(found) : asked.no(new Error(error));
    });
    this.#worker.addEventListener("error", () => {
      for (const asked of this.#asked.values()) asked.no(new Error("worker"));
      this.#asked.clear();
      this.#worker?.terminate();
      this.#worker = null;
    });
    return this.#worker;
  }
}

/** A short mark that tells this film from others of the same name: its size, its beginning and its end.
 * @param {File} file @returns {Promise<string>} */
export async function markOf(file) {
  const ends = [file.slice(0, END_BYTES), file.slice(Math.max(0, file.size - END_BYTES)), new Blob([String(file.size)])];
  return hex(sha256(new Uint8Array(await new Blob(ends).arrayBuffer()))).slice(0, 32);
}

/** How long a film lasts, in ms; null when this browser cannot say.
 * @param {File} file @returns {Promise<number|null>} */
export function lengthOf(file) {
  const film = document.createElement("video");
  const address = URL.createObjectURL(file);
  return new Promise((told) => {
    const tell = () => {
      const ms = Math.round(film.duration * 1000);
      film.removeAttribute("src");
      URL.revokeObjectURL(address);
      told(Number.isFinite(ms) && ms > 0 ? ms : null);
    };
    film.preload = "metadata";
    film.addEventListener("loadedmetadata", tell, { once: true });
    film.addEventListener("error", tell, { once: true });
    setTimeout(tell, PATIENCE_MS);
    film.src = address;
  });
}
