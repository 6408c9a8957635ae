// Words about a stop that was taken off the map meanwhile, half typed. Where their form is open they stay; else they
// wait with all that could not be kept, and go out only when their maker says so.
import { newId } from "../ids.js";
import { derivedId } from "./derived.js";

const SOON = 1000; // ms; a stop that is shown to others than before goes away and comes back at once

export class Loose {
  #timer = 0;

  constructor(bench) {
    this.bench = bench;
    bench.operations.addEventListener("changed", ({ detail: { nodes } }) => {
      if (![...nodes].some((id) => this.#isOff(id))) return;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.sweep(), SOON);
    });
    this.sweep();
  }

  // All that is about a stop that is not there any more, but what somebody is writing right now.
  async sweep() {
    const { panel, picture } = this.bench;
    if (picture.isFolded) return; // what is not there may be folded
    for (const draft of panel.drafts.all) {
      const isWriting = panel.isLoose && panel.id === draft.about;
      if (draft.about && this.#isOff(draft.about) && !isWriting) await this.#setAside(draft);
    }
  }

  // What waits here to be taken away is still known to the server.
  #isOff(id) {
    const { model } = this.bench;
    return !model.nodes.has(id) && !model.isKnown(id);
  }

  async #setAside(draft) {
    const { panel, operations } = this.bench;
    const { fields, named } = told(draft);
    const id = derivedId(draft.about, `${draft.part}:${draft.mark}`); // once, also by two pages of one browser
    if (await operations.setAside(id, fields, named, this.bench.said.word("off"))) panel.drafts.drop(draft);
  }
}

// As an operation that was refused: which of its fields does not fit any more says what it can become.
function told({ about, part, mark, typed }) {
  if (part === "change") return { named: "node_id", fields: { verb: "edit", node_id: about, set: typed.set, was: typed.was } };
  const { text, state, visibility } = typed;
  const fields = { verb: "grow", node_id: newId(), text: text.trim(), state, visibility: visibility || "maker", touched_id: about, question: mark };
  return { named: "touched_id", fields };
}
