// How many things one person tells in a part: counted down, and then the form makes room for thanks.
export class Limits {
  constructor({ root, telling, mine, outbox }) {
    Object.assign(this, { root, mine });
    this.places = [...root.querySelectorAll("[data-limit]")];
    for (const place of this.places) this.#begin(place);
    telling.addEventListener("told", ({ detail: { form, body } }) => this.#add(form, body.id));
    outbox.addEventListener("state", ({ detail: { id, state } }) => state === "refused" && this.#take(id));
    addEventListener("cocreate:change", ({ detail: change }) => change.gone && this.#take(change.subject_id));
    outbox.mine().then((items) => {
      for (const { id, topic, state } of items) if (state !== "refused") for (const form of this.#formsOf(topic)) this.#add(form, id);
    });
  }

  #formsOf(topic) {
    return this.root.querySelectorAll(`.stage-step:has([data-limit]) [data-contribution-form="${CSS.escape(topic)}"]`);
  }

  #begin(place) {
    place.told = new Set(place.dataset.told.split(" ").filter(Boolean));
    this.#show(place);
  }

  #add(form, id) {
    const place = form?.closest(".stage-step").querySelector("[data-limit]");
    if (place?.dataset.topic !== form?.dataset.contributionForm) return;
    place?.told.add(id);
    if (place) this.#show(place);
  }

  #take(id) {
    for (const place of this.places) if (place.told.delete(id)) this.#show(place);
  }

  #show(place) {
    const { limit, topic } = place.dataset;
    const left = Math.max(0, Number(limit) - place.told.size);
    const words = place.querySelector(`template[data-left="${left}"]`).content.textContent.trim();
    place.querySelector("[role=status]").textContent = words;
    const step = place.closest(".stage-step");
    for (const form of step.querySelectorAll(`[data-contribution-form="${CSS.escape(topic)}"]`)) {
      form.hidden = left === 0;
    }
  }
}
