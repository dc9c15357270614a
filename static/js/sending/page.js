/**
 * The page that sends films: joins the form (which family, which day, where it rests), the chooser and the queue.
 *
 *   <form data-sending data-add-url data-begin-pattern data-largest>   the page of several films, or
 *   <form data-sending data-only data-begin-url data-film-url ...>     the page of one film that is expected.
 *
 * Needs vendor/tus.min.js. Without this file the page says what to do instead.
 * @module sending/page
 */
import { markOf } from "./digest.js";
import { House } from "./house.js";
import * as marks from "./marks.js";
import { Queue } from "./queue.js";
import { size } from "./words.js";

const FILM = /\.(mp4|mov|m4v|mkv|webm|avi|mts|m2ts|ts|3gp|3g2|mpe?g|wmv|flv|ogv)$/i;
const MOMENT = "One moment: the phone is getting the film ready. A long one can take some minutes.";
const SAME_NAMES = "Several films carry the same name, as is usual on an iPhone. Size and length tell them apart.";

/** A new id, also where the browser offers none of its own. */
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const text = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return text.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

class Page {
  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.form = form;
    this.box = /** @type {HTMLElement} */ (form.querySelector("[data-queue]"));
    this.isOnly = "only" in form.dataset;
    this.queue = new Queue(this.box, new House(form), form.dataset);
    this.moment = /** @type {HTMLElement} */ (form.querySelector("[data-moment]"));
    this.button = /** @type {HTMLButtonElement} */ (form.querySelector("[data-send]"));
    this.halves = [...document.querySelectorAll("[data-half]")].map((row) => this.#half(/** @type {HTMLElement} */ (row)));
    this.marks = new Set();
    if (!this.isOnly) marks.keepOnly(this.halves.map((half) => half.id));
    this.#listen();
    this.#listenToChooser();
    this.#followCustody();
    this.#followCase();
    this.box.hidden = false;
    document.querySelectorAll("[data-choose-half]").forEach((key) => /** @type {HTMLElement} */ (key).hidden = false);
  }

