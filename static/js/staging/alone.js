// A tablet that cannot hear the meeting: who holds it goes along by hand, and joins the others when there is wifi.
const PATIENCE = 8000; // a short gap is nothing to speak of

export class Alone {
  #timer = 0;

  constructor({ root, steps, live }) {
    Object.assign(this, { root, steps, place: root.querySelector("[data-alone]") });
    live.addEventListener("lost", () => (this.#timer ||= setTimeout(() => this.#show(true), navigator.onLine ? PATIENCE : 0)));
    addEventListener("offline", () => this.#show(true));
    live.addEventListener("open", () => this.#show(false));
    for (const button of this.place.querySelectorAll("[data-go-along]")) {
      button.addEventListener("click", () => this.#go(Number(button.dataset.goAlong)));
    }
    for (const name of ["visit", "move"]) steps.addEventListener(name, () => this.#fit());
  }

  get #at() {
    return this.steps.all.findIndex((step) => !step.hidden);
  }

  #go(by) {
    this.steps.visit(this.steps.all[this.#at + by]);
    scrollTo({ top: 0 });
    this.root.querySelector(".stage-step:not([hidden]) .question")?.scrollIntoView({ block: "nearest" });
  }

  #show(isAlone) {
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.place.hidden = !isAlone;
    this.#fit();
  }

  #fit() {
    if (!this.place.hidden) this.steps.behind.hidden = true; // nobody knows where the others are
    else if (this.steps.all[this.#at]?.dataset.stepId !== this.root.dataset.step) this.steps.behind.hidden = this.#at < 0;
    for (const button of this.place.querySelectorAll("[data-go-along]")) {
      button.hidden = !this.steps.all[this.#at + Number(button.dataset.goAlong)];
    }
  }
}
