/**
 * A storyboard put in order by dragging, by keys or by buttons, each change kept a moment later. While the house
 * cannot be reached the board waits on this device; another window is never written over in silence.
 * @module board/arrange
 */
import { drawStills, sheetOf } from "../review/pictures.js";

const PAUSE_MS = 900;
const RETRY_MS = 12000;

class Board {
  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.form = form;
    this.cards = /** @type {HTMLElement} */ (document.querySelector("[data-cards]"));
    this.said = /** @type {HTMLElement} */ (document.querySelector("[data-saved]"));
    this.clash = /** @type {HTMLElement} */ (document.querySelector("[data-clash]"));
    this.version = /** @type {HTMLInputElement} */ (form.elements.namedItem("version"));
    this.place = `attune-board:${document.body.dataset.signedIn}:${form.dataset.board}`;
    this.timer = 0;
    this.busy = false;
    this.changed = false;
    document.querySelectorAll("[data-keep]").forEach((key) => /** @type {HTMLElement} */ (key).hidden = true);
    document.querySelectorAll("[data-grip]").forEach((grip) => this.grip(/** @type {HTMLElement} */ (grip)));
    document.addEventListener("click", (event) => this.press(event));
    document.addEventListener("input", (event) => /** @type {Element} */ (event.target).matches("textarea") && this.later());
    form.addEventListener("submit", (event) => event.preventDefault());
    addEventListener("online", () => this.changed && this.keep());
    addEventListener("pagehide", () => this.changed && this.keep());
    this.putBack();
    this.number();
  }

  get list() { return /** @type {HTMLElement[]} */ ([...this.cards.querySelectorAll("[data-card]")]); }

  /** The board as the form would send it. */
  get facts() {
    const facts = new URLSearchParams({ version: this.version.value, opening: /** @type {HTMLTextAreaElement} */ (this.form.elements.namedItem("opening")).value });
    for (const card of this.list) {
      facts.append("item", card.dataset.card ?? "");
      facts.append(`question-${card.dataset.card}`, card.querySelector("textarea")?.value ?? "");
    }
    return facts;
  }

  /** Numbers, open keys and the empty word follow the order. */
  number() {
    const { list } = this;
    list.forEach((card, at) => {
      /** @type {HTMLElement} */ (card.querySelector("[data-place]")).textContent = String(at + 1);
      /** @type {HTMLButtonElement} */ (card.querySelector("[data-press=earlier]")).disabled = at === 0;
      /** @type {HTMLButtonElement} */ (card.querySelector("[data-press=later]")).disabled = at === list.length - 1;
      /** @type {HTMLElement} */ (card.querySelector("[data-grip]")).hidden = list.length < 2;
    });
    /** @type {HTMLElement} */ (document.querySelector("[data-empty]")).hidden = list.length > 0;
    const begin = document.querySelector("[data-begin]");
    if (list.length) begin?.removeAttribute("aria-disabled");
    else begin?.setAttribute("aria-disabled", "true");
  }

  /** @param {HTMLElement} card @param {number} by */
  move(card, by) {
    const { list } = this;
    const to = list.indexOf(card) + by;
    if (to < 0 || to >= list.length) return;
    if (by < 0) list[to].before(card);
    else list[to].after(card);
    this.number();
    this.tell(`Place ${to + 1} of ${list.length}`, "busy");
    this.later();
  }

  /** @param {MouseEvent} event */
  press(event) {
    const key = /** @type {HTMLElement|null} */ (/** @type {Element} */ (event.target).closest("[data-press]"));
    const card = /** @type {HTMLElement|null} */ (key?.closest("[data-card]") ?? null);
    if (!key || !card) return;
    event.preventDefault();
    const act = key.dataset.press;
    if (act === "in") this.take(card);
    if (act === "out") this.giveBack(card);
    if (act === "earlier" || act === "later") {
      this.move(card, act === "later" ? 1 : -1);
      if (/** @type {HTMLButtonElement} */ (key).disabled) /** @type {HTMLElement} */ (card.querySelector("[data-grip]")).focus();
      else key.focus();
    }
  }

  /** @param {HTMLElement} card */
  take(card) {
    this.cards.append(card);
    this.number();
    card.querySelector("textarea")?.focus();
    card.scrollIntoView({ block: "nearest" });
    this.later();
  }

  /** @param {HTMLElement} card */
  giveBack(card) {
    const home = document.querySelector(`[data-offers="${card.dataset.film}"]`);
    if (!home) return;
    home.append(card);
    /** @type {HTMLElement} */ (card.querySelector("[data-place]")).textContent = "";
    /** @type {HTMLElement} */ (card.querySelector("[data-grip]")).hidden = true;
    this.number();
    /** @type {HTMLElement} */ (card.querySelector("[data-press=in]")).focus();
    this.later();
  }

  /** Drag with a finger, a pen or a mouse; arrow keys do the same. @param {HTMLElement} grip */
  grip(grip) {
    const card = /** @type {HTMLElement} */ (grip.closest("[data-card]"));
    grip.addEventListener("keydown", (event) => {
      const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (!by) return;
      event.preventDefault();
      this.move(card, by);
      grip.focus();
    });
    grip.addEventListener("pointerdown", (down) => {
      down.preventDefault();
      grip.focus();
      grip.setPointerCapture(down.pointerId);
      card.setAttribute("data-held", "");
      const drag = (/** @type {PointerEvent} */ event) => {
        const over = this.list.find((other) => other !== card && isOver(other, event.clientY));
        if (!over) return;
        if (this.list.indexOf(over) < this.list.indexOf(card)) over.before(card);
        else over.after(card);
        this.number();
        if (!grip.hasPointerCapture(event.pointerId)) grip.setPointerCapture(event.pointerId);
      };
      const drop = () => {
        grip.removeEventListener("pointermove", drag);
        card.removeAttribute("data-held");
        this.later();
      };
      grip.addEventListener("pointermove", drag);
      grip.addEventListener("lostpointercapture", () => card.hasAttribute("data-held") && drop(), { once: true });
      grip.addEventListener("pointerup", drop, { once: true });
    });
  }

  later() {
    this.changed = true;
    localStorage.setItem(this.place, this.facts.toString());
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.keep(), PAUSE_MS);
  }

  /** The house has the board as it stands. */
  async keep() {
    clearTimeout(this.timer);
    if (this.busy) return this.later();
    if (!this.clash.hidden) return;
    this.busy = true;
    this.tell("Keeping it", "busy");
    const sent = this.facts.toString();
    try {
      const token = /** @type {HTMLInputElement} */ (this.form.elements.namedItem("csrfmiddlewaretoken")).value;
      const answer = await fetch(this.form.action, { method: "POST", keepalive: true, redirect: "manual", body: sent, headers: { Accept: "application/json", "Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": token } });
      await this.heard(answer, sent);
    } catch {
      this.onDevice();
    } finally {
      this.busy = false;
    }
  }

  /** @param {Response} answer @param {string} sent */
  async heard(answer, sent) {
    if (answer.type === "opaqueredirect" || answer.status === 403) {
      document.dispatchEvent(new CustomEvent("attune:signed-out"));
      return this.onDevice();
    }
    const told = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
    if (answer.ok) {
      this.version.value = told.version;
      this.changed = this.facts.toString().replace(/version=\d+/, "") !== sent.replace(/version=\d+/, "");
      if (this.changed) return this.later();
      localStorage.removeItem(this.place);
      return this.tell("Kept just now", "server");
    }
    if (answer.status === 409 && told.version) return this.differ(told.reason, told.version);
    if (told.reason) return this.tell(told.reason, "device");
    this.onDevice();
  }

  onDevice() {
    this.tell("Kept on this device. It goes to Attune when the connection is back.", "device");
    this.timer = window.setTimeout(() => this.keep(), RETRY_MS);
  }

  /** Two windows differ: the person says which one stays. @param {string} reason @param {number} version */
  differ(reason, version) {
    const words = Object.assign(document.createElement("p"), { textContent: reason });
    const row = Object.assign(document.createElement("p"), { className: "cluster" });
    const mine = Object.assign(document.createElement("button"), { type: "button", className: "button button--small", textContent: "Keep this one" });
    const look = Object.assign(document.createElement("a"), { href: location.href, target: "_blank", className: "button button--quiet button--small", textContent: "Look at the other one" });
    const other = Object.assign(document.createElement("button"), { type: "button", className: "button button--plain button--small", textContent: "Take the other one" });
    mine.addEventListener("click", () => {
      this.clash.hidden = true;
      this.version.value = String(version);
      this.keep();
    });
    other.addEventListener("click", () => {
      localStorage.removeItem(this.place);
      this.changed = false;
      location.reload();
    });
    row.append(mine, look, other);
    this.clash.replaceChildren(words, row);
    this.clash.hidden = false;
    this.clash.focus();
    this.tell("Waiting for you", "device");
  }

  /** What stayed on this device when the page was left comes back, and is kept. */
  putBack() {
    const left = new URLSearchParams(localStorage.getItem(this.place) ?? "");
    if (!left.has("version")) return;
    for (const key of left.getAll("item")) {
      const card = /** @type {HTMLElement|null} */ (document.querySelector(`[data-card="${CSS.escape(key)}"]`));
      if (!card) continue;
      this.cards.append(card);
      const ask = card.querySelector("textarea");
      if (ask) ask.value = left.get(`question-${key}`) ?? "";
    }
    /** @type {HTMLTextAreaElement} */ (this.form.elements.namedItem("opening")).value = left.get("opening") ?? "";
    this.version.value = left.get("version") ?? this.version.value;
    this.later();
  }

  /** @param {string} words @param {string} where */
  tell(words, where) {
    this.said.textContent = words;
    this.said.dataset.where = where;
  }
}

/** @param {HTMLElement} card @param {number} y */
function isOver(card, y) {
  const { top, bottom } = card.getBoundingClientRect();
  return y > top && y < bottom;
}

/** @param {ParentNode} where */
async function picture(where) {
  for (const card of where.querySelectorAll("[data-card]")) drawStills(card, await sheetOf(/** @type {HTMLElement} */ (card)));
}

const form = /** @type {HTMLFormElement|null} */ (document.querySelector("form[data-board]"));
if (form) {
  new Board(form);
  picture(document);
}
