// More has moved than one thing: the map as the server draws it now. One look at a time, again when it failed.
import { Again } from "../again.js";
import { cardFrom } from "../cards.js";

const SOON = 200; // ms; many calls at once need one look
const SPREAD = 400; // ms; not all tablets in the same moment
const PATIENCE = 20_000; // ms that wifi may hang

export class Rereading {
  #timer = 0;
  #meanwhile = null; // what was heard while a page is on its way, and may be newer than that page
  #again = new Again(() => this.#read());

  constructor(bench, hear) {
    Object.assign(this, { bench, hear });
  }

  look() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#read(), SOON + Math.random() * SPREAD);
  }

  heard(change) {
    this.#meanwhile?.push(change);
  }

  async #read() {
    if (this.#meanwhile) return this.look();
    this.#again.stop();
    this.#meanwhile = [];
    const answer = await fetchPage(`${this.bench.address}${opened()}`).catch(() => null);
    const meanwhile = this.#meanwhile;
    this.#meanwhile = null;
    if (answer === null) return this.#again.later();
    this.#again.reset();
    const fresh = cardFrom(`<div>${answer}</div>`).querySelector("[data-behavior=workbench]");
    if (fresh) this.#take(fresh, meanwhile);
  }

  // The page is as old as its number; what was heard since then is laid on top of it.
  #take(fresh, meanwhile) {
    const seq = Number(fresh.dataset.seq);
    this.bench.replace(fresh);
    for (const change of meanwhile) if (change.seq > seq && !change.redraw) this.hear(change);
  }
}

// With the same threads opened as here.
function opened() {
  const threads = new URLSearchParams(location.search).getAll("open").map((id) => ["open", id]);
  return threads.length ? `?${new URLSearchParams(threads)}` : "";
}

// The text of the page; empty when the server says that it is not for these eyes.
async function fetchPage(address) {
  const answer = await fetch(address, { signal: AbortSignal.timeout?.(PATIENCE) });
  if (answer.status === 429 || answer.status >= 500) throw new Error(answer.statusText);
  return answer.ok ? answer.text() : "";
}
