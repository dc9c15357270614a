/**
 * A film that stays where it is: opened from this device, played here, compared with what was noted, sent nowhere.
 * @module review/local
 */
import { Hasher } from "../sending/digest.js";
import { House } from "../sending/house.js";

const CANNOT_PLAY = "This browser cannot play this film. It may be in your phone’s newer format: the phone itself, or Safari, can play it. What you wrote is safe.";
const SAME = "This is the film you noted. It plays from this device; nothing of it is sent.";
const OTHER = "This is another file than the film you noted, so times marked in it would not fit. Please open the film itself.";
const UNREADABLE = "This device does not give us the whole file, so it could not be compared. Please open it again.";
const NEW = "Attune cannot tell yet whether this is the film, because it has no fingerprint of it.";
const hasher = new Hasher();

/** What is known about the film, and the sentence beneath it. */
class Known {
  /** @param {HTMLElement|null} root the part that says where the film is */
  constructor(root) {
    this.root = root;
    this.words = root?.querySelector("[data-where-said]");
    this.keep = /** @type {HTMLButtonElement|null} */ (root?.querySelector("[data-where-keep]"));
    this.keep?.addEventListener("click", () => this.remember());
  }

  /** @param {string} said @param {string} [tone] */
  say(said, tone = "") {
    if (!this.words || !this.root) return;
    this.words.textContent = said;
    this.root.dataset.tone = tone;
  }

  /** @param {File} file @param {HTMLVideoElement} film */
  async compare(file, film) {
    this.asked?.stop();
    if (this.keep) this.keep.hidden = true;
    this.film = film;
    const asked = (this.asked = hasher.of(file));
    this.say("Your device compares this file with what you noted. You can watch meanwhile.");
    try {
      this.found = await asked.hex;
      if (asked === this.asked) this.tell();
    } catch {
      if (asked === this.asked) this.say(UNREADABLE, "care");
    }
  }

  tell() {
    const noted = this.root?.dataset.sha256;
    if (noted) return this.say(noted === this.found ? SAME : OTHER, noted === this.found ? "good" : "warm");
    this.say(NEW);
    if (this.keep) this.keep.hidden = false;
  }

  async remember() {
    const form = /** @type {HTMLFormElement|null} */ (document.querySelector("form#mark"));
    if (!form || !this.root || !this.keep) return;
    const length = Math.round((this.film?.duration ?? 0) * 1000);
    try {
      await new House(form).post(this.root.dataset.measureUrl, { sha256: this.found, length_ms: length > 0 && Number.isFinite(length) ? length : "" });
      this.root.dataset.sha256 = this.found;
      this.keep.hidden = true;
      this.say("Its length and fingerprint are noted. From now on Attune can tell this film from others.", "good");
    } catch (trouble) {
      this.say(trouble.message || "That did not work just now. Please try again in a moment.", "care");
    }
  }
}

/** Wait for a file, and play it without sending it.
 * @param {HTMLElement} root @param {HTMLElement} stage @param {HTMLVideoElement} film @param {(address: string) => void} opened */
export function openFromDevice(root, stage, film, opened) {
  const choice = /** @type {HTMLInputElement|null} */ (stage.querySelector("[data-local-file]"));
  if (!choice) return;
  const known = new Known(root.querySelector("[data-where]"));
  const other = /** @type {HTMLElement|null} */ (root.querySelector("[data-where-other]"));
  other?.addEventListener("click", () => choice.click());
  film.addEventListener("error", () => film.src.startsWith("blob:") && known.say(CANNOT_PLAY, "care"));
  const open = () => {
    const file = choice.files?.[0];
    if (!file) return;
    if (film.src.startsWith("blob:")) URL.revokeObjectURL(film.src);
    film.src = URL.createObjectURL(file);
    film.hidden = false;
    stage.querySelector("[data-local]")?.setAttribute("hidden", "");
    if (other) other.hidden = false;
    known.compare(file, film);
    opened(film.src);
  };
  choice.addEventListener("change", open);
  open(); // chosen before this script was here
}
