// Saying a stop differently: only what was changed is sent, with what stood there when the form was opened.
import { complain } from "./begun.js";
import { partsOf } from "./mending.js";

const FIELDS = ["text", "note", "kind", "state", "intended", "when"];

export class Changing {
  #known = {};

  constructor(panel) {
    this.panel = panel;
    this.form = panel.root.querySelector('[data-part="change"]');
    this.#nameMonths();
    panel.drafts.keeps(this.form, () => this.#changes());
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#keep();
    });
  }

  // As it stands now, with what was changed here earlier: of that, we know what stood there then.
  enter(node) {
    const { bench, drafts } = this.panel;
    const { set, was } = drafts.of(this.form) ?? {};
    const now = Object.fromEntries(FIELDS.map((field) => [field, node[field] ?? ""]));
    this.#known = { ...now, ...was };
    this.#fill({ ...now, ...set });
    complain(this.form, "");
    if (set) bench.said.say("draft");
  }

  // The stop is gone: the words of others go, my own stay.
  loosen() {
    const { set = {} } = this.#changes() ?? {};
    for (const field of ["text", "note"].filter((each) => !(each in set))) {
      this.#known[field] = this.form.elements[field].value = "";
    }
  }

  #keep() {
    const { bench, drafts, id, isLoose } = this.panel;
    const changes = this.#changes();
    if (isLoose) return this.#growInstead(changes?.set ?? {});
    if (!this.#told().text) return complain(this.form, bench.said.word("needed"));
    drafts.forget(this.form);
    if (changes) bench.operations.do("edit", { node_id: id, ...changes });
    return this.panel.show("main");
  }

  // Without the stop that they were about, my words become one of their own.
  #growInstead(set) {
    const { bench, drafts, parts } = this.panel;
    const { text, note } = partsOf({ verb: "edit", set });
    if (!text && !note) return complain(this.form, bench.said.word("needed"));
    drafts.forget(this.form);
    const { state, kind, when } = set;
    return parts.grow.tell({ ...(text ? { text, note } : { text: note }), state, kind, when });
  }

  #fill({ text, note, kind, state, intended, when }) {
    const { elements } = this.form;
    const [year = "", month = "", day = ""] = when.split("-");
    for (const [name, value] of Object.entries({ text, note, kind, year, month, day })) elements[name].value = value;
    elements.state.value = state;
    elements.intended.checked = intended;
  }

  // Only what differs, with what stood there when somebody began: two who met are both told. No stop is without words.
  #changes() {
    const told = this.#told();
    const changed = FIELDS.filter((field) => told[field] !== this.#known[field] && (field !== "text" || told.text));
    const only = (facts) => Object.fromEntries(changed.map((field) => [field, facts[field]]));
    return changed.length ? { set: only(told), was: only(this.#known) } : null;
  }

  #told() {
    const { text, note, kind, state, intended } = this.form.elements;
    return {
      text: text.value.trim(),
      note: note.value.trim(),
      kind: kind.value,
      state: state.value,
      intended: intended.checked,
      when: this.#when(),
    };
  }

  // As exact as it was filled in; a day without its month is left out.
  #when() {
    const { year, month, day } = this.form.elements;
    const [wholeYear, wholeDay] = [year.value.trim(), day.value.trim()];
    if (!/^\d{4}$/.test(wholeYear)) return wholeYear ? this.#known.when : "";
    if (!month.value) return wholeYear;
    const told = `${wholeYear}-${month.value}`;
    const exact = `${told}-${wholeDay.padStart(2, "0")}`;
    const isDay = /^\d{1,2}$/.test(wholeDay) && new Date(`${exact}T12:00:00Z`).toJSON()?.startsWith(exact);
    return isDay ? exact : told;
  }

  #nameMonths() {
    const format = new Intl.DateTimeFormat(document.documentElement.lang, { month: "long", timeZone: "UTC" });
    for (const option of this.form.elements.month.options) {
      if (option.value) option.textContent = format.format(new Date(`2024-${option.value}-15T12:00:00Z`));
    }
  }
}
