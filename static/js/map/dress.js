// What stops and steps look like through the lenses: each wears some marks, wherever it stands on the page.
const MARKS = ["is-not-yet", "is-aside", "is-found", "is-here", "is-appearing"];
const HERE = MARKS.indexOf("is-here");
const PLAIN = MARKS.map(() => false);

export class Dress {
  #worn = new Map(); // by stop or step
  #seen = new WeakMap(); // by place on the page: the same in short, so that only what changes is touched

  constructor(aside) {
    this.aside = aside;
  }

  get isUsed() {
    return this.#worn.size > 0;
  }

  clear() {
    this.#worn.clear();
  }

  wear(id, marks, ...places) {
    this.#worn.set(id, marks);
    for (const place of places) if (place) this.#put(place, marks);
  }

  // Somebody came to it, or went on.
  mark(id, isHere, ...places) {
    const marks = [...(this.#worn.get(id) ?? PLAIN)];
    marks[HERE] = isHere;
    this.wear(id, marks, ...places);
  }

  // Drawn anew: it wears at once what it wore.
  again(id, place) {
    if (this.#worn.has(id)) this.#put(place, this.#worn.get(id));
  }

  #put(place, marks) {
    const told = marks.map(Number).join("");
    if (this.#seen.get(place) === told) return;
    this.#seen.set(place, told);
    MARKS.forEach((name, number) => place.classList.toggle(name, marks[number]));
    const words = place.matches("li") && place.firstElementChild;
    if (words && !words.dataset.aside) words.dataset.aside = this.aside;
  }
}
