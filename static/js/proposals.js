// What others want, one at a time, until I took a stance on each or passed it by.
import { cardFrom } from "./cards.js";

export class Proposals {
  #passed = new Set();

  constructor(stage, isMine) {
    this.stage = stage;
    this.isMine = isMine;
    this.list = stage.querySelector("[data-proposals]");
    this.form = stage.querySelector('[data-contribution-form="stance"]');
    this.tiles = stage.querySelector("[data-impact-tiles]");
    if (!this.list) return;
    for (const button of stage.querySelectorAll("[data-show-half]")) {
      button.addEventListener("click", () => this.showHalf(button.dataset.showHalf));
    }
    this.form.querySelector("[data-skip]").addEventListener("click", () => {
      this.#passed.add(this.now?.dataset.proposal);
      this.form.reset();
      this.next();
    });
    this.next();
  }

  // The one form in which I say where I stand goes along to the part that is shown, with what was half said.
  settle() {
    const place = this.stage.querySelector(".stage-step:not([hidden]) [data-standing-place]");
    if (place && !place.contains(this.list)) place.append(this.stage.querySelector("[data-standing]"));
  }

  showHalf(name) {
    for (const half of this.stage.querySelectorAll("[data-half]")) half.hidden = half.dataset.half !== name;
    this.stage.querySelector(`[data-half="${name}"] .question`)?.scrollIntoView({ block: "nearest" });
  }

  answered(impactId, position) {
    const proposal = this.#find(impactId);
    if (proposal) proposal.dataset.position = position;
    this.next();
  }

  // Asks about this one again; false when it is not here any more.
  ask(impactId) {
    const proposal = this.#find(impactId);
    if (!proposal) return false;
    delete proposal.dataset.position;
    this.#passed.delete(impactId);
    this.next(proposal);
    return true;
  }

  arrive(id, html) {
    if (!this.list) return;
    const known = this.#find(id);
    if (known) {
      this.#reword(known, id, html);
      return;
    }
    const proposal = document.createElement("div");
    proposal.dataset.proposal = id;
    proposal.hidden = true;
    proposal.append(cardFrom(html));
    if (this.isMine(id)) proposal.dataset.mineToo = "";
    this.list.append(proposal);
    this.#addTile(id, proposal.querySelector("[data-statement]").dataset.statement);
    if (this.now) this.#count();
    else this.next();
  }

  takeAway(id) {
    const isNow = this.now?.dataset.proposal === id;
    this.#find(id)?.remove();
    this.tiles?.querySelector(`[data-impact-tile="${CSS.escape(id)}"]`)?.remove();
    if (isNow) this.next();
    else this.#count();
  }

  next(wanted = null) {
    this.now = wanted ?? this.#open()[0] ?? null;
    for (const proposal of this.list.children) proposal.hidden = proposal !== this.now;
    this.form.hidden = !this.now;
    this.form.elements.impact_id.value = this.now?.dataset.proposal ?? "";
    this.stage.querySelector("[data-no-proposals]").hidden = Boolean(this.now);
    this.#count();
  }

  #open() {
    return [...this.list.children].filter(
      (one) => !("mineToo" in one.dataset) && !one.dataset.position && !this.#passed.has(one.dataset.proposal),
    );
  }

  #count() {
    const count = this.#open().length;
    const place = this.stage.querySelector("[data-count-open]");
    if (place) place.textContent = count ? `(${count})` : "";
  }

  #find(id) {
    return this.list?.querySelector(`[data-proposal="${CSS.escape(id)}"]`);
  }

  // Whoever proposed it says it in other words now: nobody takes a stance on words that are gone.
  #reword(proposal, id, html) {
    proposal.replaceChildren(cardFrom(html));
    const words = this.tiles?.querySelector(`[data-impact-tile="${CSS.escape(id)}"] span`);
    if (words) words.textContent = proposal.querySelector("[data-statement]").dataset.statement;
  }

  #addTile(id, statement) {
    const tile = document.createElement("div");
    const input = document.createElement("input");
    const label = document.createElement("label");
    const words = document.createElement("span");
    tile.className = "tile";
    tile.dataset.impactTile = id;
    Object.assign(input, { type: "radio", name: "impact_id", value: id, id: `indicator-impact-${id}` });
    label.htmlFor = input.id;
    words.textContent = statement;
    label.append(words);
    tile.append(input, label);
    this.tiles?.append(tile);
    this.stage.querySelector("[data-no-impacts]")?.setAttribute("hidden", "");
  }
}
