// "What I told": everything I contributed, with its state in words.
export class Mine {
  constructor(root, stage) {
    this.root = root;
    this.list = root.querySelector("ul");
    this.empty = root.querySelector("[data-mine-empty]");
    this.stage = stage;
  }

  // Everything that waits on this tablet, and what comes of it. Of what is not listed otherwise, only what was refused.
  async follow(outbox, isListed, isHere = () => true) {
    outbox.addEventListener("state", ({ detail: { id, state, item } }) => {
      if (!isHere(item)) return;
      const isNew = state === "here" && isListed(item) && !this.has(id);
      if ((state === "refused" || isNew) && item.words) this.add(id, item.words, state);
      this.say(id, state, item.problem);
    });
    for (const item of await outbox.mine()) {
      if (!isHere(item) || (!isListed(item) && (item.state !== "refused" || !item.words))) continue;
      this.add(item.id, item.words, item.state);
      this.say(item.id, item.state, item.problem);
    }
  }

  has(id) {
    return Boolean(this.#find(id));
  }

  isKept(id) {
    return Boolean(this.#find(id)?.querySelector(".state-kept"));
  }

  isShown(id) {
    return Boolean(this.#find(id)?.querySelector(".state-shown"));
  }

  get isRefused() {
    return Boolean(this.list.querySelector(".state-refused"));
  }

  add(id, words, state) {
    const item = this.#find(id) ?? this.#begin(id, state);
    item.querySelector("q").textContent = words;
    this.say(id, state);
  }

  say(id, state, problem) {
    const item = this.#find(id);
    if (!item) return;
    const line = this.#copy(`[data-state="${state}"]`);
    if ((state === "refused" || state === "hidden") && problem) line.append(state === "hidden" ? `: ${problem}` : ` ${problem}`);
    item.querySelector(".state").replaceWith(line);
    const choices = item.querySelector("[data-choices]");
    if (state !== "refused") choices?.remove();
    else if (!choices) item.append(this.#choices(id, item));
  }

  remove(id) {
    this.#find(id)?.remove();
    if (this.empty) this.empty.hidden = this.list.children.length > 0;
  }

  // Where somebody goes on reading when the thing they were at is gone.
  focus() {
    this.root.querySelector("h2").focus();
  }

  #begin(id, state) {
    const item = document.createElement("li");
    item.dataset.contribution = id;
    item.append(document.createElement("q"), this.#copy(`[data-state="${state}"]`));
    this.list.prepend(item);
    if (this.empty) this.empty.hidden = true;
    return item;
  }

  #choices(id, item) {
    const choices = this.#copy("[data-refused]");
    item.querySelector("q").id = `told-${id}`;
    for (const button of choices.querySelectorAll("button")) button.setAttribute("aria-describedby", `told-${id}`);
    return choices;
  }

  #find(id) {
    return this.list.querySelector(`[data-contribution="${CSS.escape(id)}"]`);
  }

  #copy(which) {
    return this.stage.querySelector(`template${which}`).content.firstElementChild.cloneNode(true);
  }
}
