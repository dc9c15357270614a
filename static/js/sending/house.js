/**
 * Speaks with the house: asks, and tells apart why something did not work.
 * @module sending/house
 */

/** Why an answer did not come. kind: "away" (no connection, or the house is), "out" (signed out, or the
 * second step is missing, which has words of its own), "no" (it says no). */
export class Trouble extends Error {
  /** @param {"away"|"out"|"no"} kind @param {string} [words] */
  constructor(kind, words = "") {
    super(words);
    this.kind = kind;
    this.status = 0;
    /** @type {any} what the house said in full */
    this.said = null;
  }
}

const TUS = "1.0.0";
const GONE = "This film was discarded in another window.";
const STEP = "Please confirm your second step in another tab, then come back. Nothing is lost: it carries on from there.";
const UNCLEAR = "That did not work. Please load this page again; what has arrived is safe.";

/** A sentence of the house, never a page of it. @param {string} words */
export const plain = (words, otherwise = UNCLEAR) => (words.trim() && words.length < 300 && !words.trim().startsWith("<") ? words.trim() : otherwise);

export class House {
  /** @param {HTMLFormElement} form holds the token */
  constructor(form) {
    this.field = /** @type {HTMLInputElement} */ (form.querySelector("[name=csrfmiddlewaretoken]"));
  }

  get token() { return this.field.value; }

  /** The house's answer to these fields; Trouble otherwise.
   * @param {string} address @param {Record<string, any>} fields @returns {Promise<any>} */
  post(address, fields) { return this.#tell(address, { Accept: "application/json" }, new URLSearchParams(fields)); }

  /** The same for fields of which one name may stand several times. @param {string} address @param {[string, string][]} fields */
  postAll(address, fields) { return this.#tell(address, { Accept: "application/json" }, new URLSearchParams(fields)); }

  /** The SHA-256 of the whole film is told to the house. @param {string} address @param {string} sha256 */
  compare(address, sha256) { return this.#tell(address, { "Tus-Resumable": TUS, "Content-Type": "text/plain" }, sha256); }

  /** @param {string} address @param {Record<string, string>} headers @param {BodyInit} body */
  async #tell(address, headers, body, again = true) {
    const answer = await this.#ask(address, { method: "POST", headers: { ...headers, "X-CSRFToken": this.token }, body });
    const said = (answer.headers.get("content-type") ?? "").includes("json") ? await answer.json().catch(() => ({})) : null;
    if (answer.ok) return said ?? {};
    if (answer.status === 403 && again && (await this.renew())) return this.#tell(address, headers, body, false);
    if (said?.reason) throw Object.assign(new Trouble("no", said.reason), { status: answer.status, said });
    if (answer.status >= 500 || answer.status === 429) throw new Trouble("away");
    throw Object.assign(new Trouble("no", answer.status === 404 ? GONE : plain(await answer.text())), { status: answer.status });
  }

  /** A page or a part of one. @param {string} address */
  async get(address) {
    const answer = await this.#ask(address, { headers: { "HX-Request": "true" } });
    if (answer.status >= 500 || answer.status === 429) throw new Trouble("away");
    if (answer.status === 403 && (answer.headers.get("content-type") ?? "").includes("json")) throw new Trouble("out", STEP);
    if (!answer.ok) throw new Trouble("no", [404, 410].includes(answer.status) ? GONE : plain(await answer.text()));
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  }

  /** How far the preparation of a film is, in the house's words; an empty state when the page does not say. @param {string} filmUrl */
  async progress(filmUrl) {
    const told = /** @type {HTMLElement|null} */ ((await this.get(`${filmUrl}progress/`)).querySelector("[data-progress]"));
    return { state: told?.dataset.progress ?? "", words: told?.querySelector("p")?.textContent?.trim() ?? "" };
  }

  /** A new token, which signing in again brings; false when there is none to be had. Trouble "out" or "away". */
  async renew() {
    const page = await this.get(location.pathname).catch((trouble) => {
      if (trouble.kind === "no") return null;
      throw trouble;
    });
    const token = /** @type {HTMLInputElement|null|undefined} */ (page?.querySelector("[name=csrfmiddlewaretoken]"))?.value;
    if (token) this.field.value = token;
    return Boolean(token);
  }

  /** How many bytes of an upload are safe; NaN when nobody can say. @param {string} address */
  async safe(address) {
    const answer = await this.#ask(address, { method: "HEAD", headers: { "Tus-Resumable": TUS } }).catch(() => null);
    return answer?.ok ? Number(answer.headers.get("Upload-Offset")) : NaN;
  }

  /** @param {string} address @param {RequestInit} how */
  async #ask(address, how) {
    const answer = await fetch(address, { ...how, redirect: "manual", cache: "no-store" }).catch(() => { throw new Trouble("away"); });
    if (answer.type === "opaqueredirect" || answer.status === 401) throw new Trouble("out");
    return answer;
  }
}
