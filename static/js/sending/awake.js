/**
 * Keeps the screen awake while a film is on its way: a phone that sleeps stops sending.
 * @module sending/awake
 */
export class Wakefulness {
  /** @type {WakeLockSentinel|null} */ #lock = null;
  #wanted = false;

  constructor() {
    document.addEventListener("visibilitychange", () => this.#wanted && this.#ask());
  }

  keep() {
    if (this.#wanted) return;
    this.#wanted = true;
    this.#ask();
  }

  end() {
    this.#wanted = false;
    this.#lock?.release();
    this.#lock = null;
  }

  async #ask() {
    if (document.visibilityState !== "visible" || !navigator.wakeLock) return;
    const lock = await navigator.wakeLock.request("screen").catch(() => null);
    if (!this.#wanted || this.#lock?.released === false) lock?.release();
    else this.#lock = lock;
  }
}
