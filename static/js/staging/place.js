// Where somebody is, when this page is fetched again in the middle: in another language, or anew for everybody.
export class Place {
  #key;

  constructor({ root, steps, proposals }) {
    Object.assign(this, { root, steps, proposals });
    this.#key = `cocreate-place:${root.dataset.membership}`;
    addEventListener("cocreate:leaving", () => this.leave());
    this.#return();
  }

  leave() {
    const step = this.root.querySelector(".stage-step:not([hidden])")?.dataset.stepId;
    const half = this.root.querySelector("[data-half]:not([hidden])")?.dataset.half;
    try {
      sessionStorage.setItem(this.#key, JSON.stringify({ step, half, on: this.root.dataset.step, scroll: scrollY }));
    } catch {
      // Then it opens where everybody is.
    }
  }

  #return() {
    let left = null;
    try {
      left = JSON.parse(sessionStorage.getItem(this.#key));
      sessionStorage.removeItem(this.#key);
    } catch {
      return;
    }
    if (!left) return;
    if (left.half) this.proposals.showHalf(left.half);
    const step = this.steps.all.find(({ dataset }) => dataset.stepId === left.step);
    // Who was where everybody was goes on with everybody.
    if (step && left.step !== left.on) this.steps.visit(step);
    if (left.on === this.root.dataset.step) scrollTo({ top: left.scroll });
  }
}
