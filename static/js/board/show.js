/**
 * The shared review: nothing but the clip and large keys. Plays from the house, or from what this browser holds
 * sealed; asks the house whether it still may whenever it can be reached, and wipes when it may not.
 * @module board/show
 */
import { CHANNEL, follow } from "./notes.js";
import { Screen } from "./screen.js";
import { held, isOver, open, wipe } from "./sealed.js";
import { Timing } from "./timing.js";

const ASK_EVERY_MS = 10000;
const TELL_EVERY_MS = 30000;
const LETTERS = { " ": "play", k: "play", s: "slow", ",": "frame-back", ".": "frame-on", r: "again", n: "next", arrowright: "next", pagedown: "next", b: "before", arrowleft: "before", pageup: "before", f: "whole", y: "notes" };
const PACE = { 1: "Slow", 0.5: "Slow ½", 0.25: "Slow ¼" };

const root = /** @type {HTMLElement} */ (document.querySelector("[data-show]"));
const find = (/** @type {string} */ name) => /** @type {HTMLElement} */ (root.querySelector(`[data-${name}]`));
const board = location.pathname.split("/")[2] ?? "";
const channel = new BroadcastChannel(CHANNEL);

/** What to play: from the house's page, or opened from what this browser holds. */
async function reelOf() {
  const named = document.getElementById("reel");
  const one = held().find((each) => each.board === board && !isOver(each) && (!document.body.dataset.signedIn || each.person === document.body.dataset.signedIn));
  if (named) return { reel: JSON.parse(named.textContent ?? "{}"), one };
  if (!one) return { reel: null, one };
  const pack = JSON.parse(new TextDecoder().decode(await open(one.id, "pack")));
  return { reel: pack.reel, one };
}

/** @param {string} title @param {string} words @param {boolean} [keys] */
function cover(title, words, keys = false) {
  find("cover-title").textContent = title;
  find("cover-words").textContent = words;
  find("cover-keys").hidden = !keys;
  find("cover").hidden = false;
  find("keys").hidden = true;
}

class Review {
  /** @param {any} reel @param {import("./sealed.js").Held|undefined} one */
  constructor(reel, one) {
    this.reel = reel;
    this.one = one;
    this.stage = "before";
    /** @type {number[]} */
    this.ticks = [];
    const token = JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"] ?? "";
    this.timing = new Timing(board, reel.log, document.body.dataset.signedIn ?? one?.person ?? "", token);
    this.screen = new Screen(find("place"), reel.items, (item) => this.sourceOf(item));
    this.screen.addEventListener("moved", () => this.show());
    this.screen.addEventListener("shows", (event) => this.timing.shows(/** @type {CustomEvent} */ (event).detail.key));
    this.screen.addEventListener("refused", () => this.refused("refused"));
    /** @type {Record<string, () => void>} */
    this.acts = {
      begin: () => this.begin(),
      play: () => this.screen.toggle(),
      slow: () => this.screen.slow(),
      "frame-back": () => this.screen.frameBy(-1),
      "frame-on": () => this.screen.frameBy(1),
      again: () => this.screen.again(),
      next: () => (this.screen.isLast ? this.end() : this.screen.go(this.screen.at + 1)),
      before: () => this.screen.go(this.screen.at - 1),
      notes: () => (root.scrollTop > 40 ? root.scrollTo({ top: 0 }) : find("guide").scrollIntoView()),
      whole: () => wholeScreen(!document.fullscreenElement),
      window: () => window.open(root.dataset.guideAt, "attune-guide", "popup,width=560,height=820"),
    };
  }

  /** Where this item's pictures come from: the seal of this browser, or the house.
   * @param {import("./screen.js").Item} item */
  async sourceOf(item) {
    if (!this.one) return item.src;
    try {
      const bytes = await open(this.one.id, item.key);
      return URL.createObjectURL(new Blob([bytes], { type: item.kind === "still" ? "image/jpeg" : "video/mp4" }));
    } catch {
      if (isOver(this.one)) this.refused("time");
      return item.src;
    }
  }

