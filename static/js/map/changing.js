// Saying a stop differently: only what was changed is sent, with what stood there when the form was opened.
import { complain } from "./begun.js";

const FIELDS = ["text", "note", "kind", "state", "intended", "when"];

export class Changing {
  #known = {};

  constructor(panel) {
    this.panel = panel;
    this.form = panel.root.querySelector('[data-part="change"]');
    this.#nameMonths();
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#keep();
    });
  }

  enter(node) {
    const { bench, drafts } = this.panel;
    const { elements } = this.form;
    const [year = "", month = "", day = ""] = (node.when ?? "").split("-");
    this.#known = Object.fromEntries(FIELDS.map((field) => [field, node[field] ?? ""]));
    for (const [name, value] of Object.entries({ text: node.text, note: node.note, kind: node.kind, year, month, day })) {
      elements[name].value = value ?? "";
    }
    elements.state.value = node.state;
    elements.intended.checked = node.intended;
    complain(this.form, "");
    if (drafts.restore(this.form)) bench.said.say("draft");
  }

  #keep() {
    const { bench, drafts, id } = this.panel;
    const told = this.#told();
    if (!told.text) return complain(this.form, bench.said.word("needed"));
    const changed = FIELDS.filter((field) => told[field] !== this.#known[field]);
    const only = (facts) => Object.fromEntries(changed.map((field) => [field, facts[field]]));
    drafts.forget(this.form);
    if (changed.length) bench.operations.do("edit", { node_id: id, set: only(told), was: only(this.#known) });
    this.panel.show("main");
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
