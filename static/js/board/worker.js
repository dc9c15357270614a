/**
 * Opens the page of the shared review when there is no connection, while something is prepared for it. It knows no
 * words and no film: those lie sealed elsewhere. It is gone as soon as they are wiped.
 */
const SHELL = "attune-away";
const REVIEW = /^\/boards\/[0-9a-f-]{36}\/review\/$/;
const here = /** @type {any} */ (self);

here.addEventListener("install", () => here.skipWaiting());
here.addEventListener("activate", (event) => event.waitUntil(here.clients.claim()));
here.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== location.origin) return;
  const kept = () => caches.open(SHELL);
  if (mode === "navigate" && REVIEW.test(pathname)) {
    event.respondWith(fetch(event.request).catch(async () => (await (await kept()).match("/boards/away/")) ?? Response.error()));
  } else if (pathname.startsWith("/static/") || pathname === "/boards/guide/") {
    event.respondWith(fetch(event.request).catch(async () => (await (await kept()).match(url)) ?? Response.error()));
  }
});
