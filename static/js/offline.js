// On https, or on the machine itself: the stage opens without wifi too. On plain http browsers offer no such thing.
import { policy } from "./cards.js";

const ADDRESS = "/worker.js";
const STAGE = "cocreate-stage"; // as in worker.js
const isPossible = () => globalThis.isSecureContext && "serviceWorker" in navigator && "caches" in globalThis;

// From now on nothing of who sat here opens without wifi.
export async function forgetStage() {
  if (isPossible()) await caches.delete(STAGE).catch(() => {});
}

// Never in the way of the page: without it everything else works.
export async function openOffline() {
  if (!isPossible()) return;
  try {
    const { active } = await navigator.serviceWorker.register(policy?.createScriptURL(ADDRESS) ?? ADDRESS).then(() => navigator.serviceWorker.ready);
    const stage = location.origin + location.pathname;
    if (await caches.match(stage, { cacheName: STAGE })) return;
    const loaded = performance.getEntriesByType("resource").map(({ name }) => name.split("#")[0]);
    const files = loaded.filter((name) => name.startsWith(`${location.origin}/static/`));
    active.postMessage({ stage, files });
  } catch {
    // A browser that keeps nothing.
  }
}
