// One lens in hand at a time, so that the map stays in sight; the others go on doing what they were set to.
const isOpen = (chip) => chip.getAttribute("aria-expanded") === "true";

export class Chips {
  constructor(bar, lenses) {
    this.lenses = lenses;
    this.all = [...bar.querySelectorAll("[data-chip]")];
    for (const chip of this.all) chip.addEventListener("click", () => this.open(isOpen(chip) ? null : chip));
  }

  get isOpen() {
    return this.all.some(isOpen);
  }

  open(chosen) {
    for (const chip of this.all) {
      chip.setAttribute("aria-expanded", String(chip === chosen));
      document.getElementById(chip.getAttribute("aria-controls")).hidden = chip !== chosen;
    }
    if (chosen) this.lenses.look();
  }

  // What came with the address can be seen and changed at once.
  openFirst() {
    this.open(this.all.find((chip) => this.lenses[chip.dataset.chip].isOn) ?? null);
  }

  show() {
    for (const chip of this.all) {
      const { isOn } = this.lenses[chip.dataset.chip];
      chip.classList.toggle("is-on", isOn);
      chip.querySelector("[data-chip-on]").hidden = !isOn;
    }
  }

  focus() {
    (this.all.find(isOpen) ?? this.all[0]).focus();
  }
}
