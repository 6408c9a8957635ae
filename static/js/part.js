// A part of a page that is written again when something of its topics happens: <div data-part="/address"
// data-part-topics="moment stance">, or of any topic: "*". Which numbers may be shown, only the server knows.
import { cardFrom } from "./cards.js";

const SOON = 400; // ms; many answers at once need one look

export default function part(place) {
  const topics = new Set(place.dataset.partTopics.split(" "));
  let soon = 0;
  const hear = ({ detail: { topic } }) => {
    if (!place.isConnected) return removeEventListener("cocreate:change", hear);
    if (!topics.has("*") && !topics.has(topic)) return;
    clearTimeout(soon);
    soon = setTimeout(() => look(place).catch(() => {}), SOON);
  };
  addEventListener("cocreate:change", hear);
}

async function look(place) {
  const answer = await fetch(place.dataset.part);
  if (answer.ok) place.replaceChildren(...cardFrom(`<div>${await answer.text()}</div>`).childNodes);
}
