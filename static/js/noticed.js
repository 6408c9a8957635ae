// On a tablet: what who leads does with what its own person told.
import { Results } from "./results.js";

export class Noticed {
  #lit = null;

  constructor(root, mine) {
    this.root = root;
    this.mine = mine;
    this.results = new Results(root, "stage");
    const { lit, aside } = JSON.parse(root.querySelector("[data-noticed]")?.textContent ?? '{"aside":{}}');
    this.#light(lit);
    for (const [id, reason] of Object.entries(aside)) mine.say(id, "hidden", reason);
  }

  hear(change) {
    const isHere = change.workshop_id === this.root.dataset.workshop;
    if (isHere && change.topic === "stage") this.#light(change.verb === "lit" ? change.lit_id : ["moved", "closed"].includes(change.verb) ? null : this.#lit);
    if (change.topic === "hiding") this.mine.say(change.subject_id, change.is_aside ? "hidden" : "kept", change.reason);
    this.results.hear(change);
  }

  #light(id) {
    if (id === this.#lit) return;
    if (this.#lit && this.mine.isShown(this.#lit)) this.mine.say(this.#lit, "kept");
    this.#lit = id ?? null;
    if (id && this.mine.isKept(id)) this.mine.say(id, "shown");
  }
}
