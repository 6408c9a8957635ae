// Tap, tap: the next stop that is chosen, on the map or in the outline, is the other one.
import { short } from "./said.js";

export class Picking {
  #from = null;
  #done = null;

  constructor(bench) {
    this.bench = bench;
    bench.said.stop.addEventListener("click", () => this.stop());
    bench.root.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.isOn) this.stop();
    });
  }

  get isOn() {
    return this.#done !== null;
  }

  start(sentence, from, done) {
    this.#from = from;
    this.#done = done;
    this.bench.root.classList.add("is-picking");
    this.bench.said.say(sentence, { words: short(this.bench.model.nodes.get(from).text) }, { stop: true });
    this.bench.frame.focus({ preventScroll: true });
  }

  choose(id) {
    if (id === this.#from) return this.bench.said.say("same", {}, { stop: true });
    const done = this.#done;
    this.stop();
    return done(id);
  }

  stop() {
    const from = this.#from;
    this.#from = this.#done = null;
    this.bench.root.classList.remove("is-picking");
    this.bench.said.tell("");
    this.bench.select(from);
  }
}
