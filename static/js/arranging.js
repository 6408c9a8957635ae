// Putting cards under headings: tap a heading and then cards, or drag a card there.
const EDGE = 80; // pixels from the rim of what can be seen where it begins to scroll
const SPEED = 8; // pixels a frame

export class Arranging {
  #put;
  #picking = null;
  #drag = null;

  constructor(root, put) {
    this.root = root;
    this.#put = put;
    root.addEventListener("click", (event) => this.#pick(event), true);
    root.addEventListener("keydown", (event) => event.key === "Escape" && this.#choose(null));
    root.addEventListener("pointerdown", (event) => this.#begin(event));
    root.addEventListener("pointermove", (event) => this.#move(event));
    root.addEventListener("pointerup", (event) => this.#drop(event));
    root.addEventListener("pointercancel", () => this.#letGo());
  }

  // A fresh part came in.
  ready() {
    for (const button of this.root.querySelectorAll("[data-pick]")) button.hidden = false;
    this.readyIn(this.root.querySelector("[data-arriving]"));
    this.#choose(this.#group(this.#picking) ? this.#picking : null);
  }

  // Where there is nothing to drag to, there is no handle.
  readyIn(part) {
    for (const handle of part.querySelectorAll("[data-drag]")) {
      const topic = handle.closest(".arrival-acts").querySelector("[name=topic]")?.value;
      handle.hidden = !this.root.querySelector(`[data-group][data-of="${topic}"]`);
    }
  }

  #group(id) {
    return id && this.root.querySelector(`[data-group="${CSS.escape(id)}"]`);
  }

  #choose(id) {
    this.#picking = id;
    for (const group of this.root.querySelectorAll("[data-group]")) {
      const isChosen = group.dataset.group === id;
      group.classList.toggle("is-picking", isChosen);
      group.querySelector("[data-pick]").setAttribute("aria-pressed", String(isChosen));
    }
    this.root.querySelector("[data-picking-line]").hidden = !id;
    const topic = this.#group(id)?.dataset.of;
    for (const card of this.root.querySelectorAll("[data-arrival]")) card.classList.toggle("can-be-picked", card.dataset.of === topic);
  }

  #pick(event) {
    const button = event.target.closest("[data-pick]");
    if (button) {
      const { group } = button.closest("[data-group]").dataset;
      return this.#choose(group === this.#picking ? null : group);
    }
    const card = event.target.closest(".can-be-picked");
    if (!this.#picking || !card || event.target.closest(".arrival-acts")) return;
    event.preventDefault();
    event.stopPropagation();
    const isThere = card.closest("[data-group]")?.dataset.group === this.#picking;
    this.#place(card, isThere ? "" : this.#picking);
  }

  #place(card, headingId) {
    const list = headingId ? this.#group(headingId).querySelector("[data-wall]") : this.root.querySelector("[data-loose]");
    list.append(card); // at once; the server says the same a moment later, or how it is instead
    for (const option of card.querySelectorAll("[name=heading_id] option")) {
      option.selected = option.defaultSelected = option.value === headingId; // what is chosen from now on is another
    }
    this.#put({ topic: card.dataset.of, id: card.dataset.arrival, heading_id: headingId });
  }

  #begin(event) {
    const handle = event.target.closest("[data-drag]");
    if (!handle || event.button > 0) return;
    event.preventDefault();
    const card = handle.closest("[data-arrival]");
    this.#drag = { card, x: event.clientX, y: event.clientY + scrollY, at: event };
    card.classList.add("is-dragged");
    handle.setPointerCapture(event.pointerId);
    this.#follow();
  }

  #move(event) {
    if (this.#drag) this.#drag.at = event;
  }

  // Each frame, so that it also scrolls under a finger that stays at the rim.
  #follow() {
    if (!this.#drag) return;
    const { card, x, y, at } = this.#drag;
    const [top, bottom] = this.#sight();
    if (at.clientY < top + EDGE) scrollBy(0, -SPEED);
    else if (at.clientY > bottom - EDGE) scrollBy(0, SPEED);
    card.style.translate = `${at.clientX - x}px ${at.clientY + scrollY - y}px`;
    for (const each of this.root.querySelectorAll(".is-over")) each.classList.remove("is-over");
    this.#under(at)?.classList.add("is-over");
    requestAnimationFrame(() => this.#follow());
  }

  // From where to where one sees what scrolls: the bar lies over it, at the top or at the bottom.
  #sight() {
    const bar = this.root.querySelector("[data-panel=bar]").getBoundingClientRect();
    const isAbove = bar.top < innerHeight / 2;
    return isAbove ? [Math.max(0, bar.bottom), innerHeight] : [0, Math.min(bar.top, innerHeight)];
  }

  #under(event) {
    const found = document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-group], [data-loose]");
    return found && (!found.dataset.group || found.dataset.of === this.#drag.card.dataset.of) ? found : null;
  }

  #drop(event) {
    if (!this.#drag) return;
    const { card } = this.#drag;
    const to = this.#under(event);
    this.#letGo();
    const from = card.closest("[data-group]")?.dataset.group ?? "";
    if (to && (to.dataset.group ?? "") !== from) this.#place(card, to.dataset.group ?? "");
  }

  #letGo() {
    if (!this.#drag) return;
    const { card } = this.#drag;
    card.classList.remove("is-dragged");
    card.style.translate = "";
    for (const each of this.root.querySelectorAll(".is-over")) each.classList.remove("is-over");
    this.#drag = null;
  }
}