  /** @param {HTMLElement} row */
  #half(row) {
    const { id, name, size: bytes, safe, beginUrl, filmUrl, about } = row.dataset;
    return { row, id, name, size: Number(bytes), safe: Number(safe), beginUrl, filmUrl, about, mark: marks.of(id) };
  }

  #listen() {
    this.form.addEventListener("submit", (event) => {
      if (this.custody === "elsewhere") return;
      event.preventDefault();
      event.stopImmediatePropagation();
      this.send();
    }, true);
    this.button.addEventListener("click", () => this.send());
    this.form.addEventListener("change", (event) => {
      const { name } = /** @type {HTMLInputElement} */ (event.target);
      if (name === "custody") this.#followCustody();
      if (name === "case") this.#followCase();
    });
    this.box.addEventListener("queue:changed", () => this.#showButton());
    this.box.addEventListener("queue:ended", () => this.#ended());
  }

  #listenToChooser() {
    const files = /** @type {HTMLInputElement} */ (this.box.querySelector("[data-files]"));
    const camera = /** @type {HTMLInputElement} */ (this.box.querySelector("[data-camera]"));
    const isPhone = matchMedia("(pointer: coarse)").matches;
    const open = (/** @type {HTMLInputElement} */ input) => {
      if (isPhone) this.moment.textContent = MOMENT;
      input.click();
    };
    document.querySelectorAll("[data-choose], [data-choose-half]").forEach((key) => key.addEventListener("click", () => open(files)));
    this.box.querySelector("[data-film-now]").addEventListener("click", () => open(camera));
    this.box.querySelector("[data-film-now]").hidden = !isPhone;
    this.box.querySelector("[data-mouse]").hidden = isPhone;
    for (const input of [files, camera]) {
      input.addEventListener("cancel", () => (this.moment.textContent = ""));
      input.addEventListener("change", async () => {
        await this.choose([...input.files]);
        input.value = "";
      });
    }
    this.#listenToDrops();
  }

  #listenToDrops() {
    const isFiles = (/** @type {DragEvent} */ event) => event.dataTransfer?.types.includes("Files");
    addEventListener("dragover", (event) => {
      if (!isFiles(event)) return;
      event.preventDefault();
      if (!this.box.hidden) this.box.dataset.over = "yes";
    });
    addEventListener("dragleave", (event) => !event.relatedTarget && delete this.box.dataset.over);
    addEventListener("drop", (event) => {
      if (!isFiles(event)) return;
      event.preventDefault();
      delete this.box.dataset.over;
      if (!this.box.hidden) this.choose([...event.dataTransfer.files]);
    });
  }

  /** @param {string} name @returns {string} */
  field(name) { return /** @type {any} */ (this.form.elements.namedItem(name))?.value ?? ""; }
  get custody() { return this.isOnly ? "platform" : this.field("custody"); }
  get isLive() { return this.custody === "shown_live"; }
  get unsent() { return this.queue.films.filter((film) => film.state === "chosen"); }

  /** Only what this way of keeping needs is on the page. */
  #followCustody() {
    if (this.isOnly) return;
    const isPlain = this.custody === "elsewhere";
    this.box.hidden = isPlain;
    const plain = /** @type {HTMLElement} */ (this.form.querySelector("[data-plain]"));
    plain.hidden = !isPlain;
    plain.querySelector("button").disabled = !isPlain;
    for (const part of this.box.querySelectorAll("[data-when]")) /** @type {HTMLElement} */ (part).hidden = part.getAttribute("data-when") !== this.custody;
    this.#showButton();
  }

  /** Only the cycles of the chosen case are offered. */
  #followCase() {
    const cycles = /** @type {HTMLSelectElement|null} */ (this.form.elements.namedItem("cycle"));
    if (!cycles) return;
    for (const option of cycles.options) option.hidden = option.disabled = Boolean(option.dataset.case) && option.dataset.case !== this.field("case");
    if (cycles.selectedOptions[0]?.disabled) cycles.value = "";
    /** @type {HTMLElement} */ (cycles.closest(".field")).hidden = ![...cycles.options].some((option) => option.value && !option.disabled);
  }

  /** These films join the list; what is no film says so and holds nobody up. @param {File[]} files */
  async choose(files) {
    this.moment.textContent = files.length ? "One moment." : "";
    const told = [];
    for (const file of this.isOnly ? files.slice(0, 1) : files) {
      const words = await this.#take(file).catch(() => `${file.name} could not be read. Please choose it again.`);
      if (words) told.push(words);
    }
    const names = this.unsent.map((film) => film.name);
    if (new Set(names).size < names.length) told.push(SAME_NAMES);
    this.moment.textContent = told.join(" ");
    if (!this.queue.films.some((film) => film.state === "paused")) this.queue.isHeld = false;
    this.queue.next();
  }

  /** @param {File} file @returns {Promise<string|undefined>} */
  async #take(file) {
    const reason = this.#whyNot(file);
    if (reason) return this.queue.add(file).refuse(reason);
    const mark = await markOf(file);
    if (this.marks.has(mark)) return `${file.name} is in the list already.`;
    if (this.isOnly) for (const film of this.unsent) this.queue.remove(film);
    this.marks.add(mark);
    const half = this.#halfOf(file, mark);
    const film = this.queue.add(file, half, this.field("kind") || "interaction");
    film.mark = mark;
    film.taken = () => {
      this.marks.delete(mark);
      if (half) half.row.hidden = half.isTaken = false;
    };
    if (half) return this.#carryOn(film, half);
    if (this.isOnly) Object.assign(film, { isKnown: true, beginUrl: this.form.dataset.beginUrl, filmUrl: this.form.dataset.filmUrl });
    this.#warnOfOther(film);
  }

  /** @param {File} file */
  #whyNot(file) {
    if (!file.size) return "This file is empty. Please choose the film again.";
    if (!file.type.startsWith("video/") && !FILM.test(file.name)) return "This file is not a film, so it stays here. The other films are not held up.";
    const largest = Number(this.form.dataset.largest);
    if (largest && file.size > largest && !this.isLive) return `This film is too large: it has ${size(file.size)}, and we take up to ${size(largest)}. You can film in a smaller size, or show it live without sending it.`;
    return "";
  }

  /** The film that is half here and that this file is: known by its mark, else by name and size. @param {File} file @param {string} mark */
  #halfOf(file, mark) {
    if (this.isLive) return undefined;
    const same = this.halves.filter((half) => half.size === file.size && !half.isTaken);
    return same.find((half) => half.mark === mark) ?? same.find((half) => !half.mark && half.name === file.name.slice(0, 200).trim());
  }

  /** @param {any} film @param {any} half */
  #carryOn(film, half) {
    half.isTaken = half.row.hidden = true;
    film.become("line", `${size(half.safe)} of ${size(half.size)} are safe already. It carries on from there.`);
  }

  /** @param {any} film */
  #warnOfOther(film) {
    const other = this.halves.find((half) => !half.isTaken && (this.isOnly || half.name === film.name));
    if (!other) return this.queue.changed(film);
    const same = other.name === film.name ? `has the name of one that is half here, but is another film` : `is another film than ${other.name}, of which ${size(other.safe)} are safe`;
    const then = this.isOnly ? "To carry on with that one, choose it instead. If you send this one, the half that is here is thrown away." : "It is sent as a film of its own.";
    film.become("chosen", `This ${same}. ${then}`);
  }

  #showButton() {
    const count = this.unsent.length;
    const films = count > 1 ? `${count} films` : "film";
    this.button.textContent = this.isLive ? (count > 1 ? `Note these ${films}` : "Note this film") : `Send ${count > 1 ? `these ${films}` : "the film"}`;
    if (this.queue.isGathering) this.button.textContent = "One moment.";
    this.button.hidden = !count && this.queue.films.length > 0;
    this.form.toggleAttribute("data-under-way", !count && this.queue.films.some((film) => film.state !== "refused"));
  }

  /** Every film not sent yet takes the family and the day with it, and joins the line. */
  async send() {
    if (this.queue.isGathering) return;
    if (!this.unsent.length) return this.#ask("Please choose a film first.");
    if (!this.isOnly && !this.field("case")) return this.#ask("Please choose first which family it is.", "[name=case]");
    if (!this.isOnly && !this.field("filmed_on")) return this.#ask("Please say when it was filmed.", "[name=filmed_on]");
    this.moment.textContent = "";
    this.queue.isHeld = false;
    await this.#gather();
    this.queue.next();
  }

  /** Each of them is announced once; one that was taken out meanwhile is not. */
  async #gather() {
    this.queue.isGathering = true;
    this.#showButton();
    try {
      for (const film of this.unsent) if (this.unsent.includes(film)) await this.#enrol(film);
    } finally {
      this.queue.isGathering = false;
      this.#showButton();
    }
  }

  /** @param {string} words @param {string} [place] */
  #ask(words, place = "[data-choose]") {
    this.moment.textContent = words;
    /** @type {HTMLElement|null} */ (this.form.querySelector(place))?.focus();
  }

  /** @param {any} film */
  async #enrol(film) {
    if (this.isOnly) return film.become("line");
    const facts = Object.fromEntries(["case", "cycle", "filmed_on", "custody"].map((name) => [name, this.field(name)]));
    const code = this.form.querySelector("[name=case]:checked")?.closest("label")?.querySelector("b")?.textContent.split(",")[0] ?? "";
    const kind = film.card.root.querySelector("input:checked")?.closest("label")?.textContent.trim() ?? "";
    film.about = [code, kind.toLowerCase()].filter(Boolean).join(" · ");
    const all = { ...facts, kind: film.card.kind, note: film.card.note, recording_id: newId() };
    if (this.isLive) {
      film.facts = all;
      return film.become("line");
    }
    await film.expect(all);
  }

  #ended() {
    const [film] = this.queue.films;
    if (this.isOnly && this.queue.films.length === 1 && film.state === "preparing") location.assign(film.filmUrl);
  }
}

document.querySelectorAll("form[data-sending]").forEach((form) => new Page(/** @type {HTMLFormElement} */ (form)));
