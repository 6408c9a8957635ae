// Where the focus goes when what has it goes away; who leads with keys is never sent back to the top of the page.

// A card goes: to the next one, else the one before, else what is over them all.
export function leaveCard(card, section) {
  if (!card?.contains(document.activeElement)) return;
  const cards = [...section.querySelectorAll("[data-arrival]:not([hidden])")];
  const place = cards.indexOf(card);
  const next = cards[place + 1] ?? cards[place - 1];
  (next?.querySelector("[data-key=light]") ?? section.querySelector("h2")).focus();
}

// What is folded up again: to what opens it.
export function foldUp(details) {
  if (details?.contains(document.activeElement)) details.querySelector("summary").focus();
  details?.removeAttribute("open");
}
