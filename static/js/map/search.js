// Looking for words: only in what this page shows, so never in what is not for these eyes.
import { reveal, textsOf } from "./stops.js";

export class Search {
  #found = [];
  #at = -1;

  constructor(lenses) {
    this.lenses = lenses;
    this.root = lenses.bar.querySelector("[data-search]");
    this.field = this.root.querySelector("input");
    this.line = this.root.querySelector("[data-search-line]");
    this.go = this.root.querySelector("[data-search-go]");
    this.buttons = [...this.root.querySelectorAll("[data-search-step]")];
    this.field.addEventListener("input", () => {
      this.#at = -1;
      lenses.change();
      this.#arrive();
    });
    this.field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      this.step(event.shiftKey ? -1 : 1);
    });
    for (const button of this.buttons) button.addEventListener("click", () => this.step(Number(button.dataset.searchStep)));
    this.go.addEventListener("click", () => this.#here?.row?.querySelector("[data-stop], .item")?.focus());
  }

  get isOn() {
    return this.field.value.trim() !== "";
  }

  get #here() {
    return this.#found[this.#at];
  }

  read(address) {
    this.field.value = address.get("words") ?? "";
  }

  write(address) {
    if (this.isOn) address.set("words", this.field.value.trim());
  }

  update({ stops }) {
    this.folded = [...stops.values()].reduce((sum, { folded }) => sum + folded, 0);
  }

  // After each look: which of the stops that are still to be seen hold these words.
  look(stays) {
    const here = this.#here?.id;
    const wanted = fold(this.field.value).split(/\s+/).filter(Boolean);
    const has = (stop) => wanted.every((word) => fold(stop.words).includes(word));
    this.#found = wanted.length ? stays.filter(has) : [];
    this.#at = Math.max(this.#found.findIndex(({ id }) => id === here), Math.min(0, this.#found.length - 1));
    this.#mark(wanted);
    return new Set(this.#found.map(({ id }) => id));
  }

  step(by) {
    const many = this.#found.length;
    this.#at = many ? (this.#at + by + many) % many : -1;
    this.#arrive();
  }

  #arrive() {
    this.#tell();
    this.lenses.mark(this.#here?.id ?? null);
    if (this.#here) reveal(this.lenses.scope, this.#here);
  }

  #tell() {
    const { sentences } = this.lenses;
    const many = this.#found.length;
    const told = [sentences.say(many ? "match" : "noMatch", { at: this.#at + 1, n: many })];
    if (this.folded) told.push(sentences.say("folded", { n: this.folded }));
    this.line.textContent = this.isOn ? told.join(" · ") : "";
    this.go.hidden = !many;
    this.go.textContent = this.#here?.words ?? "";
    for (const button of this.buttons) button.disabled = many < 2;
  }

  // Marked without touching what stands there.
  #mark(wanted) {
    this.#tell();
    if (!globalThis.CSS?.highlights) return;
    const ranges = this.#found.flatMap(({ row }) => textsOf(row).flatMap((text) => rangesOf(text, wanted)));
    CSS.highlights.set("found", new Highlight(...ranges));
  }
}

// Small letters without accents; each stays as long as it was, so that places in it are places in the text.
function fold(text) {
  return text.replace(/\p{L}/gu, (letter) => {
    const [base, ...marks] = letter.normalize("NFD");
    const plain = (marks.every((mark) => /\p{M}/u.test(mark)) ? base : letter).toLowerCase();
    return plain.length === letter.length ? plain : letter;
  });
}

function rangesOf(text, wanted) {
  const folded = fold(text.data);
  return wanted.flatMap((word) => {
    const ranges = [];
    for (let start = folded.indexOf(word); start >= 0; start = folded.indexOf(word, start + word.length)) {
      const range = new Range();
      range.setStart(text, start);
      range.setEnd(text, start + word.length);
      ranges.push(range);
    }
    return ranges;
  });
}
