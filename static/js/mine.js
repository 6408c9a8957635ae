// "What I told": everything I contributed, with its state in words.
export class Mine {
  constructor(root, stage) {
    this.list = root.querySelector("ul");
    this.empty = root.querySelector("[data-mine-empty]");
    this.states = stage;
  }

  has(id) {
    return Boolean(this.#find(id));
  }

  add(id, words, state) {
    if (this.has(id)) return this.say(id, state);
    const item = document.createElement("li");
    const quote = document.createElement("q");
    quote.textContent = words;
    item.dataset.contribution = id;
    item.append(quote, this.#state(state));
    this.list.prepend(item);
    this.empty.hidden = true;
  }

  say(id, state, problem) {
    const item = this.#find(id);
    if (!item) return;
    const line = this.#state(state);
    if (problem) line.append(` ${problem}`);
    item.querySelector(".state").replaceWith(line);
  }

  remove(id) {
    this.#find(id)?.remove();
    this.empty.hidden = this.list.children.length > 0;
  }

  #find(id) {
    return this.list.querySelector(`[data-contribution="${CSS.escape(id)}"]`);
  }

  #state(name) {
    const template = this.states.querySelector(`template[data-state="${name}"]`);
    return template.content.firstElementChild.cloneNode(true);
  }
}
