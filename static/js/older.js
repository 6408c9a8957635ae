// What was told before the newest that are on the console: brought when asked for.
import { FIRST_ACT } from "./leaving.js";

export class Older {
  #most;

  constructor(root, look) {
    this.root = root;
    this.look = look;
    this.#most = Number(this.#section.dataset.most);
    root.addEventListener("click", (event) => {
      if (!event.target.closest("[data-older-ones]")) return;
      event.preventDefault();
      this.#bring();
    });
  }

  get #section() {
    return this.root.querySelector("[data-arriving]");
  }

  // How many loose cards of each kind. What somebody is busy with stays, also when many newer ones came before it.
  get most() {
    const places = new Map();
    let most = this.#most;
    for (const card of this.root.querySelectorAll("[data-loose] > [data-arrival]")) {
      const place = (places.get(card.dataset.sieve) ?? 0) + 1;
      places.set(card.dataset.sieve, place);
      if (card.contains(document.activeElement) || card.querySelector("details[open]")) most = Math.max(most, place);
    }
    return most;
  }

  // The focus goes to the first of them.
  async #bring() {
    const seen = new Set([...this.root.querySelectorAll("[data-arrival]")].map((card) => card.dataset.arrival));
    this.#most = Number(this.#section.dataset.more);
    await this.look();
    const found = [...this.root.querySelectorAll("[data-arrival]:not([hidden])")];
    found.find((card) => !seen.has(card.dataset.arrival))?.querySelector(FIRST_ACT)?.focus();
  }
}
