// Whether it is fair to people: one wish after the other, until I said it of each or passed it by.
import { cardFrom } from "./cards.js";

export class Realism {
  #passed = new Set();

  constructor(stage) {
    this.list = stage.querySelector("[data-checks]");
    if (!this.list) return;
    this.form = stage.querySelector('[data-contribution-form="realism"]');
    this.seen = stage.querySelector("[data-no-checks]");
    this.form.querySelector("[data-skip]").addEventListener("click", () => {
      this.#passed.add(this.now?.dataset.check);
      this.form.reset();
      this.#next();
    });
    this.#next();
  }

  answered(impactId) {
    const one = this.#find(impactId);
    if (one) one.dataset.answered = "";
    this.#next();
  }

  // Asks about this one again; false when it is not here any more.
  ask(impactId) {
    const one = this.#find(impactId);
    if (!one) return false;
    delete one.dataset.answered;
    this.#passed.delete(impactId);
    this.#next(one);
    return true;
  }

  arrive(id, html) {
    if (!this.list) return;
    const known = this.#find(id);
    if (known) {
      known.replaceChildren(cardFrom(html)); // said in other words now
      return;
    }
    const one = document.createElement("div");
    one.dataset.check = id;
    one.hidden = true;
    one.append(cardFrom(html));
    this.list.append(one);
    if (!this.now) this.#next();
  }

  takeAway(id) {
    const isNow = this.now?.dataset.check === id;
    this.#find(id)?.remove();
    if (isNow) this.#next();
  }

  #next(wanted = null) {
    const open = [...this.list.children].filter((one) => !("answered" in one.dataset) && !this.#passed.has(one.dataset.check));
    this.now = wanted ?? open[0] ?? null;
    for (const one of this.list.children) one.hidden = one !== this.now;
    this.form.hidden = !this.now;
    this.form.elements.impact_id.value = this.now?.dataset.check ?? "";
    this.seen.hidden = Boolean(this.now);
  }

  #find(id) {
    return this.list?.querySelector(`[data-check="${CSS.escape(id)}"]`);
  }
}
