// The roads on the opening page of a space: the server draws them again when something on a map changed.
import { cardFrom } from "./cards.js";

const TOPICS = new Set(["node", "edge", "trajectory"]);
let waiting = 0;

export function follow(root, change) {
  if (!TOPICS.has(change.topic)) return;
  const roads = root.querySelector("[data-roads]");
  if (!roads) return begin(root, change);
  if (change.gone) takeAway(roads, change.subject_id);
  // Many answers at once need one look, and not every reader looks in the same moment.
  waiting ||= setTimeout(() => {
    waiting = 0;
    refresh(roads).catch(() => {}); // the next change tries again
  }, 500 + Math.random() * 1000);
}

// The page of a map that was empty: its first stop is there.
function begin(root, change) {
  const isHere = location.pathname.endsWith(`/${change.trajectory_id}`);
  if (isHere && change.node && !root.querySelector("[data-behavior=workbench]")) location.reload();
}

// What was taken back is seen by nobody any more, also not until the next look.
function takeAway(roads, id) {
  const own = CSS.escape(id);
  for (const part of roads.querySelectorAll(`[data-node="${own}"], [data-source="${own}"], [data-target="${own}"]`)) part.remove();
}

async function refresh(roads) {
  const answer = await fetch(location.pathname);
  if (!answer.ok) return;
  const fresh = cardFrom(`<div>${await answer.text()}</div>`).querySelector("[data-roads]");
  if (roads.isEqualNode(fresh)) return;
  const focused = roads.contains(document.activeElement) && document.activeElement.getAttribute("href");
  roads.replaceChildren(...fresh.children);
  if (focused) roads.querySelector(`[href="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}
