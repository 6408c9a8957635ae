// Ways to look at a map. They combine, they change nothing, and the address remembers them so that they can be shared.
// The state stands behind the # of the address: what somebody looks for reaches no log.
import { Chips } from "./chips.js";
import { Filters } from "./filters.js";
import { Layers } from "./layers.js";
import { Replay } from "./replay.js";
import { Search } from "./search.js";
import { Sentences } from "./sentences.js";
import { idOf, placesIn, readMap } from "./stops.js";
import { Thread } from "./thread.js";

const MARK = "#?";
const QUIET = 150; // milliseconds; somebody who drags a stop redraws it sixty times a second
const PATIENCE = 400; // a browser allows few changes of its address in a short time
const HERE = 3;
const MARKS = ["is-not-yet", "is-aside", "is-found", "is-here", "is-appearing"];

export default function lenses(bar) {
  new Lenses(bar);
  bar.hidden = false;
}

class Lenses {
  #here = null;
  #worn = new Map(); // by stop or step: the marks it wears now
  #waiting = 0;
  #writing = 0;

  constructor(bar) {
    this.bar = bar;
    this.scope = bar.closest("[data-behavior=workbench], [data-maps]") ?? bar.parentElement;
    this.sentences = new Sentences(JSON.parse(bar.dataset.sentences));
    const lenses = { layers: new Layers(this), thread: new Thread(this), filters: new Filters(this) };
    Object.assign(this, lenses, { search: new Search(this), replay: new Replay(this) });
    this.narrow = Object.values(lenses);
    this.parts = [...this.narrow, this.search, this.replay];
    this.chips = new Chips(bar, this);
    bar.querySelector("[data-show-everything]").addEventListener("click", () => this.clear());
    addEventListener("hashchange", () => location.hash.startsWith(MARK) && this.#read());
    this.scope.addEventListener("map:changed", () => this.#soon());
    new MutationObserver((records) => this.#hear(records)).observe(this.scope, { childList: true, subtree: true });
    this.#read();
    this.chips.openFirst();
  }

  get isOn() {
    return this.parts.some((part) => part.isOn);
  }

  // Somebody chose something; `appearing` is the stop that this brings on the map.
  change(appearing = null) {
    this.#look(appearing);
    clearTimeout(this.#writing);
    this.#writing = setTimeout(() => this.#write(), PATIENCE);
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
    for (const each of [before, id]) {
      const { shape, row } = this.map.stops.get(each) ?? {};
      this.#worn.get(each)?.splice(HERE, 1, each === id);
      for (const place of [shape, row]) if (place) this.#wear(place, this.#worn.get(each));
    }
  }

  #read() {
    const address = new URLSearchParams(location.hash.startsWith(MARK) ? location.hash.slice(MARK.length) : "");
    for (const part of this.parts) part.read(address);
    this.#update();
  }

  #write() {
    const address = new URLSearchParams();
    for (const part of this.parts) if (part.isOn) part.write(address);
    const isOurs = location.hash.startsWith(MARK);
    if (this.isOn) history.replaceState(history.state, "", `${MARK}${address}`);
    else if (isOurs) history.replaceState(history.state, "", location.pathname + location.search);
  }

  // What is drawn again wears at once what it wore; counting anew can wait until it is quiet.
  #hear(records) {
    const moved = records.filter(({ target }) => !this.bar.contains(target));
    const added = moved.flatMap(({ addedNodes }) => placesIn(addedNodes));
    for (const place of added) if (this.#worn.has(idOf(place))) this.#wear(place, this.#worn.get(idOf(place)));
    if (added.length || moved.some(({ removedNodes }) => placesIn(removedNodes).length)) this.#soon();
  }

  #soon() {
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => this.#update(), QUIET);
  }

  #update() {
    this.map = readMap(this.scope);
    for (const part of this.parts) part.update?.(this.map);
    this.#look();
  }

  #look(appearing = null) {
    for (const part of this.parts) part.prepare?.();
    const all = [...this.map.stops.values()];
    const there = new Set(all.filter((stop) => this.replay.isThere(stop)));
    const stays = new Set([...there].filter((stop) => this.narrow.every((part) => part.keeps(stop))));
    const found = this.search.look([...stays]);
    this.#worn = new Map();
    for (const stop of all) {
      const { id } = stop;
      const isThere = there.has(stop);
      this.#worn.set(id, [!isThere, isThere && !stays.has(stop), found.has(id), id === this.#here, id === appearing]);
    }
    const are = (step, among) => among.has(this.map.stops.get(step.source)) && among.has(this.map.stops.get(step.target));
    for (const step of this.map.steps) {
      const isThere = are(step, there);
      const isKept = this.filters.keepsStep(step) && are(step, stays);
      this.#worn.set(step.id, [!isThere, isThere && !isKept, false, false, false]);
    }
    for (const { shape, row } of all) for (const place of [shape, row]) if (place) this.#wear(place, this.#worn.get(idOf(place)));
    for (const { id, element } of this.map.steps) this.#wear(element, this.#worn.get(id));
    this.#show(there.size, stays.size);
  }

  #wear(place, marks) {
    MARKS.forEach((name, number) => place.classList.toggle(name, marks[number]));
    const words = place.matches("li") && place.firstElementChild;
    if (words && !words.dataset.aside) words.dataset.aside = this.sentences.say("aside");
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
