/**
 * On every page of Attune: what was prepared for a shared review goes when its time is over, when its guider has
 * signed out, or when somebody else has signed in.
 * @module board/wiping
 */
import { held, isOver, pay, wipe } from "./sealed.js";

const person = document.body.dataset.signedIn ?? "";
const token = () => JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"] ?? "";

async function lookAround() {
  for (const one of held()) {
    if (isOver(one)) await wipe(one, "time");
    else if (one.person !== person) await wipe(one, "left");
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
