// Ways to look at a map. They combine, they change nothing, and the address remembers them so that they can be shared.
import { isOurs, readAddress, writeAddress } from "./address.js";
import { Chips } from "./chips.js";
import { Dress } from "./dress.js";
import { Filters } from "./filters.js";
import { Layers } from "./layers.js";
import { lookWith } from "./look.js";
import { Replay } from "./replay.js";
import { Search } from "./search.js";
import { Sentences } from "./sentences.js";
import { idOf, placesIn, readMap } from "./stops.js";
import { Thread } from "./thread.js";

const QUIET = 150; // milliseconds; somebody who drags a stop redraws it sixty times a second
const PATIENCE = 400; // a browser allows few changes of its address in a short time

const whenIdle = globalThis.requestIdleCallback ?? ((work) => setTimeout(work));

export default function lenses(bar) {
  lookWith(bar, new Lenses(bar));
}

class Lenses {
  #here = null;
  #isStale = true; // the map has changed since it was read
  #waiting = 0;
  #writing = 0;

  constructor(bar) {
    this.bar = bar;
    this.scope = bar.closest("[data-behavior=workbench], [data-maps]") ?? bar.parentElement;
    this.sentences = new Sentences(JSON.parse(bar.dataset.sentences));
    this.dress = new Dress(this.sentences.say("aside"));
    const lenses = { layers: new Layers(this), thread: new Thread(this), filters: new Filters(this) };
    Object.assign(this, lenses, { search: new Search(this), replay: new Replay(this) });
    this.narrow = Object.values(lenses);
    this.parts = [...this.narrow, this.search, this.replay];
    this.chips = new Chips(bar, this);
    bar.querySelector("[data-show-everything]").addEventListener("click", () => this.clear());
    addEventListener("hashchange", () => isOurs() && this.#open());
    this.scope.addEventListener("map:changed", () => this.#soon());
    new MutationObserver((records) => this.#hear(records)).observe(this.scope, { childList: true, subtree: true });
    this.#open();
    this.chips.openFirst();
  }

  get isOn() {
    return this.parts.some((part) => part.isOn);
  }

  // Nobody looks through a lens most of the time; then a change of the map costs nothing here.
  get isLooking() {
    return this.isOn || this.chips.isOpen;
  }

  // Somebody chose something; `appearing` is the stop that this brings on the map.
  change(appearing = null) {
    this.read();
    this.#look(appearing);
    clearTimeout(this.#writing);
    this.#writing = setTimeout(() => writeAddress(this.parts), PATIENCE);
  }

  clear() {
    for (const part of this.parts) part.read(new URLSearchParams());
    this.#here = null;
    this.change();
    this.chips.focus();
  }

  // The stop that somebody came to; only two stops look different now.
  mark(id) {
    if (id === this.#here) return;
    const before = this.#here;
    this.#here = id;
    this.read();
    for (const each of [before, id]) {
      const { shape, row } = this.map.stops.get(each) ?? {};
      if (each) this.dress.mark(each, each === id, shape, row);
    }
  }

  // The map as it is now, before anybody looks at it through a lens.
  read() {
    if (!this.#isStale) return;
    this.#isStale = false;
    this.map = readMap(this.scope);
    for (const part of this.parts) part.update?.(this.map);
  }

  #open() {
    readAddress(this.parts);
    if (this.dress.isUsed || this.isLooking) this.look();
    else this.#show(0, 0);
  }

  // What is drawn again wears at once what it wore; counting anew can wait until it is quiet.
  #hear(records) {
    if (!this.dress.isUsed && !this.isLooking) return this.#soon();
    const moved = records.filter(({ target }) => !this.bar.contains(target));
    const added = moved.flatMap(({ addedNodes }) => placesIn(addedNodes));
    for (const place of added) this.dress.again(idOf(place), place);
    if (added.length || moved.some(({ removedNodes }) => placesIn(removedNodes).length)) this.#soon();
    return undefined;
  }

  #soon() {
    this.#isStale = true;
    clearTimeout(this.#waiting);
    if (this.isLooking) this.#waiting = setTimeout(() => whenIdle(() => this.look()), QUIET);
  }

  look() {
    this.read();
    this.#look();
  }

  #look(appearing = null) {
    for (const part of this.parts) part.prepare?.();
    const all = [...this.map.stops.values()];
    const there = new Set(all.filter((stop) => this.replay.isThere(stop)));
    const stays = new Set([...there].filter((stop) => this.narrow.every((part) => part.keeps(stop))));
    const found = this.search.look([...stays]);
    this.dress.clear();
    for (const stop of all) {
      const { id, shape, row } = stop;
      const isThere = there.has(stop);
      const marks = [!isThere, isThere && !stays.has(stop), found.has(id), id === this.#here, id === appearing];
      this.dress.wear(id, marks, shape, row);
    }
    const are = (step, among) => among.has(this.map.stops.get(step.source)) && among.has(this.map.stops.get(step.target));
    for (const step of this.map.steps) {
      const isThere = are(step, there);
      const isKept = this.filters.keepsStep(step) && are(step, stays);
      this.dress.wear(step.id, [!isThere, isThere && !isKept, false, false, false], step.element);
    }
    this.#show(there.size, stays.size);
    if (!this.isLooking && !this.#here) this.dress.clear(); // everything is plain again
  }

  #show(there, stays) {
    this.chips.show();
    const state = this.bar.querySelector("[data-lens-state]");
    const line = state.querySelector("[data-lens-line]");
    const told = stays < there ? this.sentences.say("partly", { n: there, shown: stays }) : "";
    state.classList.toggle("is-on", this.isOn);
    state.querySelector("[data-show-everything]").hidden = !this.isOn;
    if (line.textContent !== told) line.textContent = told;
  }
}
