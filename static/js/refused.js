// What the server refused waits here with the reason: its maker changes it, or drops it.
import { fill, hasWords } from "./drafts.js";

export class Refused {
  #changing = new Map(); // forms, each with the id of what is being changed in it

  constructor(root, { outbox, mine, steps, proposals }) {
    Object.assign(this, { root, outbox, mine, steps, proposals });
    this.rewriting = root.querySelector("[data-rewriting]");
    this.dropping = root.querySelector("[data-dropping]");
    mine.list.addEventListener("click", ({ target }) => {
      const id = target.closest("[data-contribution]")?.dataset.contribution;
      if (target.closest("[data-change]")) this.#change(id);
      if (target.closest("[data-drop]")) this.#drop(id);
    });
  }

  // The id of what is changed in this form, or nothing when it holds something new.
  async replaces(form, body) {
    const item = this.#changing.has(form) && (await this.outbox.find(this.#changing.get(form)));
    this.#letGo(form);
    const isAboutTheSame = item && (item.topic !== "stance" || item.body.impact_id === body.impact_id);
    return isAboutTheSame ? item.id : undefined;
  }

  async #change(id) {
    await this.outbox.hold(id);
    const item = await this.outbox.find(id);
    if (!item) return;
    const form = this.#formFor(item);
    if (!form) return this.#rewrite(item);
    this.#changing.set(form, id);
    form.addEventListener("reset", () => this.#letGo(form), { once: true });
    fill(form, item.body);
    for (const name of ["input", "change"]) form.dispatchEvent(new Event(name, { bubbles: true }));
    form.dispatchEvent(new Event("refill"));
    form.scrollIntoView({ block: "center" });
    form.querySelector("[data-part]:not([hidden]) textarea, :scope > textarea, textarea")?.focus();
  }

  #letGo(form) {
    this.outbox.release(this.#changing.get(form));
    this.#changing.delete(form);
  }

  // Its form, brought to the front; none when that is not here, speaks of something else, or holds other words.
  #formFor({ topic, body }) {
    const form = this.root.querySelector(`[data-contribution-form="${CSS.escape(topic)}"]`);
    if (!form || hasWords(form) || body.workshop_id !== this.root.dataset.workshop) return null;
    if (topic === "stance" && !this.proposals.ask(body.impact_id)) return null;
    if (body.moment_id && body.moment_id !== form.elements.moment_id?.value) return null;
    this.steps.visit(form.closest(".stage-step"));
    const half = form.closest("[data-half]");
    if (half) this.proposals.showHalf(half.dataset.half);
    if (form.closest("[data-telling][hidden]")) this.#press("[data-tell-more]");
    if (form.closest("[data-naming][hidden]")) this.#press("[data-to-naming] button");
    return form;
  }

  #press(button) {
    const found = this.root.querySelector(button);
    found?.click();
    return Boolean(found);
  }

  async #rewrite(item) {
    const field = this.rewriting.querySelector("textarea");
    const name = Object.keys(item.body).find((each) => item.words && item.body[each] === item.words);
    this.rewriting.querySelector("[data-problem]").textContent = item.problem ?? "";
    field.value = item.words;
    field.readOnly = !name;
    const isSent = (await answer(this.rewriting)) === "yes" && field.value.trim();
    this.outbox.release(item.id);
    if (!isSent || !(await this.outbox.find(item.id))) return;
    const body = name ? { ...item.body, [name]: field.value } : item.body;
    this.mine.add(item.id, field.value, "draft");
    await this.outbox.keep({ ...item, body, words: field.value });
  }

  async #drop(id) {
    const item = await this.outbox.find(id);
    if (!item) return;
    this.dropping.querySelector("q").textContent = item.words;
    if ((await answer(this.dropping)) !== "yes") return;
    await this.outbox.drop(id);
    if (!this.mine.isKept(id)) this.mine.remove(id); // or it was accepted while we asked
    this.mine.focus();
  }
}

// What was chosen in a dialog; nothing when it was closed otherwise.
function answer(dialog) {
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", () => resolve(dialog.returnValue), { once: true }));
}
