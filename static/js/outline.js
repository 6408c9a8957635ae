// The road in words follows the road that is drawn. The server writes it again, as it wrote the first one.
import { cardFrom } from "./cards.js";

const waiting = new Map();

export function follow(root, change) {
  if (change.topic !== "node" || change.gone) return;
  const frame = root.querySelector(`[data-trajectory="${CSS.escape(change.trajectory_id)}"]`);
  const outline = frame?.closest(".map-and-outline")?.querySelector("ul.outline");
  if (outline) soon(frame, outline);
  else if (!root.querySelector("[data-trajectory]")) location.reload(); // the first stop of all: now there is a map
}

// Many answers at once need one look, and not every reader looks in the same moment.
function soon(frame, outline) {
  clearTimeout(waiting.get(outline));
  const look = () => refresh(frame, outline).catch(() => {}); // the next stop tries again
  waiting.set(outline, setTimeout(look, 300 + Math.random() * 700));
}

async function refresh(frame, outline) {
  const answer = await fetch(frame.dataset.graph.replace(/\/graph.*$/, ""));
  if (!answer.ok) return;
  const fresh = cardFrom(`<div>${await answer.text()}</div>`).querySelector("ul.outline");
  if (!fresh) return;
  const focused = outline.contains(document.activeElement) && document.activeElement.id;
  outline.replaceChildren(...fresh.children);
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}
