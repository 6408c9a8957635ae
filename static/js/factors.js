// What helped in the moment that was told last: named in a few words, or tapped where it is already there.
import { cardFrom } from "./cards.js";
import { newId } from "./ids.js";

const SHOWN = 140; // letters of the moment
const plain = (text) => text.normalize("NFKC").toLowerCase().split(/\s+/).join(" ").trim();

export class Factors {
  #named = new Set(); // ids on their way
  #tapped = new Map(); // ids on their way, with the chip
  #linked = new Set(); // what helped in this moment, also what did not arrive here yet

  constructor(stage, outbox) {
    this.naming = stage.querySelector("[data-naming]");
    if (!this.naming) return;
    this.outbox = outbox;
    this.telling = stage.querySelector("[data-telling]");
    this.form = this.naming.querySelector("[data-contribution-form]");
    this.taps = this.naming.querySelector("[data-taps]");
    this.chips = this.naming.querySelector("[data-chips]");
    this.door = stage.querySelector("[data-to-naming]");
    this.door.querySelector("button").addEventListener("click", () => this.show(true));
    this.naming.querySelector("[data-tell-more]").addEventListener("click", () => this.show(false));
    // The second half of a double tap belongs to what stood here before, or was meant once.
    this.naming.addEventListener("click", (event) => event.detail > 1 && event.preventDefault());
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

  // What still waits on this tablet, and what was half typed.
  async restore() {
    if (!this.naming) return;
    const here = this.taps.elements.workshop_id.value;
    for (const { id, topic, body, url } of await this.outbox.mine()) {
      if (body.workshop_id !== here) continue;
      if (topic === "moment") this.#speakOf(body);
      if (topic === "working_factor") this.#add(id, body.name, body.moment_id);
      if (topic === "moment_factor" && body.moment_id === this.moment) {
        this.#press(this.#find(body.factor_id), !url.endsWith("/withdrawal"));
      }
    }
    if (this.form.elements.name.value && this.moment) this.show(true, false);
  }

  // Something was told, and is safe on the tablet.
  told(topic, body) {
    if (topic === "moment") {
      this.#speakOf(body);
      this.show(true);
    }
    if (topic === "working_factor") this.#add(body.id, body.name, body.moment_id);
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

  get moment() {
    return this.taps.elements.moment_id.value;
  }

  #speakOf({ id, what_happened: words, visibility }) {
    for (const form of [this.form, this.taps]) form.elements.moment_id.value = id;
    this.form.elements.visibility.value = visibility;
    this.naming.querySelector("[data-said]").textContent = words.length > SHOWN ? `${words.slice(0, SHOWN)}…` : words;
    this.#linked.clear();
    for (const chip of this.chips.querySelectorAll(".chip")) this.#press(chip, false);
    this.door.hidden = false;
  }

  async #tap(chip) {
    const { csrf_token: _token, ...body } = Object.fromEntries(new FormData(this.taps));
    const isOn = chip.getAttribute("aria-pressed") !== "true";
    Object.assign(body, { id: newId(), factor_id: chip.value });
    const url = this.taps.getAttribute("action") + (isOn ? "" : "/withdrawal");
    this.#press(chip, isOn);
    this.#tapped.set(body.id, chip);
    await this.outbox.keep({ id: body.id, url, body, topic: "moment_factor", words: "" });
  }

  // A chip of my own stands there at once; it can be tapped when the server knows it.
  #add(id, name, momentId) {
    const same = [...this.chips.querySelectorAll(".chip")].find((chip) => plain(chip.textContent) === plain(name));
    if (same) return momentId === this.moment && this.#press(same, true);
    const item = this.naming.querySelector("template[data-chip]").content.firstElementChild.cloneNode(true);
    const chip = item.querySelector(".chip");
    item.dataset.subject = chip.value = id;
    chip.textContent = name;
    chip.disabled = true;
    this.#named.add(id);
    this.#press(chip, momentId === this.moment);
    this.chips.append(item);
  }

  #hear({ id, state, body }) {
    const tapped = this.#tapped.get(id);
    if (tapped && state === "refused") this.#press(tapped, tapped.getAttribute("aria-pressed") !== "true");
    if (state === "kept" || state === "refused") this.#tapped.delete(id);
    if (state !== "kept" || !this.#named.delete(id)) return;
    const chip = this.#find(id);
    chip.disabled = false;
    if (body.subject_id === id) return;
    // Somebody named it already: theirs is the one.
    if (chip.getAttribute("aria-pressed") === "true") this.#linked.add(body.subject_id);
    chip.closest("li").remove();
    this.#press(this.#find(body.subject_id), true);
  }

  #arrive({ subject_id: id, chip: html, gone }) {
    if (gone && id === this.moment) {
      this.door.hidden = true;
      if (this.telling.hidden) this.show(false);
    }
    if (!html || this.#find(id)) return;
    const item = cardFrom(html);
    this.#press(item.querySelector(".chip"), this.#linked.has(id));
    this.chips.append(item); // at the end: nothing moves under a finger
  }

  #press(chip, isOn) {
    chip?.setAttribute("aria-pressed", String(isOn));
  }

  #find(id) {
    return this.chips.querySelector(`.chip[value="${CSS.escape(id)}"]`);
  }
}
