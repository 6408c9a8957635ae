// Plan against what happened: one map, two readable layers, and how they relate in numbers.
const PLANNED = new Set(["planned", "changed", "dropped"]);
const HAPPENED = new Set(["happened", "changed", "emerged"]);

export class Layers {
  constructor(lenses) {
    this.lenses = lenses;
    this.switch = lenses.bar.querySelector("[data-layers]");
    this.line = lenses.bar.querySelector("[data-layers-line]");
    this.switch.addEventListener("change", () => lenses.change());
  }

  get layer() {
    return this.switch.querySelector("input:checked")?.value ?? "";
  }

  get isOn() {
    return this.layer !== "";
  }

  read(address) {
    const wanted = address.get("layer") ?? "";
    const inputs = [...this.switch.querySelectorAll("input")];
    const found = inputs.find((input) => input.value === wanted) ?? inputs[0];
    found.checked = true;
  }

  write(address) {
    if (this.isOn) address.set("layer", this.layer);
  }

  update({ stops, steps }) {
    const next = new Set(steps.filter(({ relation }) => relation === "planned_next").map(({ target }) => target));
    // What happened was also planned when it is a plan itself, or when a step says that it was planned next.
    this.asPlanned = ({ id, kind, state }) => state === "happened" && (kind === "plan" || next.has(id));
    const all = [...stops.values()];
    if (this.line) this.line.textContent = this.#told(all);
  }

  keeps(stop) {
    if (this.layer === "plan") return PLANNED.has(stop.state) || this.asPlanned(stop);
    return this.layer !== "happened" || HAPPENED.has(stop.state);
  }

  #told(all) {
    const { sentences } = this.lenses;
    const count = (state) => all.filter((stop) => stop.state === state).length;
    const tell = (whole, n, parts) => {
      const told = parts.filter(([, part]) => part > 0).map(([name, part]) => sentences.say(name, { n: part }));
      return sentences.say(whole, { n }) + (told.length ? `: ${told.join(", ")}.` : ".");
    };
    const asPlanned = all.filter(this.asPlanned).length;
    const plan = { asPlanned, changed: count("changed"), dropped: count("dropped"), open: count("planned") };
    const planned = Object.values(plan).reduce((sum, part) => sum + part, 0);
    const emerged = count("emerged");
    const happened = count("happened") + count("changed") + emerged;
    return [tell("planned", planned, Object.entries(plan)), tell("happened", happened, [["emerged", emerged]])].join(" ");
  }
}
