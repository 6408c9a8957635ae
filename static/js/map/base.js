// The map as the server told it. Pure: it knows no page and nothing of what waits here.
import { saysTheSame } from "./differing.js";

export class Base {
  nodes = new Map();
  edges = new Map();
  gone = new Map(); // facts of what was taken away: it can come back before the server says so

  replace({ nodes, edges }) {
    const byId = (list) => new Map(list.map((one) => [one.id, one]));
    Object.assign(this, { nodes: byId(nodes), edges: byId(edges) });
  }

  // A state from the stream; `shown` is what stands on the page.
  arrive({ topic, subject_id: id, gone, node, edge, edges }, shown) {
    if (topic === "node" && gone) this.#takeAway(id);
    else if (topic === "node" && node) this.#setNode(node, edges ?? [], shown);
    else if (topic === "edge" && gone) this.edges.delete(id);
    else if (topic === "edge" && edge) this.#setEdge(edge);
  }

  refers(id, references) {
    const node = this.nodes.get(id);
    if (node) this.nodes.set(id, { ...node, references });
  }

  // Its words are nobody's to read any more, also not of a stop that comes back. Gives the stops on the map that had it.
  withdraw(subject) {
    const had = ({ references = [] }) => references.some((each) => each.subject_id === subject);
    const found = [...this.nodes.values()].filter(had).map(({ id }) => id);
    for (const things of [this.nodes, this.gone]) {
      for (const [id, node] of things) {
        if (had(node)) things.set(id, { ...node, references: node.references.filter((each) => each.subject_id !== subject) });
      }
    }
    return found;
  }

  #takeAway(id) {
    const facts = this.nodes.get(id);
    if (facts) this.gone.set(id, facts);
    this.nodes.delete(id);
  }

  #setNode(node, edges, shown) {
    const before = this.nodes.get(node.id) ?? shown.get(node.id);
    const { mine = false, told = node.told, folded = 0, beside } = before ?? {};
    this.nodes.set(node.id, { references: before?.references ?? [], mine, ...node, told, folded, ...(beside && { beside }) });
    const now = new Set(edges.map((edge) => edge.id));
    for (const edge of this.edges.values()) {
      const isAtIt = edge.source === node.id || edge.target === node.id;
      if (isAtIt && !now.has(edge.id) && !edge.folded) this.edges.delete(edge.id);
    }
    for (const edge of edges) this.#setEdge(edge);
  }

  // One that says the same as before stays the one that is drawn. One of what is folded runs to its head.
  #setEdge(told) {
    const before = this.edges.get(told.id);
    const isInside = before?.folded && !(this.nodes.has(told.source) && this.nodes.has(told.target));
    const edge = isInside ? { ...before, relation: told.relation } : told;
    if (!before || !saysTheSame(before, edge)) this.edges.set(edge.id, edge);
  }
}
