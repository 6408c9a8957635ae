// "What you answered": each answer with its state, and what the same person said before, once this one is kept.
import { cardFrom } from "./cards.js";

export class AnswerList {
  #failed = new Map(); // refused answers that wait on the device, by question

  // `refused(item, problem)`: what to do when an answer could not be kept.
  constructor(root, outbox, refused) {
    Object.assign(this, { root, outbox, refused });
    outbox.addEventListener("state", ({ detail: { state, item } }) => this.#isOurs(item) && this.#say(item, state));
  }

  isAnswered(item) {
    const line = this.#line(item);
    return Boolean(line) && !line.hidden && !this.#failed.has(item);
  }

  // Everything that still waits on this tablet, as it stands.
  async restore() {
    for (const item of await this.outbox.mine()) if (this.#isOurs(item)) this.#say(item, item.state);
    for (const line of this.root.querySelectorAll("[data-answer-to]:not([hidden])")) {
      if (line.querySelector(".state-kept")) this.#before(line);
    }
  }

  // A new answer takes the place of one that was refused.
  async replace(item) {
    for (const id of this.#failed.get(item) ?? []) await this.outbox.drop(id);
    this.#failed.delete(item);
  }

  #isOurs(item) {
    return item?.topic === "answer" && item.body.round_id === this.root.dataset.round;
  }

  #line(item) {
    return this.root.querySelector(`[data-answer-to="${CSS.escape(item)}"]`);
  }

  #say(item, state) {
    const place = item.body.item_id;
    const line = this.#line(place);
    if (!line) return;
    line.querySelector("q").textContent = item.words;
    const sign = document.querySelector(`template[data-state="${state}"]`).content.firstElementChild.cloneNode(true);
    if (state === "refused") {
      sign.append(` ${item.problem ?? ""}`);
      this.#failed.set(place, [...(this.#failed.get(place) ?? []), item.id]);
      this.refused(place, item.problem ?? "");
    }
    line.querySelector(".state").replaceWith(sign);
    line.hidden = this.root.querySelector("[data-answered]").hidden = false;
    if (state === "kept") this.#before(line);
  }

  // The server tells this only after the question was answered in this round.
  async #before(line) {
    try {
      const answer = await fetch(`${this.root.dataset.path}/items/${line.dataset.answerTo}/earlier?part=1`);
      if (!answer.ok) return;
      const told = cardFrom(await answer.text());
      line.querySelector("[data-earlier]").replaceChildren(...(told.matches("[data-first]") ? [] : [told]));
    } catch {
      // Without wifi there is nothing to tell yet.
    }
  }
}
