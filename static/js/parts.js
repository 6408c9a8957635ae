// One question at a time: a form with parts shows one of them, and its main button goes on to the next.
export class Parts {
  constructor(form) {
    this.form = form;
    this.all = [...form.querySelectorAll("[data-part]")];
    this.show(0, false);
    form.addEventListener("refill", () => this.show(0));
    form.querySelector("[data-skip]")?.addEventListener("click", () => this.skip());
  }

  get isLast() {
    return this.all.length === 0 || this.now === this.all.length - 1;
  }

  show(index, focus = true) {
    this.now = index;
    this.all.forEach((part, place) => (part.hidden = place !== index));
    this.form.dispatchEvent(new Event("part"));
    if (focus) this.all[index]?.querySelector("textarea, input")?.focus();
  }

  next() {
    this.show(this.now + 1);
  }

  // Skipping the first question of a moment leaves nothing to keep; skipping a later one keeps what is there.
  skip() {
    this.all[this.now]?.querySelectorAll("textarea").forEach((field) => (field.value = ""));
    if (this.isLast) this.form.requestSubmit();
    else this.next();
  }
}