  ready() {
    document.addEventListener("click", (event) => {
      const key = /** @type {HTMLElement|null} */ (/** @type {Element} */ (event.target).closest("[data-act]"));
      if (key && root.contains(key) && !key.closest("[data-guide]")) this.acts[key.dataset.act ?? ""]?.();
    });
    document.addEventListener("keydown", (event) => this.press(event));
    channel.addEventListener("message", ({ data }) => this.hear(data));
    addEventListener("pagehide", () => this.stage === "going" && this.timing.tell());
    setInterval(() => this.show(), 5000);
    setInterval(() => this.stage === "going" && this.timing.tell(), TELL_EVERY_MS);
    if (this.one) {
      setInterval(() => this.ask(), ASK_EVERY_MS);
      addEventListener("online", () => this.ask());
      this.ask();
    }
    find("back").setAttribute("href", this.reel.back);
    const again = this.timing.isGoing;
    const words = this.one ? "Everything is on this device: the connection may go." : "Only the clip will be on this screen. What is yours lies below it, or in a second window.";
    cover(again ? "Carry on where you were" : "When you are both sitting comfortably", words, true);
    find("cover-keys").querySelector("[data-act=begin]")?.replaceChildren(again ? "Carry on" : "Begin");
    find("guide").hidden = false;
    follow(find("guide"));
    this.show();
  }

  begin() {
    if (this.stage !== "before") return;
    this.stage = "going";
    find("cover").hidden = true;
    find("keys").hidden = false;
    wholeScreen(true);
    navigator.wakeLock?.request("screen").catch(() => {});
    this.timing.begin();
    const last = this.timing.showings.at(-1)?.key;
    this.screen.go(Math.max(0, this.reel.items.findIndex((/** @type {any} */ item) => item.key === last)));
    /** @type {HTMLElement|null} */ (find("keys").querySelector("[data-act=play]"))?.focus({ preventScroll: true });
  }

  /** The review is over: times told, everything wiped, the screen still. */
  async end() {
    if (this.stage !== "going") return;
    this.stage = "over";
    this.screen.clear();
    wholeScreen(false);
    cover("Thank you for looking together", "");
    this.show();
    if (this.one) await wipe(this.one, "ended");
    this.one = undefined;
    await this.timing.tell(true);
    const away = !document.body.dataset.signedIn || !navigator.onLine;
    find("cover-words").textContent = away ? "The clips are wiped from this device. The times of your review go to Attune when the connection is back." : "The times of your review are kept. You can put them into the case log now, or later.";
    this.wayOn(away ? this.reel.back : `/reviews/${this.timing.id}/`, away ? "Back to the storyboard" : "See the times");
  }

  /** It may not be watched any more: the picture goes at once, and so does what was kept.
   * @param {"refused"|"time"|"left"} why @param {string} [words] */
  async refused(why, words) {
    this.stage = "over";
    this.screen.clear();
    wholeScreen(false);
    const said = { time: "The two hours are over, and the clips are wiped from this device. With a connection you can carry on.", left: "You have been signed out, so the clips are wiped from this device.", refused: "The family’s consent for this is no longer in force. The clips are gone from this screen, and from this device." };
    cover("The screen is empty now", words || said[why]);
    this.wayOn(this.reel.back, "Back to the storyboard");
    this.show();
    this.timing.tell();
    if (this.one) await wipe(this.one, why);
    this.one = undefined;
    this.timing.tell();
  }

