// Where the focus goes when what has it goes away; who leads with keys is never sent back to the top of the page.
import { pathOf } from "./carrying.js";

// Of a card: to the screen, or, where no screen shows it any more, what is under More.
export const FIRST_ACT = ".arrival-acts :is([data-key=light], summary)";

// A card goes: to the next one, else the one before, else what is over them all.
export function leaveCard(card, section) {
  if (!card?.contains(document.activeElement)) return;
  const cards = [...section.querySelectorAll("[data-arrival]:not([hidden])")];
  const place = cards.indexOf(card);
  const next = cards[place + 1] ?? cards[place - 1];
  (next?.querySelector(FIRST_ACT) ?? section.querySelector("h2")).focus();
}

// A form that was sent is empty and folded up again, also when all around it was drawn anew meanwhile.
export function foldUp(form, section) {
  form.reset();
  let details = form.closest("details:not(.asides)");
  if (details && !details.isConnected) {
    details = section.querySelector(pathOf(details));
    details?.querySelector(`form[action="${form.getAttribute("action")}"]`)?.reset();
  }
  if (details?.contains(document.activeElement)) details.querySelector("summary").focus();
  details?.removeAttribute("open");
}
