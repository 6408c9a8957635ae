// The map on the wall grows: the server draws it again, and what is new stands out for a moment.
import { cardFrom } from "./cards.js";
import { zoom } from "./zooming.js";

const TOPICS = new Set(["node", "edge", "trajectory"]);
const SOON = 400; // ms; many answers at once need one look

export class Growing {
  #soon = 0;
  #isLate = false; // there may be more than is drawn

  constructor(root) {
    this.root = root;
    this.address = `${location.pathname}?part=map`;
    addEventListener("cocreate:moved", () => {
      this.#fit();
      if (this.#isLate) this.look();
    });
    addEventListener("resize", () => this.#fit());
    this.#fit();
  }

  hear({ topic }) {
    if (TOPICS.has(topic)) this.look();
  }

  // Looks when the map is on the wall, else as soon as it is.
  look() {
    this.#isLate = true;
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => this.#place?.offsetParent && this.#draw().catch(() => {}), SOON);
  }

  get #place() {
    return this.root.querySelector("[data-growing]");
  }

  async #draw() {
    this.#isLate = false;
    const answer = await fetch(this.address);
    if (!answer.ok) return;
    const [before, after] = [this.#place, cardFrom((await answer.text()).trim())];
    if (!after) return;
    const idsOf = (place, mark = "") => new Set([...place.querySelectorAll(`[data-node]${mark}`)].map((node) => node.dataset.node));
    const known = idsOf(before);
    const fresh = new Set([...idsOf(after)].filter((id) => !known.has(id)));
    const standsOut = fresh.size ? fresh : idsOf(before, ".is-fresh"); // until something newer comes
    for (const node of after.querySelectorAll("[data-node]")) node.classList.toggle("is-fresh", standsOut.has(node.dataset.node));
    before.replaceWith(after);
    this.#fit();
  }

  #fit() {
    if (this.#place) zoom(this.#place);
  }
}
