// The map as this device knows it: the base as the server told it, and on top of that what still waits here.
// Pure: it knows no page. Every change gives the ids of what looks different now.
import { differing, saysTheSame } from "./differing.js";
import { perform } from "./effects.js";

const LARGE = new Set(["merge", "refer", "unrefer"]);

export class Model {
  #base = { nodes: new Map(), edges: new Map() };
  #pending = new Map(); // operations in the order they were made
  #kept = new Map(); // operations that the server has, with the number in the log that must pass by first
  #gone = new Map(); // facts of what was taken away: it can come back before the server says so
  #spots = new Map(); // a new stop does not jump while others move
  #voice;
  nodes = new Map();
  edges = new Map();

  constructor(facts, voice = {}) {
    this.#voice = voice;
    this.replace(facts);
  }

  get pending() {
    return [...this.#pending.values()];
  }

  // Everything anew, as after tidying.
  replace({ nodes, edges }) {
    const byId = (list) => new Map(list.map((one) => [one.id, one]));
    this.#base = { nodes: byId(nodes), edges: byId(edges) };
    for (const id of this.#kept.keys()) this.#forget(id);
    return this.#refresh();
  }

  add(operation) {
    this.#pending.set(operation.id, operation);
    return this.#refresh();
  }

  // Refused, or known to have come in: it is no longer laid over what the server says.
  drop(id) {
    return this.#forget(id) ? this.#refresh() : nothing();
  }

  // The server has it. It stays laid over the base until the stream has come that far.
  acknowledge(id, seq, seen) {
    if (!this.#pending.has(id)) return nothing();
    if (seq === undefined || (seq <= seen && !this.#isLarge(id))) return this.drop(id);
    this.#kept.set(id, seq);
    return nothing();
  }

  passed(seq) {
    const over = [...this.#kept].filter(([id, number]) => number <= seq && !this.#isLarge(id));
    for (const [id] of over) this.#forget(id);
    return over.length ? this.#refresh() : nothing();
  }

  // A state from the stream: twice or late does no harm.
  arrive({ topic, subject_id: id, gone, node, edge, edges, op, seq }) {
    if (topic === "node" && gone) this.#takeAway(id);
    else if (topic === "node" && node) this.#setNode(node, edges ?? []);
    else if (topic === "edge" && gone) this.#base.edges.delete(id);
    else if (topic === "edge" && edge) this.#setEdge(edge);
    if (this.#isLarge(op)) this.#kept.set(op, seq);
    else this.#forget(op);
    this.passed(seq);
    return this.#refresh();
  }

  // What a stop has to do with, as this viewer may see it.
  refers(id, references) {
    const isAboutIt = ({ verb, node_id: node }) => node === id && (verb === "refer" || verb === "unrefer");
    for (const own of this.#kept.keys()) if (isAboutIt(this.#pending.get(own))) this.#forget(own);
    const node = this.#base.nodes.get(id);
    if (node) this.#base.nodes.set(id, { ...node, references });
    return this.#refresh();
  }

  // Whether this is as the server told it.
  isSettled(id) {
    const shown = this.nodes.get(id) ?? this.edges.get(id);
    return Boolean(shown) && shown === (this.#base.nodes.get(id) ?? this.#base.edges.get(id));
  }

  // Whether the server has this stop too.
  isKnown(id) {
    return this.#base.nodes.has(id);
  }

  edgesAt(id) {
    return [...this.edges.values()].filter((edge) => edge.source === id || edge.target === id);
  }

  // What the stream does not tell thing by thing: it stays laid over until that was read again.
  #isLarge(id) {
    return LARGE.has(this.#pending.get(id)?.verb);
  }

  #forget(id) {
    this.#kept.delete(id);
    return this.#pending.delete(id);
  }

  #takeAway(id) {
    const facts = this.#base.nodes.get(id);
    if (facts) this.#gone.set(id, facts);
    this.#base.nodes.delete(id);
  }

  #setNode(node, edges) {
    const before = this.#base.nodes.get(node.id) ?? this.nodes.get(node.id);
    const { mine = false, told = node.told, folded = 0, beside } = before ?? {};
    this.#base.nodes.set(node.id, { references: before?.references ?? [], mine, ...node, told, folded, ...(beside && { beside }) });
    const now = new Set(edges.map((edge) => edge.id));
    const isOver = ({ id, source, target, folded }) => !folded && !now.has(id) && (source === node.id || target === node.id);
    for (const edge of this.#base.edges.values()) if (isOver(edge)) this.#base.edges.delete(edge.id);
    for (const edge of edges) this.#setEdge(edge);
  }

  // One that says the same as before stays the one that is drawn. One of what is folded runs to its head.
  #setEdge(told) {
    const before = this.#base.edges.get(told.id);
    const isInside = before?.folded && ![told.source, told.target].every((end) => this.#base.nodes.has(end));
    const edge = isInside ? { ...before, relation: told.relation } : told;
    if (!before || !saysTheSame(before, edge)) this.#base.edges.set(edge.id, edge);
  }

  #refresh() {
    const before = { nodes: this.nodes, edges: this.edges };
    const seen = { nodes: new Map(this.#base.nodes), edges: new Map(this.#base.edges) };
    perform(seen, this.pending, { gone: this.#gone, voice: this.#voice, spotOf: (id, find) => this.#spotOf(id, find) });
    for (const [id, edge] of seen.edges) if (!seen.nodes.has(edge.source) || !seen.nodes.has(edge.target)) seen.edges.delete(id);
    for (const [id, node] of this.nodes) if (!seen.nodes.has(id)) this.#gone.set(id, node);
    Object.assign(this, seen);
    const nodes = differing(before.nodes, seen.nodes);
    const moved = (id) => before.nodes.get(id)?.x !== seen.nodes.get(id)?.x || before.nodes.get(id)?.y !== seen.nodes.get(id)?.y;
    const edges = differing(before.edges, seen.edges);
    const places = new Set([...nodes].filter(moved));
    for (const [id, edge] of seen.edges) if (places.has(edge.source) || places.has(edge.target)) edges.add(id);
    return { nodes, edges };
  }

  #spotOf(id, find) {
    if (!this.#spots.has(id)) this.#spots.set(id, find());
    return this.#spots.get(id);
  }
}

const nothing = () => ({ nodes: new Set(), edges: new Set() });
