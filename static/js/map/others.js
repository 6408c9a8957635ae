// Somebody else at the same stop: what they said of it, in plain words.
import { short } from "./said.js";

const OF_WORDS = ["text", "note"];
const FIELDS = [...OF_WORDS, "kind", "state", "intended", "when"];

export class Others {
  constructor({ said, names, shapes }) {
    Object.assign(this, { said, names, shapes });
  }

  // They changed what I had changed before.
  changed(before, now) {
    const different = FIELDS.filter((field) => now[field] !== before[field]);
    if (!different.length) return;
    this.said.say("changed", { words: short(before.text), now: this.#listed(different, now) });
  }

  // I changed what they had changed a moment before: `met` is what they said, by field.
  met(met) {
    const fields = FIELDS.filter((field) => field in met);
    const told = [
      ["met", fields.filter((field) => OF_WORDS.includes(field) && met[field])],
      ["chosen", fields.filter((field) => !OF_WORDS.includes(field) || !met[field])],
    ];
    const sentences = told.filter(([, some]) => some.length).map(([word, some]) => this.said.word(word, { words: this.#listed(some, met) }));
    this.said.tell(sentences.join(" "));
  }

  taken(before) {
    this.said.say("taken", { words: short(before.text) });
  }

  // Between the quotation marks of the sentence.
  #listed(fields, facts) {
    return fields.map((field) => this.#plain(field, facts[field])).join("”, “");
  }

  #plain(field, value) {
    const { said, names, shapes } = this;
    if (field === "intended") return said.word(value ? "intended" : "unintended");
    const words = { kind: () => names.kinds[value], state: () => names.states[value], when: () => shapes.when(value) }[field]?.() ?? value;
    return words ? short(words) : said.word("nothing");
  }
}
