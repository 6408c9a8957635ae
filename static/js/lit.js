// The one thing that who leads shows large on the screen.
import { cardFrom } from "./cards.js";

export function hearLit(root, change) {
  const place = root.querySelector("[data-lit-place]");
  if (!place) return;
  const isHere = change.topic === "stage" && change.workshop_id === root.dataset.workshop;
  if (isHere && change.verb === "lit") fill(place, change.card);
  else if (isHere && ["moved", "closed"].includes(change.verb)) fill(place, "");
  else if (place.querySelector(`[data-subject="${CSS.escape(change.subject_id ?? "")}"]`)) {
    if (change.gone) fill(place, "");
    else if (change.card) fill(place, change.card); // it looks different now
  } else if (!place.hidden && !place.firstElementChild) place.hidden = true; // taken away by somebody else
}

function fill(place, card) {
  place.replaceChildren(...(card ? [cardFrom(card)] : []));
  const letters = place.textContent.trim().length;
  place.dataset.long = letters > 320 ? 2 : letters > 130 ? 1 : 0; // as the server counts
  place.hidden = !card;
}
