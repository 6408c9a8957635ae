// The moments of a meeting, one at a time, to say what helped in each; also those that wait on this tablet.
import { cardFrom } from "./cards.js";
import { Chips } from "./chips.js";

const idsIn = (text) => text.split(" ").filter(Boolean);

export class Reading {
  constructor(place, outbox, scribe) {
    this.place = place;
    this.list = place.querySelector("[data-moments]");
    this.where = place.querySelector("[data-place]");
    this.chips = new Chips(place, outbox, scribe);
    for (const { dataset } of this.all) {
      this.chips.knows(dataset.moment, idsIn(dataset.linked), idsIn(dataset.fixed));
      if ("mineToo" in dataset) this.chips.tellsMine(dataset.moment);
    }
    for (const button of place.querySelectorAll("[data-go-by]")) {
      button.addEventListener("click", (event) => {
        event.preventDefault();
        if (event.detail < 2) this.#turn(Number(button.dataset.goBy));
      });
    }
    addEventListener("cocreate:change", ({ detail }) => this.#arrive(detail));
    this.#show(this.all.find((each) => !each.hidden));
  }

  get all() {
    return [...this.list.children];
  }

  get now() {
    return this.all.find((each) => each.dataset.moment === this.chips.moment);
  }

  // My own moment, before the server knows it.
  add({ id, what_happened: words }) {
    if (this.#find(id)) return;
    const card = document.createElement("article");
    const said = document.createElement("blockquote");
    card.className = "card";
    card.dataset.subject = id;
    said.textContent = words;
    card.append(said);
    this.#keep(id, card);
  }

  #arrive({ topic, subject_id: id, workshop_id: workshopId, card: html, gone }) {
    if (gone) return this.#leave(this.#find(id));
    if (topic !== "moment" || !html || workshopId !== this.chips.workshop) return;
    this.#keep(id, cardFrom(html));
  }

  #keep(id, card) {
    const older = this.#find(id);
    if (older) return older.replaceChildren(card);
    const item = document.createElement("div");
    item.dataset.moment = id;
    item.hidden = true;
    item.append(card);
    this.list.append(item);
    this.#show(this.now ?? item);
  }

  #leave(item) {
    if (!item) return;
    const [now, next] = [this.now, item.nextElementSibling ?? item.previousElementSibling];
    item.remove();
    this.#show(now === item ? next : now);
  }

  #turn(by) {
    const all = this.all;
    this.#show(all[(all.indexOf(this.now) + by + all.length) % all.length]);
    this.where.scrollIntoView({ block: "nearest" });
  }

  #show(item) {
    const all = this.all;
    for (const each of all) each.hidden = each !== item;
    for (const part of [this.where, this.place.querySelector("[data-answers]")]) part.hidden = !item;
    this.place.querySelector("[data-no-moments]").hidden = Boolean(item);
    this.place.querySelector("[data-turning]").hidden = all.length < 2;
    this.where.textContent = this.where.dataset.words.replace("{place}", all.indexOf(item) + 1).replace("{total}", all.length);
    this.chips.speakOf(item?.dataset.moment ?? "");
  }

  #find(id) {
    return this.all.find((each) => each.dataset.moment === id);
  }
}
