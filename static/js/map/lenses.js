// Ways to look at a map. They combine, they change nothing, and the address remembers them so that they can be shared.
// The state stands behind the # of the address: what somebody looks for reaches no log.
import { Filters } from "./filters.js";
import { Layers } from "./layers.js";
import { Replay } from "./replay.js";
import { Search } from "./search.js";
import { Sentences } from "./sentences.js";
import { isOfMap, readMap } from "./stops.js";
import { Thread } from "./thread.js";

const MARK = "#?";
const PATIENCE = 400; // a browser allows few changes of its address in a short time
const MARKS = ["is-not-yet", "is-aside", "is-found", "is-here", "is-appearing"];

export default function lenses(bar) {
  new Lenses(bar);
  bar.hidden = false;
}

class Lenses {
  #here = null;
  #waiting = 0;
  #writing = 0;

  constructor(bar) {
    this.bar = bar;
    this.scope = bar.closest("[data-behavior=workbench], [data-maps]") ?? bar.parentElement;
    this.sentences = new Sentences(JSON.parse(bar.dataset.sentences));
    this.replay = new Replay(this);
    this.search = new Search(this);
    this.filters = new Filters(this);
    this.narrow = [new Layers(this), new Thread(this), this.filters];
    this.parts = [...this.narrow, this.search, this.replay];
    for (const button of bar.querySelectorAll("[data-show-everything]")) button.addEventListener("click", () => this.clear());
    addEventListener("hashchange", () => location.hash.startsWith(MARK) && this.#read());
    this.scope.addEventListener("map:changed", () => this.#soon());
    new MutationObserver((records) => this.#hear(records)).observe(this.scope, { childList: true, subtree: true });
    this.#read();
    bar.querySelector("details").open ||= this.isOn;
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
    this.bar.querySelector("summary").focus();
  }

  mark(id) {
    this.#here = id;
    this.#look();
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

  #hear(records) {
    const isMap = ({ target, addedNodes, removedNodes }) =>
      !this.bar.contains(target) && [...addedNodes, ...removedNodes].some(isOfMap);
    if (records.some(isMap)) this.#soon();
  }

  // Many changes at once need one look.
  #soon() {
    this.#waiting ||= requestAnimationFrame(() => {
      this.#waiting = 0;
      this.#update();
    });
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
    for (const stop of all) {
      const { id } = stop;
      const marks = [!there.has(stop), there.has(stop) && !stays.has(stop), found.has(id), id === this.#here, id === appearing];
      this.#paint(stop, marks);
    }
    const keeps = (id, among) => among.has(this.map.stops.get(id));
    for (const step of this.map.steps) {
      const isThere = keeps(step.source, there) && keeps(step.target, there);
      const isKept = this.filters.keepsStep(step) && keeps(step.source, stays) && keeps(step.target, stays);
      wear(step.element, [!isThere, isThere && !isKept, false, false, false]);
    }
    this.#show(there.size, stays.size);
  }

  #paint({ shape, row }, marks) {
    if (shape) wear(shape, marks);
    if (!row) return;
    wear(row, marks);
    if (marks[1]) row.dataset.aside = this.sentences.say("aside");
    else delete row.dataset.aside;
  }

  #show(there, stays) {
    const state = this.bar.querySelector("[data-lens-state]");
    const line = state.querySelector("[data-lens-line]");
    const told = stays < there ? this.sentences.say("partly", { n: there, shown: stays }) : "";
    state.classList.toggle("is-on", this.isOn);
    state.querySelector("[data-show-everything]").hidden = !this.isOn;
    if (line.textContent !== told) line.textContent = told;
  }
}

function wear(element, marks) {
  MARKS.forEach((name, place) => element.classList.toggle(name, marks[place]));
}
