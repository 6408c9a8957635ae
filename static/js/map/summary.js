// What a stop says, what it has to do with, and how it hangs together with others.
import { short } from "./said.js";
import { unfold } from "./tools.js";

export class Summary {
  constructor(panel) {
    this.panel = panel;
    this.find = (name) => panel.root.querySelector(`[data-${name}]`);
    panel.root.addEventListener("click", ({ target }) => {
      const { unrefer, edge } = target.closest("button")?.dataset ?? {};
      if (unrefer) panel.bench.operations.do("unrefer", { reference_id: unrefer, node_id: panel.id });
      if (target.closest("[data-unfold]")) unfold(panel.id);
      if (edge) panel.show("link", { edge });
    });
  }

  // Pictogram, kind, state, when, and whose voice: the line above the words.
  about(node) {
    const { bench } = this.panel;
    const place = this.find("about");
    if (!node) return place.replaceChildren();
    const { names, said, shapes } = bench;
    const facts = [names.kinds[node.kind], names.states[node.state], shapes.when(node.when), node.intended || node.state === "emerged" ? "" : said.word("unintended")];
    const parts = [bench.icon(node.kind), text("span", facts.filter(Boolean).join(" · "))];
    if (node.voice_name) parts.splice(1, 0, text("span", node.voice_name, `voice ${node.voice ?? ""}`));
    return place.replaceChildren(...parts);
  }

  enter(node) {
    const { bench } = this.panel;
    if (!node) return;
    const note = this.find("note");
    note.hidden = !node.note;
    note.textContent = node.note ?? "";
    const folded = bench.picture.element(node.id)?.dataset.folded;
    const button = this.find("unfold");
    button.hidden = !folded;
    button.querySelector("span").textContent = bench.said.word("unfold", { number: folded });
    const mayRemove = node.mine || bench.may("facilitate");
    for (const button of this.panel.root.querySelectorAll('[data-act="remove"]')) button.hidden = !mayRemove;
    for (const button of this.panel.root.querySelectorAll("[data-ask]")) {
      button.classList.toggle("is-begun", this.panel.drafts.has(node.id, "grow", button.dataset.ask));
    }
    this.#list("references", (node.references ?? []).map((each) => this.#reference(each)));
    const inTurn = ({ id, target }) => `${target === node.id ? 0 : 1} ${id}`; // what led here first; the same each time
    const steps = bench.model.edgesAt(node.id).sort((a, b) => (inTurn(a) < inTurn(b) ? -1 : 1));
    this.#list("steps", steps.map((edge) => this.#step(edge, node.id)));
  }

  #list(name, items) {
    this.find(`has-${name}`).hidden = !items.length;
    const list = this.find(name);
    const place = [...list.querySelectorAll("button")].indexOf(document.activeElement);
    list.replaceChildren(...items);
    if (place >= 0) (list.querySelectorAll("button")[place] ?? this.panel.words).focus({ preventScroll: true });
  }

  #reference(reference) {
    const item = document.createElement("li");
    // On the stage a link would lead out of the meeting.
    const leads = reference.href && this.panel.bench.root.dataset.view !== "stage";
    const words = text(leads ? "a" : "span", reference.text, "panel-link-words");
    words.dir = "auto";
    if (leads) words.href = reference.href;
    item.append(text("small", this.panel.bench.said.word(reference.type)), words);
    if (this.panel.bench.may("draw")) item.append(this.#tool("trash", "cut", { unrefer: reference.id }));
    return item;
  }

  // “… led to B” or “A led to …”: this stop itself is the dots.
  #step(edge, id) {
    const { bench } = this.panel;
    const item = document.createElement("li");
    const go = document.createElement("button");
    const other = edge.source === id ? edge.target : edge.source;
    const by = text("small", bench.names.relations[edge.relation]);
    const words = text("span", short(bench.model.nodes.get(other)?.text ?? ""));
    words.dir = "auto"; // people's words may run the other way
    Object.assign(go, { type: "button", className: "quiet panel-link-words" });
    go.dataset.go = other;
    go.append(...(edge.source === id ? [text("span", "…"), by, words] : [words, by, text("span", "…")]));
    item.append(go);
    if (bench.may("draw")) item.append(this.#tool("pencil", "change-link", { edge: edge.id }));
    return item;
  }

  #tool(picture, word, data) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "quiet" });
    Object.assign(button.dataset, data);
    button.append(this.panel.bench.icon(picture), text("span", this.panel.bench.said.word(word), "visually-hidden"));
    return button;
  }
}

function text(name, words, className = "") {
  const element = document.createElement(name);
  element.textContent = words;
  if (className) element.className = className;
  return element;
}
