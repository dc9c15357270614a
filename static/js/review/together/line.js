/**
 * The live connection of one page: a ticket from the house, the way to the room, and what time it is there.
 * Comes back by itself when it was lost; says why when it may not.
 * @module review/together/line
 */

const PING_EVERY_MS = 4000;
const FIRST_PINGS = 5;
const KEPT_PINGS = 12;
const LONGEST_WAIT_MS = 15000;
/** Numbers with which the room closes for good, and what the person reads. */
const FINAL = {
  4403: "The clips are not open to you any more, so you left. What you wrote is safe.",
  4408: "The room is full at the moment. You can watch by yourself and try again later.",
  4429: "This page sent too much at once, so the connection was ended. Press the button to come back.",
};

export class Line extends EventTarget {
  /** @param {string} door address that gives a ticket */
  constructor(door) {
    super();
    this.door = door;
    this.open = false;
    this.ended = false;
    this.tries = 0;
    /** @type {{trip: number, offset: number}[]} */
    this.pings = [];
    this.begin();
  }

  /** The room's clock, in ms; as good as the quickest of the last questions. */
  now() {
    const best = this.pings.reduce((a, b) => (b.trip < a.trip ? b : a), this.pings[0] ?? { trip: 0, offset: 0 });
    return performance.now() + best.offset;
  }

  get knowsTheTime() { return this.pings.length > 0; }

  async begin() {
    const answer = await ticket(this.door);
    if (this.ended) return;
    if (answer.refused) return this.over(answer.refused);
    if (!answer.ticket) return this.again();
    const socket = new WebSocket(answer.address);
    this.socket = socket;
    socket.addEventListener("open", () => socket.send(JSON.stringify({ do: "enter", ticket: answer.ticket })));
    socket.addEventListener("message", (event) => this.hear(JSON.parse(event.data)));
    socket.addEventListener("close", (event) => this.lost(event.code));
  }

  /** @param {any} said */
  hear(said) {
    if (said.is === "clock") {
      const trip = performance.now() - said.mark;
      this.pings = [...this.pings, { trip, offset: said.now + trip / 2 - performance.now() }].slice(-KEPT_PINGS);
      return;
    }
    if (said.is === "entered") {
      this.open = true;
      this.tries = 0;
      this.pings = [{ trip: 1000, offset: said.now - performance.now() }];
      for (let n = 0; n < FIRST_PINGS; n += 1) setTimeout(() => this.ask(), n * 60);
      this.asking = setInterval(() => this.ask(), PING_EVERY_MS);
    }
    this.dispatchEvent(new CustomEvent("said", { detail: said }));
  }

  ask() { this.send({ do: "clock", mark: performance.now() }); }

  /** @param {object} words */
  send(words) {
    if (this.open && this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(words));
  }

  /** @param {number} code */
  lost(code) {
    this.open = false;
    clearInterval(this.asking);
    if (this.ended) return;
    if (FINAL[code]) return this.over(FINAL[code]);
    this.dispatchEvent(new Event("away"));
    this.again();
  }

  again() {
    this.tries += 1;
    const wait = Math.min(LONGEST_WAIT_MS, 400 * 2 ** this.tries);
    this.later = setTimeout(() => this.begin(), wait * (0.75 + Math.random() / 2));
    if (this.tries === 3) this.dispatchEvent(new Event("away"));
  }

  /** @param {string} why */
  over(why) {
    this.leave();
    this.dispatchEvent(new CustomEvent("over", { detail: why }));
  }

  leave() {
    this.ended = true;
    this.open = false;
    clearInterval(this.asking);
    clearTimeout(this.later);
    this.socket?.close();
  }
}

/** A ticket, or why there is none; neither when the house cannot be reached just now.
 * @param {string} door @returns {Promise<{ticket?: string, address?: string, refused?: string}>} */
async function ticket(door) {
  const token = JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"] ?? "";
  try {
    const answer = await fetch(door, { method: "POST", redirect: "manual", headers: { "X-CSRFToken": token } });
    if (answer.ok) return await answer.json();
    if (answer.type === "opaqueredirect" || [401, 403, 404, 410].includes(answer.status)) return { refused: FINAL[4403] };
  } catch {
    // the house is away: tried again
  }
  return {};
}
