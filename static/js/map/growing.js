// The map grows by answering: a question about a stop, and the answer is the next one.
import { newId } from "../ids.js";
import { complain } from "./begun.js";
import { short } from "./said.js";

export class Growing {
  #question = "";

  constructor(panel) {
    this.panel = panel;
    this.form = panel.root.querySelector('[data-part="grow"]');
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#keep();
    });
    this.form.addEventListener("change", () => this.#sayAudience());
  }

  enter(node, { question = "", words } = {}) {
    const { bench, drafts } = this.panel;
    const audience = this.form.querySelector('[name="visibility"]:checked')?.value;
    this.#question = node ? question : "";
    this.form.reset();
    if (audience) this.form.elements.visibility.value = audience;
    this.form.dataset.mark = this.#question;
    this.form.querySelector("[data-asked]").textContent = (node && words) || bench.said.word("begin");
    complain(this.form, "");
    if (drafts.restore(this.form)) bench.said.say("draft");
    this.#sayAudience();
  }

  #keep() {
    const { bench, drafts, id: touched, isLoose } = this.panel;
    const { text, state } = this.form.elements;
    if (!text.value.trim()) return complain(this.form, bench.said.word("needed"));
    const told = { text: text.value.trim(), state: state.value };
    if (touched && !isLoose) Object.assign(told, { touched_id: touched, question: this.#question });
    drafts.forget(this.form);
    text.value = "";
    return this.tell(told);
  }

  // A new stop out of these words.
  tell(words) {
    const { bench } = this.panel;
    const id = newId(); // of the stop and of telling it, so that it is one thing in “What I told”
    const told = { id, node_id: id, visibility: this.form.elements.visibility.value || "maker", ...words };
    bench.operations.do("grow", told);
    bench.said.say("grown", { words: short(told.text) }, { undo: true });
    bench.select(told.node_id, { open: true, focus: true });
  }

  #sayAudience() {
    const chosen = this.form.querySelector('[name="visibility"]:checked');
    const words = chosen && this.form.querySelector(`label[for="${chosen.id}"] span`);
    this.form.querySelector("[data-chosen]").textContent = words?.textContent ?? "";
  }
}
