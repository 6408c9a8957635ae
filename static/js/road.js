// Growing the map by answering: touch a stop, choose a question, write the answer.
export class Road {
  constructor(stage) {
    this.root = stage.querySelector("[data-road]");
    if (!this.root) return;
    this.list = this.root.querySelector("[data-stops]");
    this.form = stage.querySelector('[data-contribution-form="node"]');
    this.questions = this.form.querySelector("[data-questions]");
    this.asked = this.form.querySelector("[data-asked]");
    this.list.addEventListener("click", (event) => this.touch(event.target.closest("[data-stop]")));
    this.form.querySelector("[data-new-beginning]").addEventListener("click", () => this.touch(null));
    this.questions.addEventListener("change", () => this.#ask());
    this.form.addEventListener("reset", () => this.touch(null));
  }

  touch(stop) {
    if (stop === undefined) return;
    for (const each of this.list.querySelectorAll("[data-stop]")) {
      each.setAttribute("aria-pressed", String(each === stop));
    }
    this.form.elements.touched_id.value = stop?.dataset.stop ?? "";
    this.questions.hidden = !stop;
    this.questions.querySelector("[data-about]").textContent = stop?.querySelector("span").textContent ?? "";
    const first = this.questions.querySelector("input");
    for (const input of this.questions.querySelectorAll("input")) input.checked = Boolean(stop) && input === first;
    this.#ask();
    if (stop) this.questions.scrollIntoView({ block: "nearest" });
  }

  arrive(change) {
    if (!this.root || change.trajectory_id !== this.root.dataset.road) return;
    const { node } = change;
    if (this.list.querySelector(`[data-stop="${CSS.escape(node.id)}"]`)) return;
    this.#add(node);
  }

  #add(node) {
    const template = this.list.parentElement.querySelector(`template[data-kind="${CSS.escape(node.kind)}"]`);
    const item = document.createElement("li");
    const stop = document.createElement("button");
    const words = document.createElement("span");
    const state = document.createElement("small");
    item.dataset.subject = node.id;
    Object.assign(stop, { type: "button", className: `stop ${node.state}` });
    stop.dataset.stop = node.id;
    stop.setAttribute("aria-pressed", "false");
    words.textContent = node.text;
    state.textContent = node.state_name;
    stop.append(...(template ? [template.content.cloneNode(true)] : []), words, state);
    item.append(stop);
    this.list.append(item);
    this.root.querySelector("[data-no-stops]").hidden = true;
  }

  #ask() {
    const chosen = this.questions.querySelector("input:checked");
    const words = chosen && this.form.querySelector(`label[for="${chosen.id}"] span`);
    this.asked.textContent = words?.textContent ?? this.asked.dataset.first;
  }
}
