// A stop taken in hand with the keys: the arrows carry it, Enter puts it down, Escape takes it back.
import { short } from "./said.js";

const STEP = 20; // px of the map for each arrow
const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export class Carrying {
  #id = null;
  #at = null;

  constructor(bench) {
    this.bench = bench;
    bench.said.stop.addEventListener("click", () => this.isOn && this.cancel());
    bench.frame.addEventListener("blur", () => this.isOn && this.cancel());
  }

  get isOn() {
    return this.#id !== null;
  }

  start(id) {
    const { nodes } = this.bench.model;
    const { text, x, y } = nodes.get(id);
    this.#id = id;
    this.#at = { x, y };
    this.bench.picture.element(id)?.classList.add("is-held");
    this.bench.said.say("carry", { words: short(text) }, { stop: true });
  }

  // Whether this key was for carrying.
  key(key) {
    if (key === "Enter" || key === " ") this.#drop();
    else if (key === "Escape") this.cancel();
    else if (WAYS[key]) this.#carry(...WAYS[key]);
    else return false;
    return true;
  }

  cancel() {
    const id = this.#letGo();
    this.bench.picture.show({ nodes: [id], edges: this.bench.model.edgesAt(id).map((edge) => edge.id) });
  }

  #carry(right, down) {
    const { picture, shapes } = this.bench;
    this.#at = { x: this.#at.x + STEP * shapes.way * right, y: this.#at.y + STEP * down };
    picture.move(this.#id, this.#at.x, this.#at.y);
    picture.element(this.#id)?.classList.add("is-held");
  }

  #drop() {
    const at = this.#at;
    const id = this.#letGo();
    this.bench.operations.do("place", { node_id: id, ...at });
  }

  #letGo() {
    const id = this.#id;
    this.bench.picture.element(id)?.classList.remove("is-held");
    this.#id = this.#at = null;
    this.bench.said.tell("");
    return id;
  }
}
