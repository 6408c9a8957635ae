// The library stays up to date while somebody reads it.
import { cardFrom, place, takeAway } from "./cards.js";
import { passingOn } from "./heard.js";
import { Live } from "./live.js";
import { lookAgain } from "./helped.js";
import { follow } from "./roads.js";

export default function library(root) {
  const passOn = passingOn(root);
  const live = new Live({ ...root.dataset, view: "library" });
  live.addEventListener("reload", () => location.reload());
  live.addEventListener("change", ({ detail: change }) => {
    if (change.gone) {
      takeAway(root, change.subject_id);
      root.querySelector(`[data-reasons="${CSS.escape(change.subject_id)}"]`)?.remove();
    }
    const wall = root.querySelector(`[data-wall="${CSS.escape(change.topic)}"]`);
    if (change.topic === "stance") placeReason(root, change);
    else if (wall && change.card) placeCard(wall, change);
    for (const empty of root.querySelectorAll("[data-empty-of]")) {
      const filled = root.querySelector(`[data-wall="${empty.dataset.emptyOf}"]`);
      empty.hidden = Boolean(filled?.querySelector("[data-subject]"));
    }
    follow(root, change);
    lookAgain(root, change);
    passOn(change);
  });
}

function placeCard(wall, change) {
  const about = wall.querySelector(`[data-subject="${CSS.escape(change.subject_id)}"]`)?.parentElement;
  const group = cardFrom(change.card).dataset.impact;
  const shelf = group && wall.querySelector(`[data-about="${CSS.escape(group)}"]`);
  const isNew = place(about ?? shelf ?? wall.querySelector('[data-about=""]') ?? wall, change.subject_id, change.card);
  if (isNew && change.topic === "impact") addReasons(wall.firstElementChild, change.subject_id);
}

// Why people stand where they stand is listed under what it is about.
function addReasons(card, id) {
  const reasons = document.createElement("div");
  reasons.className = "reasons";
  reasons.setAttribute("role", "list");
  reasons.dataset.reasons = id;
  card.after(reasons);
}

function placeReason(root, change) {
  const reasons = change.impact_id && root.querySelector(`[data-reasons="${CSS.escape(change.impact_id)}"]`);
  if (reasons) place(reasons, change.subject_id, change.card);
}
