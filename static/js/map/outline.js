// The same road in words: every change stands there at once too, and every stop in it opens the same panel.
import { cardFrom } from "../cards.js";

const DEEPEST = 39; // as outline.py has it: a browser flattens what nests deeper than 512 elements

export class Outline {
  #rows = new Map();

  #late = null; // of a large map the words come when somebody needs them, or when nobody waits for anything

  constructor(root, model, names) {
    Object.assign(this, { root, model, names });
    this.#late = root.querySelector("noscript[data-late-words]");
    this.adopt(root.querySelector("ul.outline"));
  }

  bring() {
    if (!this.#late) return;
    const list = cardFrom(this.#late.textContent);
    this.#late.remove();
    this.#late = null;
    this.list.append(...list.children);
    this.adopt(this.list);
  }

  adopt(list) {
    this.list = list;
    this.#rows = new Map([...list.querySelectorAll("li[data-subject]")].map((row) => [row.dataset.subject, row]));
  }

  button(id) {
    this.bring();
    return this.#rows.get(id)?.querySelector(":scope > [data-stop]") ?? null;
  }

  select(id) {
    for (const pressed of this.list.querySelectorAll('[data-stop][aria-pressed="true"]')) pressed.setAttribute("aria-pressed", "false");
    const button = this.button(id);
    button?.setAttribute("aria-pressed", "true");
    const frame = button?.closest(".map-words");
    if (!frame || frame.scrollHeight <= frame.clientHeight + 1) return;
    const [box, room] = [button.getBoundingClientRect(), frame.getBoundingClientRect()];
    if (box.top < room.top || box.bottom > room.bottom) frame.scrollTop += box.top - room.top - room.height / 3;
  }

  show({ nodes, edges }) {
    this.bring();
    const touched = new Set(nodes);
    for (const id of nodes) this.#put(id);
    for (const id of edges) {
      const edge = this.model.edges.get(id);
      for (const end of edge ? [edge.source, edge.target] : []) touched.add(end);
      if (!edge) this.list.querySelectorAll(`[data-step="${CSS.escape(id)}"]`).forEach((each) => each.remove());
    }
    for (const id of touched) this.#relate(id);
  }

  #put(id) {
    const node = this.model.nodes.get(id);
    const row = this.#rows.get(id);
    if (!node) return row && this.#takeAway(id, row);
    const here = row ?? this.#add(node);
    const button = here.querySelector(":scope > [data-stop]");
    here.className = [...here.classList].filter((name) => name.startsWith("is-")).concat(node.state).join(" ");
    Object.assign(here.dataset, { kind: node.kind, state: node.state, voice: node.voice ?? "", told: node.told ?? "", when: node.when ?? "" });
    const icon = this.root.querySelector(`template[data-icon="${CSS.escape(node.kind)}"]`)?.content.firstElementChild.cloneNode(true);
    button.querySelector(":scope > .icon")?.remove();
    if (icon) button.prepend(icon);
    const words = button.querySelector("[data-words]");
    if (words.textContent !== node.text) words.textContent = node.text;
    button.querySelector("[data-state-name]").textContent = this.names.states[node.state];
  }

  // A new stop hangs under the one it came from, or after that branch where it would hang too deep; else it is a beginning.
  #add(node) {
    const row = this.root.querySelector("template[data-item]").content.firstElementChild.cloneNode(true);
    const button = row.querySelector("[data-stop]");
    row.dataset.subject = node.id;
    button.dataset.stop = node.id;
    button.id = `stop-${node.id}`;
    const from = this.model.edgesAt(node.id).find((edge) => edge.target === node.id && this.#rows.has(edge.source));
    this.#hang(row, from && this.#rows.get(from.source));
    this.#rows.set(node.id, row);
    return row;
  }

  #hang(row, under) {
    const above = [];
    for (let each = under; each; each = each.parentElement.closest("li[data-subject]")) above.push(each);
    if (!under) this.list.append(row);
    else if (above.length > DEEPEST) above.at(-1).after(row);
    else this.#listUnder(under).append(row);
  }

  #listUnder(row) {
    let list = row.querySelector(":scope > ul");
    if (!list) {
      list = document.createElement("ul");
      list.setAttribute("role", "list");
      row.append(list);
    }
    return list;
  }

  // What hangs on it was told by others, and stays.
  #takeAway(id, row) {
    row.replaceWith(...row.querySelectorAll(":scope > ul > li"));
    this.#rows.delete(id);
  }

  // By which word a stop hangs where it hangs, and which other stops it leads to.
  #relate(id) {
    const row = this.#rows.get(id);
    if (!row) return;
    const above = row.parentElement.closest("li[data-subject]")?.dataset.subject;
    const all = this.model.edgesAt(id);
    const by = all.find((edge) => edge.source === above && edge.target === id);
    const said = row.querySelector(":scope > [data-stop] [data-by]");
    said.hidden = !by;
    said.textContent = by ? `${this.names.relations[by.relation]}:` : "";
    const hangs = (edge) => this.#rows.get(edge.target)?.parentElement.parentElement === row && this.#isFirst(edge);
    const others = all.filter((edge) => edge.source === id && this.model.nodes.has(edge.target) && !hangs(edge));
    const also = row.querySelector(":scope > [data-also]");
    also.replaceChildren(...others.flatMap((edge) => [this.#also(edge), " "]));
    also.hidden = !others.length;
  }

  #isFirst(edge) {
    return this.model.edgesAt(edge.target).find((each) => each.source === edge.source && each.target === edge.target) === edge;
  }

  #also(edge) {
    const [line, link] = [document.createElement("span"), document.createElement("a")];
    line.dataset.step = edge.id;
    link.href = `#stop-${edge.target}`;
    link.dataset.go = edge.target;
    link.textContent = this.model.nodes.get(edge.target).text;
    line.append(`${this.names.relations[edge.relation]}: `, link);
    return line;
  }
}
