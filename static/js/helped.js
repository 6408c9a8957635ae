// What helped, and in which moments: which of them somebody may see, only the server knows. So it writes it again.
import { cardFrom } from "./cards.js";

let waiting = 0;

export function lookAgain(root, change) {
  const shelf = root.querySelector('[data-wall="working_factor"]');
  const isAbout = change.topic === "working_factor" || (change.topic === "moment" && change.gone);
  if (!shelf || !isAbout) return;
  clearTimeout(waiting); // many answers at once need one look, and not every reader looks in the same moment
  waiting = setTimeout(() => refresh(shelf).catch(() => {}), 300 + Math.random() * 700);
}

async function refresh(shelf) {
  const answer = await fetch(location.pathname);
  if (!answer.ok) return;
  const fresh = cardFrom(`<div>${await answer.text()}</div>`).querySelector('[data-wall="working_factor"]');
  const focused = shelf.contains(document.activeElement) && document.activeElement.closest("[data-subject]")?.dataset.subject;
  for (const open of shelf.querySelectorAll("details[open]")) {
    fresh.querySelector(`[data-keep="${CSS.escape(open.dataset.keep)}"]`)?.setAttribute("open", "");
  }
  shelf.replaceChildren(...fresh.children);
  if (focused) shelf.querySelector(`[data-subject="${CSS.escape(focused)}"] :is(summary, a)`)?.focus({ preventScroll: true });
}
