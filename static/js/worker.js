// Between this browser and the server: without wifi the stage that was open here opens again.
// It keeps two things: files that never change under their name, and the one stage page of who sits here.
const FILES = "cocreate-files";
const STAGE = "cocreate-stage"; // as in offline.js
const PATIENCE = 4000; // ms; wifi that hangs is no wifi
const LONGEST = 12 * 60 * 60 * 1000; // ms; no meeting lasts longer
const IS_FILE = /^\/static\/[0-9a-f]{12}\//;
const IS_STAGE = /^\/workshops\/[0-9a-f-]{36}\/stage$/;
// After these somebody else sits here, or nobody.
const ENDS = /^\/(?:sign-out|sign-in.*|sign-up|join|return|workshops\/[^/]+\/(?:door|attendance|departure))$/;

// What guards a page guards it when it is kept too.
const HEADERS = ["Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy", "Permissions-Policy"];

let turn = 0; // a page that was under way when somebody left is not kept

const forget = () => {
  turn += 1;
  return caches.delete(STAGE);
};

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname, search } = new URL(request.url);
  if (origin !== location.origin) return;
  if (request.method === "POST" && ENDS.test(pathname)) event.waitUntil(forget());
  if (request.method !== "GET") return; // what is told goes its own way: the outbox keeps it
  if (IS_FILE.test(pathname)) event.respondWith(file(request));
  else if (request.mode === "navigate" && IS_STAGE.test(pathname) && !search) event.respondWith(stage(event));
});

// A page that came before anybody stood between it and the server.
addEventListener("message", (event) => event.waitUntil(begin(event.data)));

async function begin({ stage: address, files }) {
  await Promise.all(files.filter((each) => IS_FILE.test(new URL(each).pathname)).map((each) => file(new Request(each)).catch(() => {})));
  await keep(address, fetch(address)).catch(() => {});
}

async function file(request) {
  const files = await caches.open(FILES);
  const kept = await files.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  // An old name gives today's file, and may not be kept under it.
  if (answer.ok && answer.headers.get("Cache-Control")?.includes("immutable")) await files.put(request, answer.clone());
  return answer;
}

async function stage(event) {
  const asked = fetch(event.request);
  const here = keep(event.request.url, asked);
  event.waitUntil(here.catch(() => {}));
  const hanging = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  const answer = await Promise.race([asked, hanging]).catch(() => null);
  if (answer && answer.status < 500) return answer;
  return (await kept(event.request.url)) ?? asked;
}

async function kept(address) {
  const found = await (await caches.open(STAGE)).match(address);
  const at = Date.parse(found?.headers.get("X-Kept-At"));
  if (!found || Date.now() - at < LONGEST) return found;
  await forget();
  return undefined;
}

// Only of a meeting that goes on, and of whoever the server says sits here now; any other answer ends what was kept.
async function keep(address, asked) {
  const began = turn;
  const answer = await asked;
  if (answer.status >= 500) return;
  const text = answer.ok ? await answer.clone().text() : "";
  if (began !== turn) return;
  await caches.delete(STAGE);
  if (!text.includes('data-behavior="stage"') || text.includes(" data-closed")) return;
  const headers = { "Content-Type": "text/html; charset=utf-8", "X-Kept-At": new Date().toISOString() };
  for (const name of HEADERS) headers[name] = answer.headers.get(name) ?? "";
  await (await caches.open(STAGE)).put(address, new Response(text, { headers }));
  if (began !== turn) await caches.delete(STAGE);
  await tidy(text.match(/\/static\/[0-9a-f]{12}\//)?.[0]);
}

async function tidy(now) {
  const files = await caches.open(FILES);
  for (const request of await files.keys()) if (now && !new URL(request.url).pathname.startsWith(now)) await files.delete(request);
}
