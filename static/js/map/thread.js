// One thread: what led to a stop, the stop, and what came of it.
export class Thread {
  #selected = null;
  #id = null;
  #kept = null;

  constructor(lenses) {
    this.lenses = lenses;
    this.button = lenses.bar.querySelector("[data-thread]");
    this.line = lenses.bar.querySelector("[data-thread-line]");
    this.button.addEventListener("click", () => {
      this.#id = this.isOn ? null : this.#selected;
      lenses.change();
    });
    lenses.scope.addEventListener("map:selected", ({ detail }) => this.#select(detail?.id ?? null));
    if (!lenses.scope.matches("[data-behavior=workbench]")) lenses.scope.addEventListener("click", (event) => this.#touch(event));
  }

  // On a page where nothing is drawn a touch only chooses.
  #touch({ target }) {
    const stop = target.closest("[data-node], [data-stop]");
    if (!stop) return;
    this.#select(stop.dataset.node ?? stop.dataset.stop);
    this.lenses.mark(this.#selected);
  }

  #select(id) {
    this.#selected = id;
    this.#show();
  }

  get isOn() {
    return this.#id !== null;
  }

  read(address) {
    this.#id = address.get("thread");
  }

  write(address) {
    if (this.isOn) address.set("thread", this.#id);
  }

  update({ stops, links }) {
    this.map = { stops, links };
    if (!stops.has(this.#id)) this.#id = null; // taken back meanwhile, or not for these eyes
  }

  // Before each look: which stops belong to it.
  prepare() {
    this.#kept = this.isOn && new Set([...this.#reach("source", "target"), ...this.#reach("target", "source")]);
    this.#show();
  }

  keeps({ id }) {
    return !this.#kept || this.#kept.has(id);
  }

  #reach(from, to) {
    const ways = new Map();
    for (const link of this.map.links) ways.set(link[from], [...(ways.get(link[from]) ?? []), link[to]]);
    const seen = new Set([this.#id]);
    for (const id of seen) for (const next of ways.get(id) ?? []) seen.add(next); // a set grows while it is read
    return seen;
  }

  #show() {
    const { sentences } = this.lenses;
    const about = this.map?.stops.get(this.#id ?? this.#selected);
    this.button.disabled = !about;
    this.button.setAttribute("aria-pressed", String(this.isOn));
    const name = about ? (this.isOn ? "threadOf" : "chosen") : "choose";
    this.line.textContent = sentences.say(name, { text: about?.words });
  }
}
