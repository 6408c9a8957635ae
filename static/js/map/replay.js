// The map grows again: a slider takes stops away from the end, and puts them back one by one.
import { inTime, inTelling } from "./order.js";
import { reveal } from "./stops.js";

const PACE = 1200; // milliseconds for one stop: long enough to read its words
const MOST_STEPS = 120; // a large map grows by more stops at a time

export class Replay {
  #timer = 0;
  #isTold = false; // whether somebody moved it
  #at = null; // how many stops are there; null is all of them, also those that still come

  constructor(lenses) {
    this.lenses = lenses;
    this.root = lenses.bar.querySelector("[data-replay]");
    this.slider = this.root.querySelector("input[type=range]");
    this.line = this.root.querySelector("[data-replay-line]");
    this.button = this.root.querySelector("[data-replay-play]");
    this.ways = this.root.querySelector("[data-replay-ways]");
    this.slider.addEventListener("input", () => {
      this.pause();
      this.goTo(Number(this.slider.value));
    });
    this.button.addEventListener("click", () => (this.#timer ? this.pause() : this.play()));
    this.ways.addEventListener("change", () => this.#turn());
  }

  get isOn() {
    return this.#at !== null;
  }

  get #way() {
    return this.ways.querySelector("input:checked").value;
  }

  read(address) {
    const at = Number(address.get("at"));
    this.#at = at > 0 ? at : null;
    this.#isTold = this.isOn;
    this.ways.querySelector(`input[value="${address.get("by") === "when" ? "when" : "told"}"]`).checked = true;
    if (!this.isOn) this.pause();
  }

  write(address) {
    if (!this.isOn) return;
    address.set("at", this.#at);
    if (this.#way === "when") address.set("by", "when");
  }

  update({ stops, links }) {
    this.map = { stops: [...stops.values()], links };
    const dated = this.map.stops.some(({ when }) => when);
    this.ways.hidden = !dated;
    if (!dated) this.ways.querySelector("[value=told]").checked = true;
    this.#sort();
  }

  prepare() {
    const all = this.order.length;
    const at = this.#at ?? all;
    this.slider.max = all;
    this.slider.value = at;
    this.slider.disabled = this.button.disabled = all < 2;
    this.there = new Set(this.order.slice(0, at).map(({ id }) => id));
    this.#tell(this.order[at - 1], at);
  }

  isThere({ id }) {
    return this.there.has(id);
  }

  goTo(at) {
    const stop = this.order[at - 1];
    this.#at = at < this.order.length ? at : null;
    this.#isTold = true;
    this.lenses.change(stop?.id);
    if (stop) reveal(this.lenses.scope, stop);
  }

  play() {
    const jump = Math.ceil(this.order.length / MOST_STEPS);
    if (!this.isOn) this.goTo(1);
    this.#timer = setInterval(() => {
      this.goTo(Math.min(this.#at + jump, this.order.length));
      if (!this.isOn) this.pause();
    }, PACE);
    this.#showButton();
  }

  pause() {
    clearInterval(this.#timer);
    this.#timer = 0;
    this.#showButton();
  }

  #turn() {
    this.pause();
    this.#sort();
    this.lenses.change();
  }

  #sort() {
    const { stops, links } = this.map;
    this.order = this.#way === "when" ? inTime(stops, links) : inTelling(stops);
    if (this.#at >= this.order.length) this.#at = null;
  }

  #tell(stop, at) {
    const { sentences } = this.lenses;
    const facts = { at, all: this.order.length, text: stop?.words, when: stop?.when && spoken(stop.when) };
    const place = sentences.say("place", facts);
    this.slider.setAttribute("aria-valuetext", place);
    const isDated = stop?.when && this.#way === "when";
    const told = !this.#isTold || !stop ? "" : sentences.say(isDated ? "placeWhen" : "placeTold", facts);
    if (this.line.textContent !== told) this.line.textContent = told; // said once, not at each look
  }

  #showButton() {
    const isPlaying = Boolean(this.#timer);
    for (const face of this.button.querySelectorAll("[data-face]")) face.hidden = (face.dataset.face === "pause") !== isPlaying;
  }
}

// “2024-03” as people say it.
function spoken(when) {
  const [year, month, day] = when.split("-").map(Number);
  const style = { timeZone: "UTC", year: "numeric", ...(month && { month: "long" }), ...(day && { day: "numeric" }) };
  const date = new Date(Date.UTC(year, (month || 1) - 1, day || 1));
  return new Intl.DateTimeFormat(document.documentElement.lang, style).format(date);
}
