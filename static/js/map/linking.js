// How two stops belong together, in words; and that two of them are one.
import { newId } from "../ids.js";
import { short } from "./said.js";

const SAID = { connect: "connected", relate: "related", disconnect: "disconnected" };

export class Linking {
  #ends = {};

  constructor(panel) {
    this.panel = panel;
    this.form = panel.root.querySelector('[data-part="link"]');
    this.find = (name) => this.form.querySelector(`[data-link-${name}]`);
    this.form.addEventListener("change", () => this.#say());
    this.find("swap").addEventListener("click", () => {
      this.#ends = { source: this.#ends.target, target: this.#ends.source };
      this.#say();
    });
    this.find("cut").addEventListener("click", () => this.#done("disconnect", { edge_id: this.edge.id }));
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#keep();
    });
  }

  // A new link between two stops, or one that is there.
  enter(_node, { source, target, edge = null } = {}) {
    this.edge = this.panel.bench.model.edges.get(edge) ?? null;
    this.#ends = this.edge ? { source: this.edge.source, target: this.edge.target } : { source, target };
    this.form.reset();
    if (this.edge) this.form.elements.relation.value = this.edge.relation;
    this.find("cut").hidden = !this.edge;
    this.#say();
  }

  #say() {
    const { nodes } = this.panel.bench.model;
    const said = (id) => short(nodes.get(id)?.text ?? "");
    this.find("from").textContent = said(this.#ends.source);
    this.find("to").textContent = said(this.#ends.target);
    this.find("by").textContent = this.panel.bench.names.relations[this.form.elements.relation.value];
  }

  #keep() {
    const relation = this.form.elements.relation.value;
    const isTurned = this.edge && this.edge.source !== this.#ends.source;
    const { source, target } = this.#ends;
    if (!this.edge) return this.#done("connect", { edge_id: newId(), source_id: source, target_id: target, relation });
    if (!isTurned && relation === this.edge.relation) return this.panel.show("main");
    return this.#done("relate", { edge_id: this.edge.id, relation, ...(isTurned && { source_id: source }) });
  }

  #done(verb, fields) {
    const { bench } = this.panel;
    bench.operations.do(verb, fields);
    bench.said.say(SAID[verb], {}, { undo: true });
    this.panel.show("main");
  }
}

export class Merging {
  constructor(panel) {
    this.panel = panel;
    this.form = panel.root.querySelector('[data-part="merge"]');
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      const { bench, id, node } = panel;
      bench.operations.do("merge", { node_id: id, other_id: this.other });
      bench.said.say("merged", { words: short(node.text) }, { undo: true });
      panel.show("main");
    });
  }

  enter(node, { other } = {}) {
    this.other = other;
    this.form.querySelector("[data-merge-stays]").textContent = node.text;
    this.form.querySelector("[data-merge-goes]").textContent = this.panel.bench.model.nodes.get(other)?.text ?? "";
  }
}
