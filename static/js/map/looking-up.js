// What only the server knows: what a stop can have to do with, what it said before, what was taken away.
import { cardFrom } from "../cards.js";
import { newId } from "../ids.js";

export class Referring {
  #all = [];

  constructor(panel) {
    this.panel = panel;
    this.place = panel.root.querySelector("[data-subjects]");
    this.field = panel.root.querySelector("#refer-search");
    this.field.addEventListener("input", () => this.#list());
    this.place.addEventListener("click", ({ target }) => {
      const chosen = this.#all.find((each) => each.id === target.closest("[data-subject-id]")?.dataset.subjectId);
      if (!chosen) return;
      const told = { reference_id: newId(), node_id: panel.id, subject_type: chosen.type, subject_id: chosen.id };
      panel.bench.operations.do("refer", told, { words: chosen.text });
      panel.show("main");
    });
  }

  async enter() {
    const { bench } = this.panel;
    this.field.value = "";
    this.place.replaceChildren();
    try {
      this.#all = await (await ask(`${bench.address}/subjects`)).json();
      this.#list();
    } catch {
      this.place.textContent = bench.said.word("unreachable");
    }
  }

  // It was taken back, or is not for everybody any more.
  drop(subject) {
    const rest = this.#all.filter((each) => each.id !== subject);
    if (rest.length === this.#all.length) return;
    this.#all = rest;
    this.#list();
  }

  #list() {
    const { said } = this.panel.bench;
    const wanted = this.field.value.trim().toLowerCase();
    const known = new Set(this.panel.node?.references.map((each) => each.subject_id));
    const found = this.#all.filter((each) => !known.has(each.id) && each.text.toLowerCase().includes(wanted));
    const types = [...new Set(found.map((each) => each.type))];
    this.place.replaceChildren(...types.flatMap((type) => this.#group(said.word(type), found.filter((each) => each.type === type))));
    if (!this.#all.length) this.place.textContent = said.word("no-subjects");
  }

  #group(name, subjects) {
    const [title, list] = [document.createElement("h3"), document.createElement("ul")];
    title.textContent = name;
    list.className = "panel-links";
    list.setAttribute("role", "list");
    list.append(
      ...subjects.slice(0, 40).map((each) => {
        const [item, button] = [document.createElement("li"), document.createElement("button")];
        Object.assign(button, { type: "button", textContent: each.text, dir: "auto" });
        button.dataset.subjectId = each.id;
        item.append(button);
        return item;
      }),
    );
    return [title, list];
  }
}

export class History {
  constructor(panel) {
    this.panel = panel;
    this.place = panel.root.querySelector("[data-history]");
    this.place.addEventListener("click", ({ target }) => {
      const button = target.closest("[data-restore]");
      if (button) this.#restore(button.dataset);
    });
  }

  // `removed`: not one stop, but all that were taken away.
  async enter(node, { removed = false } = {}) {
    const { bench } = this.panel;
    this.place.replaceChildren();
    const address = removed ? `${bench.address}/removed` : `${bench.address}/nodes/${node.id}/history`;
    try {
      const answer = await ask(address);
      this.place.replaceChildren(cardFrom(`<div>${await answer.text()}</div>`));
      if (!bench.may("draw")) for (const button of this.place.querySelectorAll("[data-restore]")) button.remove();
    } catch {
      this.place.textContent = bench.said.word("unreachable");
    }
  }

  #restore({ restore, words, nodeId }) {
    const { bench, id, node } = this.panel;
    if (restore === "node") {
      bench.operations.do("restore", { node_id: nodeId });
      return bench.select(nodeId, { open: true, focus: true, waits: true });
    }
    bench.operations.do("edit", { node_id: id, set: { text: words }, was: { text: node.text } });
    return this.panel.show("main");
  }
}

async function ask(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(answer.statusText);
  return answer;
}
