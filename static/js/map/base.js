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

  #takeAway(id) {
    const facts = this.nodes.get(id);
    if (facts) this.gone.set(id, facts);
    this.nodes.delete(id);
  }

  #setNode(node, edges, shown) {
    const before = this.nodes.get(node.id) ?? shown.get(node.id);
    const { mine = false, told = node.told, folded = 0 } = before ?? {};
    this.nodes.set(node.id, { references: before?.references ?? [], mine, ...node, told, folded });
    const now = new Set(edges.map((edge) => edge.id));
    for (const edge of this.edges.values()) {
      const isAtIt = edge.source === node.id || edge.target === node.id;
      if (isAtIt && !now.has(edge.id)) this.edges.delete(edge.id);
    }
    for (const edge of edges) this.#setEdge(edge);
  }

  // One that says the same as before stays the one that is drawn.
  #setEdge(edge) {
    const before = this.edges.get(edge.id);
    if (!before || !saysTheSame(before, edge)) this.edges.set(edge.id, edge);
  }
}
