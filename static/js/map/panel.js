// One stop beside the map: its words, the five questions, and everything else one can do with it.
import { Changing } from "./changing.js";
import { Drafts } from "./begun.js";
import { Growing } from "./growing.js";
import { Linking, Merging } from "./linking.js";
import { Loosened } from "./loosened.js";
import { History, Referring } from "./looking-up.js";
import { Summary } from "./summary.js";

export class Panel {
  id = null; // the stop it is about; none for a new beginning
  part = "";

  constructor(bench) {
    this.bench = bench;
    this.root = bench.root.querySelector("[data-panel]");
    this.loosened = new Loosened(this);
    this.words = this.root.querySelector("[data-panel-words]");
    this.drafts = new Drafts(this.root, () => this.id, `${bench.root.dataset.membership}:${bench.root.dataset.trajectory}`);
    const mayDraw = bench.may("draw");
    this.summary = new Summary(this);
    this.parts = {
      main: this.summary,
      history: new History(this),
      ...(mayDraw && { grow: new Growing(this), change: new Changing(this), link: new Linking(this), merge: new Merging(this), refer: new Referring(this) }),
    };
    this.root.addEventListener("click", (event) => this.#click(event));
    this.root.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      this.#back();
    });
  }

  get isOpen() {
    return !this.root.hidden;
  }

  // Whether somebody writes here about a stop that was taken off the map meanwhile.
  get isLoose() {
    return this.loosened.isOn;
  }

  get node() {
    return this.bench.model.nodes.get(this.id);
  }

  open(id, { part = "main", focus = false, told } = {}) {
    const isOther = id !== this.id || !this.isOpen;
    if (isOther) this.loosened.leave();
    this.id = id;
    this.root.hidden = false;
    this.bench.root.classList.add("has-panel");
    if (isOther || part !== this.part || told) this.show(part, told, focus);
    else if (focus) this.words.focus({ preventScroll: true });
    if (isOther) this.bench.tell("map:opened", { id });
  }

  close() {
    if (!this.isOpen) return;
    const hadFocus = this.root.contains(document.activeElement);
    this.root.hidden = true;
    this.bench.root.classList.remove("has-panel");
    if (hadFocus) this.bench.frame.focus({ preventScroll: true });
    this.loosened.leave();
    this.bench.tell("map:opened", { id: null });
  }

  show(part, told, focus = true) {
    this.part = part;
    for (const each of this.root.querySelectorAll("[data-part]")) each.hidden = each.dataset.part !== part;
    this.say();
    this.parts[part].enter(this.node, told);
    this.root.scrollTop = 0;
    const field = part !== "main" && this.root.querySelector(`[data-part="${part}"] :is(textarea, input:checked, [type="search"])`);
    if (focus) (field || this.words).focus({ preventScroll: !field });
  }

  // Whether somebody reads this stop here, or has begun to write about it.
  isAbout(id) {
    return (this.isOpen && this.id === id) || this.drafts.all.some(({ about }) => about === id);
  }

  // Something that a stop can have to do with is not for everybody any more.
  drop(subject) {
    this.parts.refer?.drop(subject);
  }

  // Something on the map looks different now. `change`: what the stream told.
  refresh({ nodes, edges, change }) {
    if (!this.isOpen || !this.id) return;
    if (!this.node) return this.loosened.begin(change);
    this.loosened.end();
    const isAbout = nodes.has(this.id) || this.bench.model.edgesAt(this.id).some((edge) => edges.has(edge.id) || nodes.has(edge.source) || nodes.has(edge.target));
    if (!isAbout && !edges.size) return;
    this.say();
    if (this.part === "main") this.summary.enter(this.node);
  }

  #back() {
    if (this.part === "main" || !this.node) this.close();
    else this.show("main");
  }

  say() {
    this.words.textContent = this.node?.text ?? this.bench.said.word(this.part === "history" ? "removed-all" : "begin");
    this.words.classList.toggle("visually-hidden", !this.node && this.part === "grow");
    this.summary.about(this.node);
  }

  #click({ target }) {
    const button = target.closest("button, [data-go]");
    const { ask, act, go } = button?.dataset ?? {};
    if (!button) return;
    if (button.matches("[data-panel-close]")) this.close();
    else if (button.matches("[data-part-back]")) this.#back();
    else if (ask) this.show("grow", { question: ask, words: button.textContent.trim() });
    else if (act) this.act(act);
    else if (go) this.bench.select(go, { open: true, focus: true });
  }

  // Opens what was begun last.
  resume() {
    const { drafts, bench } = this;
    const { about, part, mark } = drafts.all.filter((each) => !each.about || bench.model.nodes.has(each.about)).at(-1) ?? {};
    if (!part || this.isOpen) return;
    const words = this.root.querySelector(`[data-ask="${CSS.escape(mark)}"]`)?.textContent.trim();
    bench.select(about || null);
    this.open(about || null, { part, told: { question: mark, words } });
  }

  act(name) {
    const { bench, id } = this;
    if (!this.node) return;
    if (name === "remove") bench.remove(id);
    else if (name === "connect") bench.picking.start("pick-connect", id, (other) => this.open(id, { part: "link", told: { source: id, target: other }, focus: true }));
    else if (name === "merge") bench.picking.start("pick-merge", id, (other) => this.open(id, { part: "merge", told: { other }, focus: true }));
    else this.show(name);
  }
}
