// Parts of a step that are fetched anew when something of their topic changes: <div data-late="/address"
// data-late-topic="round">. Without wifi they stay as the page brought them; what is half told is never replaced.
import { attach } from "./behaviors.js";
import { cardFrom } from "./cards.js";

const SPREAD = 1500; // milliseconds: a room full of tablets does not ask in the same moment

const isTouched = (field) => field.value !== field.defaultValue || field.checked !== field.defaultChecked;
const isBegun = (place) =>
  Boolean(place.querySelector("[data-begun]")) || [...place.querySelectorAll("input, textarea")].some(isTouched);

export class Late {
  #stale = new Set();
  #timer = 0;

  // `fit(place)`: what else has to listen to new content.
  constructor(root, steps, fit = () => {}) {
    this.fit = fit;
    const places = [...root.querySelectorAll("[data-late]")];
    addEventListener("cocreate:change", ({ detail: { topic } }) => {
      this.want(places.filter((place) => place.dataset.lateTopic?.split(" ").includes(topic)));
    });
    for (const name of ["move", "visit"]) steps.addEventListener(name, () => this.#soon(0));
    for (const name of ["submit", "reset"]) root.addEventListener(name, () => this.#soon(SPREAD));
    addEventListener("online", () => this.#soon());
    this.want(places.filter((place) => !place.firstElementChild));
  }

  want(places) {
    for (const place of places) this.#stale.add(place);
    this.#soon();
  }

  #soon(after = Math.random() * SPREAD) {
    if (!this.#stale.size) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#fetchAll(), after);
  }

  async #fetchAll() {
    for (const place of [...this.#stale].filter((each) => !isBegun(each))) {
      this.#stale.delete(place); // what changes from here on makes it stale again
      const text = await fetched(place.dataset.late);
      if (text === null || isBegun(place)) this.#stale.add(place);
      else await this.#replace(place, text);
    }
  }

  async #replace(place, text) {
    const hadFocus = place.contains(document.activeElement);
    place.replaceChildren(...cardFrom(`<div>${text}</div>`).childNodes);
    await attach(place);
    this.fit(place);
    if (hadFocus) place.querySelector("button, input, a")?.focus();
  }
}

async function fetched(url) {
  try {
    const answer = await fetch(url, { headers: { Accept: "text/html" } });
    return answer.ok ? await answer.text() : null;
  } catch {
    return null;
  }
}
