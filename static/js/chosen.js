// How many have chosen, on the wall; and what was chosen, once it is counted.
import { cardFrom } from "./cards.js";

const SOON = 400; // ms; many choices at once need one look

export class Chosen {
  #soon = 0;

  constructor(root) {
    this.root = root;
    addEventListener("cocreate:moved", () => this.look());
  }

  hear({ topic }) {
    if (topic === "choosing" || topic === "turnout") this.look();
  }

  look() {
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => this.#place && this.#draw().catch(() => {}), SOON);
  }

  get #place() {
    return this.root.querySelector("[data-chosen-wall]");
  }

  async #draw() {
    const answer = await fetch(`${location.pathname}?part=chosen`);
    if (answer.ok) this.#place.replaceChildren(...cardFrom(`<div>${await answer.text()}</div>`).childNodes);
  }
}
