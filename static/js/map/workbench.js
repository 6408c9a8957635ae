// A map to draw on. Glues together the picture, the panel, the outline, what is kept and what is heard.
import { dragging } from "./dragging.js";
import { gestures } from "./gestures.js";
import { keyboard } from "./keyboard.js";
import { listen } from "./listening.js";
import { listNotKept } from "./not-kept.js";
import { Model } from "./model.js";
import { Operations } from "./operations.js";
import { Outline } from "./outline.js";
import { Panel } from "./panel.js";
import { Picking } from "./picking.js";
import { Picture } from "./picture.js";
import { Presence } from "./presence.js";
import { Rest, together, wholeOf } from "./rest.js";
import { Said, short } from "./said.js";
import { Selection } from "./selection.js";
import { Shapes } from "./shapes.js";
import { tools } from "./tools.js";
import { View } from "./view.js";

export default async function workbench(root) {
  const bench = (root.workbench = new Workbench(root));
  await bench.start();
}

const whenIdle = globalThis.requestIdleCallback ?? ((work) => setTimeout(work, 50));
const read = (root, name) => JSON.parse(root.querySelector(`template[data-${name}]`).content.textContent);

class Workbench {
  #spots = null;

  constructor(root) {
    const { space, trajectory, voice, voiceName } = root.dataset;
    const svg = root.querySelector("[data-frame] svg.map");
    this.root = root;
    this.address = `/spaces/${space}/trajectories/${trajectory}`;
    this.frame = root.querySelector("[data-frame]");
    this.names = read(root, "names");
    this.said = new Said(root);
    this.model = new Model(read(root, "facts"), { voice: voice ?? null, voice_name: voiceName ?? null });
    this.shapes = new Shapes(read(root, "shapes"), this.names, Number(svg.dataset.way) || 1);
    this.picture = new Picture(svg, this.model, this.shapes);
    this.rest = new Rest(this.frame, this.picture);
    this.outline = new Outline(root, this.model, this.names);
    this.panel = new Panel(this);
    const cover = () => (this.panel.isOpen ? this.panel.root : null);
    this.view = new View(this.frame, svg, { spots: () => this.spots(), way: this.shapes.way, cover, far: () => this.rest.bringAll() });
    this.presence = new Presence(this);
    this.picking = new Picking(this);
    this.selection = new Selection(this);
  }

  async start() {
    const { nodes, edges } = this.model;
    gestures(this.frame, this.view, dragging(this));
    this.operations = await Operations.open(this.root, this.model, this.said);
    this.operations.addEventListener("changed", ({ detail }) => this.#show(detail));
    if (this.model.pending.length) this.#show(differing({ nodes, edges }, this.model));
    await listNotKept(this);
    keyboard(this);
    this.tool = tools(this);
    this.root.addEventListener("click", (event) => this.#follow(event));
    listen(this);
    this.operations.outbox.flush();
    this.rest.bring();
    whenIdle(() => this.outline.bring());
  }

  may(act) {
    return this.root.dataset.may.split(" ").includes(act);
  }

  icon(name) {
    return this.root.querySelector(`template[data-icon="${CSS.escape(name)}"]`)?.content.firstElementChild.cloneNode(true) ?? "";
  }

  tell(name, detail) {
    this.root.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
  }

  // Every stop in the picture, in its units.
  spots() {
    const drawn = () => [...this.model.nodes.values()].filter(({ id }) => this.picture.has(id));
    return (this.#spots ??= drawn().map(({ id, x, y }) => ({ id, x: this.shapes.way * x, y })));
  }

  get selected() {
    return this.selection.id;
  }

  select(id, how) {
    this.selection.set(id, how);
  }

  remove(id) {
    const words = short(this.model.nodes.get(id).text);
    this.operations.do("remove", { node_id: id });
    this.select(null);
    this.said.say("removed", { words }, { undo: true });
  }

  // The whole map anew, as the server has it.
  replace(fresh) {
    const svg = together(wholeOf(fresh, "svg.map"));
    this.rest.forget();
    this.operations.replace(read(fresh, "facts"), Number(fresh.dataset.seq));
    this.view.adopt(svg);
    this.picture.adopt(svg);
    const list = wholeOf(fresh, "ul.outline");
    this.outline.list.replaceWith(list);
    this.outline.adopt(list);
    this.#show({ nodes: new Set(this.model.nodes.keys()), edges: new Set(this.model.edges.keys()), change: null });
    this.selection.mark();
  }

  #show({ nodes, edges }) {
    this.#spots = null;
    this.picture.show({ nodes, edges });
    this.#spots = null;
    this.outline.show({ nodes, edges });
    this.panel.refresh({ nodes, edges });
    this.presence.show();
    const empty = this.root.querySelector("[data-no-stops]");
    if (empty) empty.hidden = this.model.nodes.size > 0;
    if (nodes.has(this.selected)) this.selection.follow();
    this.tell("map:changed", { nodes: [...nodes], edges: [...edges] });
  }

  // A stop in the outline is the same as one in the picture.
  #follow(event) {
    const { stop, go } = event.target.closest("[data-stop], .outline [data-go]")?.dataset ?? {};
    const id = stop ?? go;
    if (!id) return;
    event.preventDefault();
    if (this.picking.isOn) this.picking.choose(id);
    else this.select(id, { open: true, focus: event.detail === 0 });
  }
}

function differing(before, { nodes, edges }) {
  const ids = (now, then) => new Set([...now.keys(), ...then.keys()].filter((id) => now.get(id) !== then.get(id)));
  return { nodes: ids(nodes, before.nodes), edges: ids(edges, before.edges) };
}
