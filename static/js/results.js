// What came out of a part, once who leads shows it: fetched anew whenever it may be different.
import { cardFrom } from "./cards.js";

const COUNTED = new Set(["impact", "stance", "realism", "mood"]);
const SPREAD = 1500; // milliseconds over which thirty tablets ask

export class Results {
  #asked = 0;

  constructor(root, view) {
    this.root = root;
    this.view = view;
  }

  hear(change) {
    const isHere = change.workshop_id === this.root.dataset.workshop;
    if (change.topic === "stage") {
      if (isHere && change.verb === "shown") this.#ask();
      else if (isHere && ["moved", "closed"].includes(change.verb)) this.#place?.replaceChildren();
    } else if (COUNTED.has(change.topic) && this.#place?.firstElementChild) this.#ask();
  }

  // Something happened that is not for these eyes; what is shown may have changed with it.
  passed() {
    if (this.#place?.firstElementChild) this.#ask();
  }

  get #place() {
    return this.root.querySelector("[data-result]");
  }

  #ask() {
    if (!this.#place) return;
    clearTimeout(this.#asked);
    this.#asked = setTimeout(() => this.#look(), this.view === "stage" ? Math.random() * SPREAD : 100);
  }

  async #look() {
    const answer = await fetch(`/workshops/${this.root.dataset.workshop}/results?view=${this.view}`).catch(() => null);
    if (answer?.ok) this.#place.replaceWith(cardFrom(await answer.text()));
  }
}
