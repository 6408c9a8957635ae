// The picture on the page. The server drew it as it was when the page came; what changes, the browser draws the same way.
import { line } from "./lines.js";

export class Picture {
  #drawn = new Map(); // what stands on the page now, by id
  #served = new Map(); // what the server drew, and of which facts
  #folded = new Set(); // stops that stand inside another one, and have no shape of their own
  #waiting = new Set(); // what the server drew and is not on the paper yet
  #bring = () => {};

  constructor(svg, model, shapes) {
    Object.assign(this, { model, shapes });
    this.adopt(svg);
  }

  adopt(svg) {
    this.svg = svg;
    this.stops = svg.querySelector("g.nodes");
    this.steps = svg.querySelector("g.edges");
    this.#drawn.clear();
    this.#served.clear();
    this.#waiting.clear();
    for (const element of svg.querySelectorAll("[data-node], [data-edge]")) this.#adopt(element);
    this.#folded = new Set([...this.model.nodes.keys()].filter((id) => !this.#drawn.has(id)));
  }

  // These come later; `bring` brings them at once, before anything is done to one of them.
  wait(ids, bring) {
    this.#waiting = new Set(ids.filter((id) => !this.#drawn.has(id)));
    this.#bring = bring;
    for (const id of this.#waiting) this.#folded.delete(id);
  }

  // On the paper now, behind what stands there.
  take(elements) {
    for (const element of elements) {
      (element.dataset.edge ? this.steps : this.stops).append(element);
      this.#adopt(element);
    }
  }

  #adopt(element) {
    const id = element.dataset.node ?? element.dataset.edge;
    this.#waiting.delete(id);
    this.#drawn.set(id, element);
    if (this.model.isSettled(id)) this.#served.set(id, { element, facts: this.#facts(id) });
  }

  get isFolded() {
    return this.svg.querySelector("[data-folded]") !== null || [...this.model.nodes.values()].some(({ folded }) => folded > 0);
  }

  has(id) {
    return this.#drawn.has(id) || this.#waiting.has(id);
  }

  element(id) {
    if (this.#waiting.has(id)) this.#bring();
    return this.#drawn.get(id) ?? null;
  }

  show({ nodes, edges }) {
    if ([...nodes, ...edges].some((id) => this.#waiting.has(id))) this.#bring();
    for (const id of nodes) {
      if (!this.#folded.has(id)) this.#put(id, this.stops, this.model.nodes.get(id), (node) => this.shapes.stop(node));
    }
    for (const id of edges) {
      const edge = this.model.edges.get(id);
      if (!edge || (this.has(edge.source) && this.has(edge.target))) this.#put(id, this.steps, edge, (each) => this.#line(each));
    }
  }

  // Where a finger drags it, before anybody is told.
  move(id, x, y) {
    const at = { ...this.model.nodes.get(id), x, y };
    if (!this.has(id)) return;
    if (this.element(id) === this.#served.get(id)?.element) this.#swap(id, this.stops, this.shapes.stop(at));
    this.element(id).setAttribute("transform", `translate(${this.shapes.way * x} ${y})`);
    for (const edge of this.model.edgesAt(id)) this.#swap(edge.id, this.steps, this.#line(edge, { [id]: at }));
  }

  #line(edge, moved = {}) {
    const end = (id) => moved[id] ?? this.model.nodes.get(id);
    return line(edge, end(edge.source), end(edge.target), this.shapes);
  }

  #put(id, layer, facts, draw) {
    if (!facts) {
      this.#drawn.get(id)?.remove();
      this.#drawn.delete(id);
      return;
    }
    const served = this.#served.get(id);
    const now = this.#facts(id);
    const isAsServed = served?.facts.every((fact, place) => fact === now[place]);
    this.#swap(id, layer, isAsServed ? served.element : draw(facts));
  }

  // All that its drawing hangs on: a step also on where its ends stand.
  #facts(id) {
    const { nodes, edges } = this.model;
    const edge = edges.get(id);
    if (!edge) return [nodes.get(id)];
    const [source, target] = [nodes.get(edge.source), nodes.get(edge.target)];
    return [edge, source.x, source.y, target.x, target.y];
  }

  #swap(id, layer, element) {
    const now = this.#drawn.get(id);
    if (now === element) return;
    if (now?.classList.contains("is-selected")) element.classList.add("is-selected");
    else element.classList.remove("is-selected");
    if (now) now.replaceWith(element);
    else layer.append(element);
    this.#drawn.set(id, element);
  }
}
