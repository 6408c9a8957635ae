// What the map says: one quiet line, in sentences that stand in the page.
const READ = 20_000; // milliseconds, in which also slow readers have read it
const WHILE_SO = new Set(["offline", "memory", "refused"]);

export class Said {
  #leaving = 0;

  constructor(root) {
    this.words = root.querySelector("template[data-map-words]").content;
    this.place = root.querySelector("[data-said]");
    this.line = this.place.querySelector("[data-said-line]");
    this.undo = this.place.querySelector("[data-said-undo]");
    this.stop = this.place.querySelector("[data-said-stop]");
    this.announced = root.querySelector("[data-announce]");
    this.name = "";
  }

  word(name, slots = {}) {
    const said = this.words.querySelector(`[data-word="${name}"]`)?.textContent ?? "";
    return said.replace(/\{(\w+)\}/g, (whole, key) => slots[key] ?? whole);
  }

  // `undo`: what was said can be taken back at once; `stop`: something is under way.
  say(name, slots = {}, { undo = false, stop = false } = {}) {
    this.tell(this.word(name, slots), { undo, stop });
    this.name = name;
    if (WHILE_SO.has(name)) clearTimeout(this.#leaving);
  }

  tell(text, { undo = false, stop = false } = {}) {
    this.name = "";
    this.place.hidden = !text;
    this.line.textContent = text;
    this.undo.hidden = !undo;
    this.stop.hidden = !stop;
    clearTimeout(this.#leaving);
    if (text && !undo && !stop) this.#leave();
  }

  // What asks for nothing goes by itself, once somebody could have read it.
  #leave() {
    this.#leaving = setTimeout(() => (document.hidden ? this.#leave() : this.tell("")), READ);
  }

  // Takes a sentence back when it is no longer true.
  unsay(...names) {
    if (names.includes(this.name)) this.tell("");
  }

  announce(text) {
    this.announced.textContent = text;
  }
}

export const short = (text) => (text.length > 60 ? `${text.slice(0, 58).trimEnd()}…` : text);
