// The map as this device knows it: the base as the server told it, and on top of that what still waits here.
// Pure: it knows no page. Every change gives the ids of what looks different now.
import { Base } from "./base.js";
import { differing } from "./differing.js";
import { perform } from "./effects.js";

const LARGE = new Set(["merge", "refer", "unrefer"]);

export class Model {
  #base = new Base();
  #pending = new Map(); // operations in the order they were made
  #kept = new Map(); // operations that the server has, with the number in the log that must pass by first
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

  // Everything anew, as after tidying, up to this number. What was kept since is not in it.
  replace(facts, seq = Infinity) {
    this.#base.replace(facts);
    for (const [id, number] of [...this.#kept]) if (number <= seq) this.#forget(id);
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
  arrive(change) {
    const { op, seq } = change;
    this.#base.arrive(change, this.nodes);
    if (this.#isLarge(op)) this.#kept.set(op, seq);
    else this.#forget(op);
    this.passed(seq);
    return this.#refresh();
  }

  // What a stop has to do with, as this viewer may see it.
  refers(id, references) {
    const isAboutIt = ({ verb, node_id: node }) => node === id && (verb === "refer" || verb === "unrefer");
    for (const own of this.#kept.keys()) if (isAboutIt(this.#pending.get(own))) this.#forget(own);
    this.#base.refers(id, references);
    return this.#refresh();
  }

  // Something that stops have to do with was taken back, or is not for these eyes any more. `had`: which stops.
  withdraw(subject) {
    const own = this.pending.filter(({ verb, subject_id: about }) => verb === "refer" && about === subject);
    for (const { id } of own) this.#forget(id);
    const had = [...this.#base.withdraw(subject), ...own.map(({ node_id: node }) => node)];
    return { ...this.#refresh(), had };
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

  #refresh() {
    const before = { nodes: this.nodes, edges: this.edges };
    const seen = { nodes: new Map(this.#base.nodes), edges: new Map(this.#base.edges) };
    perform(seen, this.pending, { gone: this.#base.gone, voice: this.#voice, spotOf: (id, find) => this.#spotOf(id, find) });
    for (const [id, edge] of seen.edges) if (!seen.nodes.has(edge.source) || !seen.nodes.has(edge.target)) seen.edges.delete(id);
    for (const [id, node] of this.nodes) if (!seen.nodes.has(id)) this.#base.gone.set(id, node);
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
