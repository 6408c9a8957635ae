// Who is at which stop: told while a panel is open, shown as rings in the colour of a voice. Never who.
import { newId } from "../ids.js";
import { post } from "../post.js";
import { make } from "./shapes.js";

const SOON = 300;
const AGAIN = 10_000;
const GONE = 20_000;

export class Presence {
  #others = new Map(); // who → {node, tone, at}
  #here = null;
  #soon = 0;
  #told = null;
  #who = newId(); // of this page, for as long as it is open

  constructor(bench) {
    this.bench = bench;
    this.layer = make("g", { class: "presence", "aria-hidden": "true" });
    bench.root.addEventListener("map:opened", ({ detail }) => this.#be(detail.id));
    addEventListener("pagehide", () => this.#leave());
    addEventListener("pageshow", ({ persisted }) => persisted && this.#be(this.#here));
    setInterval(() => {
      if (this.#here && !document.hidden) this.#tell();
      this.#forget();
    }, AGAIN);
  }

  // What the stream whispers.
  hear({ trajectory_id: trajectory, node_id: node, who, tone }) {
    if (trajectory !== this.bench.root.dataset.trajectory || who === this.#who) return;
    if (node) this.#others.set(who, { node, tone, at: Date.now() });
    else this.#others.delete(who);
    this.show();
    setTimeout(() => this.#forget(), GONE + 100);
  }

  // One ring around the other when several are at one stop.
  show() {
    const { picture, model, shapes } = this.bench;
    const many = new Map();
    const rings = [...this.#others.values()].flatMap(({ node, tone }) => {
      const facts = model.nodes.get(node);
      if (!facts || !picture.has(node)) return [];
      const place = many.get(node) ?? 0;
      many.set(node, place + 1);
      const at = `translate(${shapes.way * (facts.x + 84 - place * 22)} ${facts.y + 36})`;
      return [make("g", { class: `ring-of ${tone ?? ""}`, transform: at }, make("circle", { r: 9, class: "ring-edge" }), make("circle", { r: 5 }))];
    });
    this.layer.replaceChildren(...rings);
    if (this.layer.parentNode !== picture.svg) picture.svg.append(this.layer);
  }

  #forget() {
    const old = [...this.#others].filter(([, { at }]) => Date.now() - at > GONE);
    for (const [who] of old) this.#others.delete(who);
    if (old.length) this.show();
  }

  #be(id) {
    this.#here = id;
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => this.#here !== this.#told && this.#tell(), SOON);
  }

  // Not through the outbox: who is where does not matter any more later.
  #tell() {
    if (this.#here && !this.bench.model.isKnown(this.#here)) return; // nobody else has that stop yet
    this.#say(this.#here);
  }

  // The page goes away: what is not said now is never said.
  #leave() {
    clearTimeout(this.#soon);
    if (this.#told) this.#say(null, { keepalive: true });
  }

  #say(id, how) {
    this.#told = id;
    if (navigator.onLine) post(`${this.bench.address}/presence`, { node_id: id ?? "", who: this.#who }, how).catch(() => {});
  }
}
