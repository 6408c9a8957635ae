// The picture on the page. It draws a change by itself at once; the server's own drawing takes its place when it comes.
import { cardFrom } from "../cards.js";
import { line } from "./lines.js";

export class Picture {
  #drawn = new Map(); // what stands on the page now, by id
  #served = new Map(); // the server's drawing of it
  #folded = new Set(); // stops that stand inside another one, and have no shape of their own

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
    for (const element of svg.querySelectorAll("[data-node], [data-edge]")) {
      const id = element.dataset.node ?? element.dataset.edge;
      this.#drawn.set(id, element);
      this.#served.set(id, element);
    }
    this.#folded = new Set([...this.model.nodes.keys()].filter((id) => !this.#drawn.has(id)));
  }

  get isFolded() {
    return this.svg.querySelector("[data-folded]") !== null;
  }

  has(id) {
    return this.#drawn.has(id);
  }

  element(id) {
    return this.#drawn.get(id) ?? null;
  }

  // Remembers what the server drew; `show` puts it on the page.
  serve({ topic, subject_id: id, svg, edge_svgs: steps }) {
    if (svg) this.#served.set(id, fragment(svg));
    for (const [own, text] of pairs(steps)) this.#served.set(own, fragment(text));
    if (topic === "node" && !svg) this.#served.delete(id);
  }

  show({ nodes, edges }) {
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
    if (this.element(id) === this.#served.get(id)) this.#swap(id, this.stops, this.shapes.stop(at));
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
    const served = this.model.isSettled(id) && this.#served.get(id);
    this.#swap(id, layer, served || draw(facts));
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

const pairs = (fragments) => (Array.isArray(fragments) ? fragments.map((each) => [fragment(each).dataset.edge, each]) : Object.entries(fragments ?? {}));

function fragment(text) {
  return cardFrom(`<svg>${text}</svg>`).firstElementChild;
}
