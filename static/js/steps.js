// Which part of the meeting is shown: where everybody is, or an earlier one that somebody still works on.
import { hasWords } from "./drafts.js";

// The forms at a map hold what stands there already; it says itself whether something was begun.
export function isBegun(step) {
  return Boolean(step.querySelector("[data-begun]")) || [...step.querySelectorAll("form:not([data-panel] form)")].some(hasWords);
}

export class Steps extends EventTarget {
  constructor(root) {
    super();
    this.root = root;
    this.all = [...root.querySelectorAll(".stage-step")];
    this.moved = root.querySelector("[data-moved]");
    this.behind = root.querySelector("[data-behind]");
    this.moved.querySelector("[data-finish]").addEventListener("click", () => this.visit(this.#unfinished() ?? this.#now()));
    this.behind.querySelector("[data-catch-up]").addEventListener("click", () => this.move(root.dataset.step));
    root.addEventListener("map:begun", () => this.#remind()); // a map is ready later than this
    this.#remind(); // left here before the page was loaded again
  }

  // Everybody goes on, or back.
  move(stepId) {
    this.root.dataset.step = stepId;
    this.#show(stepId);
    this.behind.hidden = true;
    this.#remind();
    scrollTo({ top: 0 });
    this.dispatchEvent(new Event("move"));
  }

  close() {
    const last = this.root.querySelector('[data-kind="close"]') ?? this.all.at(-1);
    for (const harvest of this.root.querySelectorAll("[data-harvest]")) harvest.hidden = false;
    this.move(last.dataset.stepId);
  }

  // Only this tablet goes there.
  visit(step) {
    this.#show(step.dataset.stepId);
    this.moved.hidden = true;
    this.behind.hidden = step.dataset.stepId === this.root.dataset.step;
    this.dispatchEvent(new Event("visit"));
  }

  #remind() {
    if (this.behind.hidden) this.moved.hidden = !this.#unfinished();
  }

  #now() {
    return this.all.find((step) => step.dataset.stepId === this.root.dataset.step);
  }

  #unfinished() {
    return this.all.find((step) => step !== this.#now() && isBegun(step));
  }

  #show(stepId) {
    for (const step of this.all) step.hidden = step.dataset.stepId !== stepId;
    for (const mark of this.root.querySelectorAll("[data-step-mark]")) mark.hidden = mark.dataset.stepMark !== stepId;
    this.dispatchEvent(new Event("show"));
  }
}
