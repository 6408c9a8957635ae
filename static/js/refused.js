// What the server refused waits here with the reason: its maker says it differently, copies it, or drops it.
import { copy } from "./copying.js";
import { fill, hasWords } from "./drafts.js";
import { isLoose, mended, mostOf, partsOf, pointing, wordsIn } from "./map/mending.js";
import { answer, Rewriting } from "./rewriting.js";

export class Refused {
  #changing = new Map(); // forms, each with the id of what is being changed in it

  constructor(root, { outbox, mine, steps, proposals, realism }) {
    Object.assign(this, { root, outbox, mine, steps, proposals, realism });
    this.rewriting = new Rewriting(root.querySelector("[data-rewriting]"));
    this.dropping = root.querySelector("[data-dropping]");
    mine.list.addEventListener("click", ({ target }) => {
      const id = target.closest("[data-contribution]")?.dataset.contribution;
      if (target.closest("[data-change]")) this.#change(id);
      if (target.closest("[data-copy]")) this.#copy(id, target.closest("[data-copy]"));
      if (target.closest("[data-drop]")) this.#drop(id);
    });
  }

  // The id of what is changed in this form, or nothing when it holds something new.
  async replaces(form, body) {
    const item = this.#changing.has(form) && (await this.outbox.find(this.#changing.get(form)));
    this.#letGo(form);
    const isAboutTheSame = item && (!["stance", "realism"].includes(item.topic) || item.body.impact_id === body.impact_id);
    return isAboutTheSame ? item.id : undefined;
  }

  async #change(id) {
    await this.outbox.hold(id);
    const item = await this.outbox.find(id);
    if (!item) return this.#forget(id);
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
    if (topic === "realism" && !this.realism.ask(body.impact_id)) return null;
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
    const isDrawn = item.topic === "operation";
    const name = Object.keys(item.body).find((each) => item.words && item.body[each] === item.words);
    const parts = isDrawn ? partsOf(item.body) : name ? { [name]: item.words } : {};
    const told = await this.rewriting.ask(item, parts, isDrawn ? { most: mostOf, isLoose: isLoose(item) } : {});
    this.outbox.release(item.id);
    if (!told) return;
    if (isDrawn) return this.#drawAgain(item, told);
    if (!(await this.outbox.find(item.id))) return;
    const words = told[name] ?? item.words;
    this.mine.add(item.id, words, "draft");
    await this.outbox.keep({ ...item, body: { ...item.body, ...told }, words });
  }

  // One new operation for the one that was refused; what was told about its stop goes along.
  async #drawAgain(item, told) {
    const body = mended(item, told);
    const again = { ...item, id: body.id, body, words: wordsIn(body), state: "here", problem: "", fields: [] };
    const isHere = await this.outbox.replace(item.id, again);
    this.mine.remove(item.id);
    this.mine.focus();
    if (!isHere || item.body.verb !== "grow") return;
    for (const other of await this.outbox.mine()) {
      const about = other.id !== body.id && pointing(other.body, item.body.node_id, body.node_id);
      if (about) await this.outbox.replace(other.id, { ...other, body: about, fields: [] });
    }
  }

  async #copy(id, button) {
    const item = await this.outbox.find(id);
    if (!item) return this.#forget(id);
    if (!(await copy(item.words))) return this.#change(id); // there it can be selected by hand
    button.parentElement.querySelector("[data-copied]").textContent = button.dataset.done;
  }

  async #drop(id) {
    const item = await this.outbox.find(id);
    if (!item) return this.#forget(id);
    this.dropping.querySelector("q").textContent = item.words;
    if ((await answer(this.dropping)) !== "yes") return;
    await this.outbox.drop(id);
    this.#forget(id);
    this.mine.focus();
  }

  // It does not wait here any more; it may have been kept meanwhile.
  #forget(id) {
    if (!this.mine.isKept(id)) this.mine.remove(id);
  }
}
