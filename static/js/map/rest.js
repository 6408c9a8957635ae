// A large map opens with what is in sight. The rest waits as text, and comes on the paper piece by piece, while nobody
// waits for anything.
import { cardFrom } from "../cards.js";

const PIECE = 40;
const NAMED = / data-(?:node|edge)="([^"]+)"/g;
const whenIdle = globalThis.requestIdleCallback ?? ((work) => setTimeout(work, 50));

export class Rest {
  #source = null; // the whole picture as text
  #groups = []; // what of it is not on the paper yet

  constructor(frame, picture) {
    this.picture = picture;
    this.#source = frame.querySelector("noscript[data-rest]");
    if (!this.#source) return;
    const ids = [...this.#source.textContent.matchAll(NAMED)].map(([, id]) => id);
    picture.wait(ids, () => this.bringAll());
    // Paper shows all of it.
    addEventListener("beforeprint", () => this.bringAll());
    matchMedia("print").addEventListener("change", () => this.bringAll());
  }

  // Until it is all there.
  bring() {
    if (!this.#source && !this.#groups.length) return;
    whenIdle(() => {
      this.#put(PIECE);
      this.bring();
    });
  }

  // Somebody wants to see the whole map now.
  bringAll() {
    while (this.#source || this.#groups.length) this.#put(Infinity);
  }

  // The picture is drawn anew as a whole: nothing waits any more.
  forget() {
    this.#source?.remove();
    this.#source = null;
    this.#groups = [];
  }

  #put(count) {
    if (this.#source) this.#read();
    const [group] = this.#groups;
    if (!group) return;
    const piece = [...group.children].slice(0, count);
    this.picture.take(piece);
    if (!group.firstElementChild) this.#groups.shift();
  }

  #read() {
    const whole = cardFrom(this.#source.textContent);
    this.#groups = [...whole.querySelectorAll("g.far")];
    this.#source.remove();
    this.#source = null;
  }
}

// What waits on a page that was fetched: all of it. There a browser may have read it already, or left it as text.
export function wholeOf(page, name) {
  const waiting = page.querySelector(`${name} ~ noscript`);
  return waiting?.querySelector(name) ?? (waiting ? cardFrom(waiting.textContent) : page.querySelector(name));
}

// A picture that came whole: what was apart in it stands among the others.
export function together(svg) {
  for (const group of svg.querySelectorAll("g.far")) group.replaceWith(...group.children);
  return svg;
}
