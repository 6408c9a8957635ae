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
    if (now !== this.now || !this.knows(this.#chosen)) this.#chosen = null; // the meeting moved on
    this.now = now;
    const bar = this.root.querySelector("[data-sieves]");
    if (bar) bar.hidden = false;
  }

  knows(key) {
    return this.#buttons.some((button) => button.dataset.only === key);
  }

  // How many older ones are not on the page: of one kind, or of all.
  unseen(key = "") {
    const buttons = this.#buttons.filter((button) => !key || button.dataset.only === key);
    return buttons.reduce((sum, button) => sum + Number(button.dataset.unseen ?? 0), 0);
  }

  count() {
    const cards = [...this.root.querySelectorAll("[data-arrival]")];
    const only = this.#chosen ?? this.now ?? "";
    for (const button of this.#buttons) {
      const key = button.dataset.only;
      const number = cards.filter((card) => !key || card.dataset.sieve === key).length + this.unseen(key);
      button.querySelector("[data-number]").textContent = number;
      button.setAttribute("aria-pressed", String(key === only));
      // One with nothing in it is noise; but not while it is pressed, or has the focus.
      button.hidden = !number && ![only, this.now, ""].includes(key) && button !== document.activeElement;
    }
    for (const card of cards) card.hidden = Boolean(only) && card.dataset.sieve !== only;
    for (const group of this.root.querySelectorAll("[data-group]")) {
      group.hidden = Boolean(only) && group.dataset.of !== only.split(":")[0];
      group.querySelector("[data-no-cards]").hidden = Boolean(group.querySelector("[data-arrival]:not([hidden])"));
    }
    const total = cards.length + this.unseen();
    this.root.querySelector("[data-count]").textContent = total;
    this.root.querySelector("[data-empty]").hidden = total > 0;
    this.#countOlder(this.unseen(only));
    const topic = this.root.querySelector('[data-key="new-topic"]');
    if (only && topic && document.activeElement !== topic) topic.value = only.split(":")[0];
  }

  #countOlder(number) {
    const link = this.root.querySelector("[data-older-ones]");
    if (!link) return;
    link.hidden = !number;
    link.querySelector("[data-number]").textContent = number;
  }
}
