// The stop that is chosen: the same one in the picture, in the outline and in the panel.
export class Selection {
  id = null;
  #stood = "";

  constructor(bench) {
    this.bench = bench;
  }

  // `waits`: it is not on the map yet, but on its way.
  set(id, { open = false, focus = false, waits = false } = {}) {
    const { bench } = this;
    const node = bench.model.nodes.get(id);
    if (id && !node && !waits) return;
    bench.picture.element(this.id)?.classList.remove("is-selected");
    this.id = id;
    this.#stood = this.#place();
    this.mark();
    if (open && node) bench.panel.open(id, { focus });
    if (node) {
      bench.view.show(id);
      this.#announce(node);
    }
    bench.tell("map:selected", { id });
  }

  mark() {
    this.bench.picture.element(this.id)?.classList.add("is-selected");
    this.bench.outline.select(this.id);
  }

  // It looks different now. The server may also have given it another place than it got here.
  follow() {
    const before = this.#stood;
    this.#stood = this.#place();
    this.mark();
    if (this.#stood && this.#stood !== before) this.bench.view.show(this.id);
  }

  #place() {
    const node = this.bench.model.nodes.get(this.id);
    return node ? `${node.x} ${node.y}` : "";
  }

  #announce({ id, text, kind, state }) {
    const { said, names, model } = this.bench;
    const slots = { words: text, kind: names.kinds[kind], state: names.states[state], steps: model.edgesAt(id).length };
    said.announce(said.word("stop", slots));
  }
}