  /** Ask the house, when it can be reached, whether this browser may still hold the clips. */
  async ask() {
    if (!this.one) return;
    if (isOver(this.one)) return this.refused("time");
    try {
      const answer = await fetch(this.one.check, { redirect: "manual", cache: "no-store" });
      if (answer.type === "opaqueredirect" || answer.status === 401) return this.refused("left");
      if (answer.status === 403 || answer.status === 404) return this.refused("refused");
      const pack = answer.ok ? await answer.json() : { open: true };
      if (!pack.open) this.refused("refused", pack.reason);
    } catch {
      // nobody answers: the two hours hold
    }
  }

  /** @param {string} url @param {string} words */
  wayOn(url, words) {
    const way = /** @type {HTMLAnchorElement} */ (find("back"));
    Object.assign(way, { href: url, textContent: words, className: "button show__large" });
    for (const key of find("cover-keys").querySelectorAll("button")) key.hidden = true;
    find("cover-keys").hidden = false;
    way.focus();
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const { key, ctrlKey, metaKey, altKey } = event;
    const target = /** @type {Element} */ (event.target);
    if (ctrlKey || metaKey || altKey || target.matches("input, textarea") || (key === " " && target.matches("button, a"))) return;
    const act = LETTERS[/** @type {keyof typeof LETTERS} */ (key.toLowerCase())];
    if (!act || this.stage !== "going") return;
    event.preventDefault();
    this.acts[act]();
  }

  /** @param {any} data */
  hear(data) {
    if (data.tick) this.ticks = data.tick[1] ? [...this.ticks, data.tick[0]] : this.ticks.filter((at) => at !== data.tick[0]);
    if (data.act && this.stage === "going") this.acts[data.act]?.();
    if (data.hello || data.tick) this.show();
  }

  /** The keys, the notes and the second window say how things stand. */
  show() {
    const { screen } = this;
    const still = screen.item?.kind === "still";
    for (const key of /** @type {NodeListOf<HTMLButtonElement>} */ (root.querySelectorAll("[data-film-key]"))) key.disabled = still;
    find("word").textContent = screen.isPlaying ? "Pause" : "Play";
    find("next").textContent = screen.isLast ? "Finish" : "Next";
    /** @type {HTMLButtonElement} */ (root.querySelector("[data-act=before]")).disabled = screen.at <= 0;
    /** @type {HTMLButtonElement} */ (root.querySelector("[data-act=again]")).disabled = still;
    const slow = /** @type {HTMLElement} */ (root.querySelector("[data-act=slow]"));
    slow.setAttribute("aria-pressed", String(screen.pace !== 1));
    /** @type {HTMLElement} */ (slow.firstElementChild).textContent = PACE[/** @type {1} */ (screen.pace)];
    const items = this.reel.items.map((/** @type {any} */ item) => ({ title: item.title, question: item.question, kind: item.kind }));
    channel.postMessage({ state: { at: this.stage === "before" ? -1 : screen.at, playing: screen.isPlaying, pace: screen.pace, elapsed: this.timing.now, stage: this.stage, ticks: this.ticks, opening: this.reel.opening, steps: this.reel.steps, items } });
  }
}

/** @param {boolean} wanted */
function wholeScreen(wanted) {
  if (wanted && !document.fullscreenElement) root.requestFullscreen?.().catch(() => {});
  if (!wanted && document.fullscreenElement) document.exitFullscreen();
}

async function start() {
  for (const one of held()) if (isOver(one)) await wipe(one, "time");
  const { reel, one } = await reelOf().catch(() => ({ reel: null, one: undefined }));
  if (!reel) return cover("Nothing is prepared here", "There is no connection, and this browser holds no clips for this review: they were wiped, or were never prepared here. With a connection you can carry on.");
  if (reel.refused || !reel.items.length) {
    if (one && reel.refused) await wipe(one, "refused");
    cover(reel.refused ? "This film is locked" : "Nothing on the board yet", reel.refused || "Choose the clips you want to show first.", true);
    for (const key of find("cover-keys").querySelectorAll("button")) key.hidden = true;
    return find("back").setAttribute("href", reel.back);
  }
  new Review(reel, one).ready();
}
start();
