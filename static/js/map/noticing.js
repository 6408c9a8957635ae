// What others do to a stop that somebody here worked on, reads, or has begun to write about is told in a sentence.

const OUT_OF_SIGHT = new Set(["withdrawn", "hidden"]); // by these, words are not for everybody any more

export class Noticing {
  #touched = new Set(); // stops that were changed in this visit
  #taken = null; // the stop of which we said last that it was taken away
  watches = () => false; // whether somebody reads this stop, or has begun to write about it

  constructor(said, others) {
    Object.assign(this, { said, others });
  }

  touch(id) {
    this.#touched.add(id);
  }

  // To be asked before the change is shown: then a stop that goes is still open. Gives what to do after it.
  about({ subject_id: id, gone, node, verb }, before) {
    const isTouched = this.#touched.has(id);
    const isNear = isTouched || this.watches(id);
    if (gone && before) return () => isNear && this.#tellTaken(before, verb);
    if (!node) return () => {};
    if (!before) return () => id === this.#taken && this.said.unsay("off", "taken");
    return () => isTouched && this.others.changed(before, node);
  }

  // What its maker took back is not said once more.
  #tellTaken(before, verb) {
    this.#taken = before.id;
    if (OUT_OF_SIGHT.has(verb)) this.said.say("off");
    else this.others.taken(before);
  }
}
