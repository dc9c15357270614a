/**
 * Sends recordings to Attune: one at a time, in pieces, again and again until all of each is there.
 * @module review/speaking
 */
import { House, plain, Trouble } from "../sending/house.js";
import { drop, waiting } from "./keeping.js";

const AGAIN_MS = 15000;
const PIECE_BYTES = 4 * 1024 * 1024;

/** Tells "note": {id, state: "sending"|"waiting"|"here"|"refused", words}. */
export const sending = new EventTarget();
/** @type {Map<string, {state: string, words: string}>} */
const known = new Map();
let timer = 0;
/** @type {Promise<void>|null} */
let going = null;

/** What is known of a recording. @param {string} id */
export const stateOf = (id) => known.get(id);

/** @param {string} id @param {string} state @param {string} words */
function tell(id, state, words) {
  known.set(id, { state, words });
  sending.dispatchEvent(new CustomEvent("note", { detail: { id, state, words } }));
}

/** Everything that waits is sent, as far as that is possible now. @returns {Promise<void>} */
export function sendAll() {
  going ??= each().finally(() => (going = null));
  return going;
}

async function each() {
  clearTimeout(timer);
  const form = /** @type {HTMLFormElement|null} */ (document.querySelector("form:has([name=csrfmiddlewaretoken])"));
  let isLate = false;
  for (const note of await waiting()) {
    if (!form || known.get(note.id)?.state === "refused") continue;
    isLate = !(await one(note, new House(form))) || isLate;
  }
  if (isLate) timer = window.setTimeout(sendAll, AGAIN_MS);
}

/** @param {import("./keeping.js").Note} note @param {House} house @returns {Promise<boolean>} is it done, one way or another? */
async function one(note, house) {
  tell(note.id, "sending", "Kept. It is on its way to Attune.");
  try {
    const told = await house.post(note.begin, { note_id: note.id, name: note.name, size: note.blob.size });
    tell(note.id, "expected", "Kept. It is on its way to Attune.");
    await sent(note.blob, told.upload_url, house);
    await drop(note.id);
    tell(note.id, "here", "Kept in Attune. Only you can hear it until you send.");
    return true;
  } catch (trouble) {
    const isNo = trouble instanceof Trouble && trouble.kind === "no";
    const words = trouble instanceof Trouble && trouble.message;
    tell(note.id, isNo ? "refused" : "waiting", words || "Kept on this device. It goes to Attune when the connection is back.");
    return isNo;
  }
}

/** @param {Blob} blob @param {string} address @param {House} house @returns {Promise<void>} */
function sent(blob, address, house) {
  return new Promise((yes, no) => {
    new window.tus.Upload(blob, {
      uploadUrl: address,
      chunkSize: PIECE_BYTES,
      retryDelays: [0, 1000, 3000],
      storeFingerprintForResuming: false,
      onBeforeRequest: (/** @type {any} */ asked) => asked.setHeader("X-CSRFToken", house.token),
      onSuccess: () => yes(),
      onError: (/** @type {any} */ error) => {
        const answer = error.originalResponse;
        const isFinal = answer && [404, 410, 413, 422].includes(answer.getStatus());
        no(new Trouble(isFinal ? "no" : "away", isFinal ? plain(answer.getBody() ?? "", "Attune could not take this recording. Please record it again.") : ""));
      },
    }).start();
  });
}

window.addEventListener("online", () => sendAll());
