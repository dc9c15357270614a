/**
 * On every page of Attune: what was prepared for a shared review goes when its time is over, when its guider has
 * signed out, when somebody else has signed in, or when the house says that the family's consent is gone.
 * @module board/wiping
 */
import { held, isOver, pay, wipe } from "./sealed.js";

const person = document.body.dataset.signedIn ?? "";
const token = () => JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"] ?? "";

/** Has the house said that these clips may not be kept any more? Silence is no answer.
 * @param {import("./sealed.js").Held} one */
async function isRefused(one) {
  try {
    const answer = await fetch(one.check, { redirect: "manual", cache: "no-store" });
    return [403, 404].includes(answer.status) || (answer.ok && !(await answer.json()).open);
  } catch {
    return false;
  }
}

async function lookAround() {
  for (const one of held()) {
    if (isOver(one)) await wipe(one, "time");
    else if (one.person !== person) await wipe(one, "left");
    else if (await isRefused(one)) await wipe(one, "refused");
  }
  if (person) await pay(person, token());
}

/** Before the person signs out everything goes. @param {SubmitEvent} event */
async function leaving(event) {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (!form.action?.endsWith("/logout/") || form.dataset.wiped) return;
  event.preventDefault();
  form.dataset.wiped = "yes";
  try {
    for (const one of held()) await wipe(one, "left");
    await pay(person, token());
  } finally {
    form.submit();
  }
}

document.addEventListener("submit", leaving);
lookAround();
setInterval(lookAround, 60000);
