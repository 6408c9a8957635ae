// Sentences in the language of the page: the server writes them, here only numbers and words are filled in.
export class Sentences {
  #rules = new Intl.PluralRules(document.documentElement.lang || "en");

  constructor(all) {
    this.all = all;
  }

  // `n` chooses the form of a sentence that has several.
  say(name, facts = {}) {
    const forms = this.all[name];
    const sentence = typeof forms === "string" ? forms : (forms[this.#rules.select(facts.n)] ?? forms.other);
    return sentence.replace(/\{(\w+)\}/g, (whole, fact) => facts[fact] ?? whole);
  }
}
