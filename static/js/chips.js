// What helped, to tap: chips under a moment, each pressed when it is said of that moment.
import { cardFrom } from "./cards.js";
import { newId } from "./ids.js";

const plain = (text) => text.normalize("NFKC").toLowerCase().split(/\s+/).join(" ").trim();

export class Chips {
  #named = new Set(); // ids of mine on their way
  #heard = new Set(); // ids of what was tapped, here or in another part
  #linked = new Map(); // what helped, by moment; also what did not arrive here yet
  #fixed = new Map(); // what of that others said: only they may say that it did not
  #own = new Set(); // moments that I told: there I may say so of everything

  constructor(place, outbox, scribe) {
    Object.assign(this, { place, outbox, scribe });
    this.form = place.querySelector("[data-contribution-form]");
    this.taps = place.querySelector("[data-taps]");
    this.list = place.querySelector("[data-chips]");
    // The second half of a double tap belongs to what stood here before, or was meant once.
    place.addEventListener("click", (event) => event.detail > 1 && event.preventDefault());
    this.taps.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#tap(event.submitter);
    });
    this.form.elements.name.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault(); // a name is one line
      this.form.requestSubmit();
    });
    outbox.addEventListener("state", ({ detail }) => this.#hear(detail));
    addEventListener("cocreate:change", ({ detail }) => this.#arrive(detail));
  }

  get moment() {
    return this.taps.elements.moment_id.value;
  }

  get workshop() {
    return this.taps.elements.workshop_id.value;
  }

  // From now on the chips are about this moment.
  speakOf(momentId) {
    for (const form of [this.form, this.taps]) form.elements.moment_id.value = momentId;
    this.#draw();
  }

  // What the page knows to have helped in a moment.
  knows(momentId, linked, fixed = []) {
    this.#linked.set(momentId, new Set(linked));
    this.#fixed.set(momentId, new Set(fixed));
  }

  tellsMine(momentId) {
    this.#own.add(momentId);
  }

  // What still waits on this tablet.
  restore({ id, topic, body, url }) {
    if (topic === "working_factor") this.add(id, body.name, body.moment_id);
    if (topic === "moment_factor") this.#say(body, !url.endsWith("/withdrawal"));
  }

  // A chip of my own stands there at once; it can be tapped when the server knows it.
  add(id, name, momentId) {
    const same = [...this.list.querySelectorAll(".chip")].find((chip) => plain(chip.textContent) === plain(name));
    if (!same) {
      const item = this.place.querySelector("template[data-chip]").content.firstElementChild.cloneNode(true);
      const chip = item.querySelector(".chip");
      item.dataset.subject = chip.value = id;
      chip.textContent = name;
      this.#named.add(id);
      this.list.append(item);
    }
    this.#say({ moment_id: momentId, factor_id: same?.value ?? id }, true);
  }

  async #tap(chip) {
    const { csrf_token: _token, ...body } = this.scribe.mark(Object.fromEntries(new FormData(this.taps)));
    const isOn = chip.getAttribute("aria-pressed") !== "true";
    Object.assign(body, { id: newId(), factor_id: chip.value });
    const url = this.taps.getAttribute("action") + (isOn ? "" : "/withdrawal");
    this.#heard.add(body.id);
    this.#say(body, isOn);
    await this.outbox.keep({ id: body.id, url, body, topic: "moment_factor", words: "" });
  }

  #hear({ id, state, body, item }) {
    if (item.topic === "moment_factor") {
      const isOn = !item.url.endsWith("/withdrawal");
      if (state === "refused") this.#say(item.body, !isOn);
      else if (!this.#heard.has(id)) this.#say(item.body, isOn); // tapped in another part of this page
      this.#heard.add(id);
    }
    if (state !== "kept" || !this.#named.delete(id)) return;
    if (body.subject_id !== id) {
      // Somebody named it already: theirs is the one.
      this.#find(id)?.closest("li").remove();
      for (const [momentId, linked] of this.#linked) {
        if (linked.delete(id)) linked.add(body.subject_id) && this.#of(this.#fixed, momentId).delete(body.subject_id);
      }
    }
    this.#draw();
  }

  #arrive({ subject_id: id, chip: html, moment_id: momentId, linked }) {
    if (momentId && linked && !this.#of(this.#linked, momentId).has(id)) {
      if (!this.#own.has(momentId)) this.#of(this.#fixed, momentId).add(id); // somebody else said it
      this.#say({ moment_id: momentId, factor_id: id }, true);
    } else if (momentId && !linked) {
      this.#of(this.#fixed, momentId).delete(id);
      this.#say({ moment_id: momentId, factor_id: id }, false);
    }
    if (!html || this.#find(id)) return;
    this.list.append(cardFrom(html)); // at the end: nothing moves under a finger
    this.#draw();
  }

  #say({ moment_id: momentId, factor_id: factorId }, isOn) {
    this.#of(this.#linked, momentId)[isOn ? "add" : "delete"](factorId);
    this.#draw();
  }

  #of(sets, momentId) {
    if (!sets.has(momentId)) sets.set(momentId, new Set());
    return sets.get(momentId);
  }

  #draw() {
    const [linked, fixed] = [this.#linked.get(this.moment), this.#fixed.get(this.moment)];
    for (const chip of this.list.querySelectorAll(".chip")) {
      chip.setAttribute("aria-pressed", String(Boolean(linked?.has(chip.value))));
      chip.disabled = this.#named.has(chip.value) || Boolean(fixed?.has(chip.value));
    }
  }

  #find(id) {
    return this.list.querySelector(`.chip[value="${CSS.escape(id)}"]`);
  }
}
