// What helped in the moment that was told last: named in a few words, or tapped where it is already there.
import { Chips } from "./chips.js";
import { Reading } from "./reading.js";

const SHOWN = 140; // letters of the moment

export class Factors {
  constructor(stage, outbox, scribe) {
    this.outbox = outbox;
    this.readings = [...stage.querySelectorAll("[data-reading]")].map((place) => new Reading(place, outbox, scribe));
    this.naming = stage.querySelector("[data-naming]");
    this.chips = this.readings.map((reading) => reading.chips);
    if (!this.naming) return;
    this.here = new Chips(this.naming, outbox, scribe);
    this.chips.push(this.here);
    const pressed = [...this.naming.querySelectorAll('.chip[aria-pressed="true"]')].map((chip) => chip.value);
    if (this.here.moment) {
      this.here.knows(this.here.moment, pressed);
      this.here.tellsMine(this.here.moment);
    }
    this.telling = stage.querySelector("[data-telling]");
    this.door = stage.querySelector("[data-to-naming]");
    this.door.querySelector("button").addEventListener("click", () => this.show(true));
    this.naming.querySelector("[data-tell-more]").addEventListener("click", () => this.show(false));
    addEventListener("cocreate:change", ({ detail: { gone, subject_id: id } }) => {
      if (!gone || id !== this.here.moment) return;
      this.door.hidden = true;
      if (this.telling.hidden) this.show(false);
    });
  }

  // What still waits on this tablet, and what was half typed.
  async restore() {
    if (!this.chips.length) return;
    for (const item of await this.outbox.mine()) {
      if (item.body.workshop_id !== this.chips[0].workshop) continue;
      if (item.topic === "moment") this.#speakOf(item.body);
      for (const chips of this.chips) chips.restore(item);
    }
    if (this.naming && this.here.form.elements.name.value && this.here.moment) this.show(true, false);
  }

  // Something was told, and is safe on the tablet.
  told(topic, body) {
    if (topic === "moment") {
      this.#speakOf(body);
      if (this.naming) this.show(true);
    }
    if (topic === "working_factor") for (const chips of this.chips) chips.add(body.id, body.name, body.moment_id);
  }

  show(isNaming, focus = true) {
    this.naming.hidden = !isNaming;
    this.telling.hidden = isNaming;
    if (!focus) return;
    const heading = (isNaming ? this.naming : this.telling).querySelector(".question");
    heading.tabIndex = -1;
    heading.focus();
    scrollTo({ top: 0 });
  }

  #speakOf(moment) {
    for (const chips of this.chips) chips.tellsMine(moment.id);
    for (const reading of this.readings) reading.add(moment);
    if (!this.naming) return;
    const { id, what_happened: words, visibility } = moment;
    this.here.speakOf(id);
    this.here.form.elements.visibility.value = visibility;
    this.naming.querySelector("[data-said]").textContent = words.length > SHOWN ? `${words.slice(0, SHOWN)}…` : words;
    this.door.hidden = false;
  }
}
