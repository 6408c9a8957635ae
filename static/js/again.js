// Tries again after a while, and longer apart each time; not all tablets in the same moment.
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 30000;

export class Again {
  #timer = 0;
  #wait = FIRST_WAIT;

  constructor(act) {
    this.act = act;
  }

  later() {
    this.stop();
    this.#timer = setTimeout(this.act, this.#wait * (0.75 + Math.random() / 2));
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT);
  }

  stop() {
    clearTimeout(this.#timer);
  }

  // It worked: the next time is soon again.
  reset() {
    this.#wait = FIRST_WAIT;
  }
}
