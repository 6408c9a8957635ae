// What stands on the screen beside the cards: the clock, how many there are, what came out. Everything with
// `data-live` and an id is fetched anew when something happened.
import { attach } from "./behaviors.js";
import { cardFrom } from "./cards.js";
import { arrange } from "./grouped.js";

const SOON = 300; // ms; many answers at once need one look

export class Glance {
  #soon = 0;

  constructor(root) {
    this.root = root;
  }

  look() {
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => this.#draw().catch(() => {}), SOON);
  }

  async #draw() {
    const answer = await fetch(`${location.pathname}?part=now`);
    if (!answer.ok) return;
    const fresh = cardFrom(`<div>${await answer.text()}</div>`);
    for (const part of fresh.querySelectorAll("[data-live]")) {
      const now = document.getElementById(part.id);
      if (now && !now.isEqualNode(part)) now.replaceWith(part);
    }
    await attach(this.root);
  }
}

// All of the screen anew, without leaving the page: that would end a full screen. While the server does not
// answer, or answers with something else, the last picture stays.
export async function renew(root) {
  const fresh = await fetchedScreen();
  if (!fresh) return new Promise((resolve) => setTimeout(() => resolve(renew(root)), 3000));
  for (const name of ["seq", "step"]) root.dataset[name] = fresh.dataset[name];
  root.toggleAttribute("data-open", "open" in fresh.dataset);
  for (const name of [".screen-main", ".screen-door"]) root.querySelector(name).replaceWith(fresh.querySelector(name));
  arrange(root);
  root.querySelector("[data-do=door]").disabled = !("open" in fresh.dataset);
  await attach(root);
}

async function fetchedScreen() {
  try {
    const answer = await fetch(location.pathname);
    return answer.ok ? cardFrom(`<div>${await answer.text()}</div>`).querySelector(".screen") : null;
  } catch {
    return null;
  }
}
