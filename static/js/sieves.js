// Which cards are looked at: those of the step that is on, or what who leads chose; with how many there are.
export class Sieves {
  #chosen = null; // none: with the step

  constructor(root) {
    this.root = root;
    root.addEventListener("click", (event) => {
      const button = event.target.closest("[data-only]");
      if (!button) return;
      this.#chosen = button.dataset.only;
      this.count();
    });
  }

  get #buttons() {
    return [...this.root.querySelectorAll("[data-only]")];
  }

  ready() {
    const now = this.#buttons.find((button) => "now" in button.dataset)?.dataset.only ?? "";
    if (now !== this.now) this.#chosen = null; // the meeting moved on
    this.now = now;
    const bar = this.root.querySelector("[data-sieves]");
    if (bar) bar.hidden = false;
  }

  knows(key) {
    return this.#buttons.some((button) => button.dataset.only === key);
  }

  count() {
    const cards = [...this.root.querySelectorAll("[data-arrival]")];
    const only = this.#chosen ?? this.now ?? "";
    for (const button of this.#buttons) {
      const key = button.dataset.only;
      button.querySelector("[data-number]").textContent = cards.filter((card) => !key || card.dataset.sieve === key).length;
      button.setAttribute("aria-pressed", String(key === only));
    }
    for (const card of cards) card.hidden = Boolean(only) && card.dataset.sieve !== only;
    for (const group of this.root.querySelectorAll("[data-group]")) {
      group.hidden = Boolean(only) && group.dataset.of !== only.split(":")[0];
      group.querySelector("[data-no-cards]").hidden = Boolean(group.querySelector("[data-arrival]:not([hidden])"));
    }
    this.root.querySelector("[data-count]").textContent = cards.length;
    this.root.querySelector("[data-empty]").hidden = cards.length > 0;
    const topic = this.root.querySelector('[data-key="new-topic"]');
    if (only && topic && document.activeElement !== topic) topic.value = only.split(":")[0];
  }
}
