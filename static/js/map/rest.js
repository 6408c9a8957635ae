// A large map opens with what is in sight. The rest comes on the paper piece by piece, while nobody waits for anything.
const PIECE = 40;
const whenIdle = globalThis.requestIdleCallback ?? ((work) => setTimeout(work, 50));

export class Rest {
  #groups = [];

  adopt(svg) {
    this.#groups = [...svg.querySelectorAll("g.far")];
  }

  // Until it is all there.
  bring() {
    if (!this.#groups.length) return;
    whenIdle(() => {
      this.#put(PIECE);
      this.bring();
    });
  }

  // Somebody wants to see the whole map now.
  bringAll() {
    while (this.#groups.length) this.#put(Infinity);
  }

  #put(count) {
    const [group] = this.#groups;
    if (!group) return;
    group.before(...[...group.children].slice(0, count));
    if (group.firstElementChild) return;
    group.remove();
    this.#groups.shift();
  }
}
