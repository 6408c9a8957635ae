// Only these voices, kinds or relations. Nothing ticked means everything; what does not occur is not offered.
const FACTS = ["voice", "kind", "relation"];

export class Filters {
  constructor(lenses) {
    this.lenses = lenses;
    this.root = lenses.bar.querySelector("[data-filters]");
    this.boxes = [...this.root.querySelectorAll("[data-filter]")];
    this.root.addEventListener("change", () => lenses.change());
  }

  get isOn() {
    return this.boxes.some((box) => box.checked);
  }

  read(address) {
    for (const box of this.boxes) box.checked = address.getAll(box.dataset.filter).includes(box.value);
  }

  write(address) {
    for (const box of this.boxes) if (box.checked) address.append(box.dataset.filter, box.value);
  }

  update({ stops, steps }) {
    this.steps = steps;
    const counts = new Map();
    const count = (fact, value) => counts.set(`${fact} ${value}`, (counts.get(`${fact} ${value}`) ?? 0) + 1);
    for (const stop of stops.values()) for (const fact of ["voice", "kind"]) count(fact, stop[fact]);
    for (const { relation } of steps) count("relation", relation);
    for (const box of this.boxes) {
      const many = counts.get(`${box.dataset.filter} ${box.value}`) ?? 0;
      const row = box.closest("li");
      row.hidden = !many && !box.checked; // what somebody ticked does not vanish under their finger
      row.querySelector("[data-count]").textContent = many;
    }
    for (const group of this.root.querySelectorAll("[data-filter-group]")) {
      group.hidden = group.querySelectorAll("li:not([hidden])").length < 2 && !group.querySelector(":checked");
    }
  }

  prepare() {
    const chosen = (fact) => this.boxes.filter((box) => box.checked && box.dataset.filter === fact).map((box) => box.value);
    this.chosen = Object.fromEntries(FACTS.map((fact) => [fact, new Set(chosen(fact))]));
    this.ends = new Set(this.steps.filter((step) => this.keepsStep(step)).flatMap(({ source, target }) => [source, target]));
  }

  keeps(stop) {
    const { voice, kind, relation } = this.chosen;
    const fits = (wanted, value) => !wanted.size || wanted.has(value);
    return fits(voice, stop.voice) && fits(kind, stop.kind) && (!relation.size || this.ends.has(stop.id));
  }

  keepsStep({ relation }) {
    return !this.chosen.relation.size || this.chosen.relation.has(relation);
  }
}
