// What each operation does to a map, as far as this device can know it before the server answers. Pure:
// `seen` is {nodes, edges}, two Maps of facts that are never changed, only replaced.
import { derivedId } from "./derived.js";
import { growth } from "./growth.js";
import { freePlace } from "./places.js";

const ACTS = { grow, edit, place, connect, relate, disconnect, remove, restore, merge, refer, unrefer };

// `known` is what the device knows besides: facts of what was taken away, and whose hands these are.
export function perform(seen, operations, known) {
  for (const operation of standing(operations)) ACTS[operation.verb]?.(seen, operation, known);
  return seen;
}

// Undo takes back the last one that still waits here; what the server already has, it takes back itself.
export function standing(operations) {
  return turned(operations).done;
}

// What stands of what waits here, and what was taken back of it.
export function turned(operations) {
  const [done, undone] = [[], []];
  for (const operation of operations) {
    if (operation.verb === "undo") done.length && undone.push(done.pop());
    else if (operation.verb === "redo") undone.length && done.push(undone.pop());
    else {
      done.push(operation);
      undone.length = 0;
    }
  }
  return { done, undone };
}

function change(things, id, fields) {
  const thing = things.get(id);
  if (thing) things.set(id, { ...thing, ...fields });
}

function isSame(one, other) {
  return one.source === other.source && one.target === other.target && one.relation === other.relation;
}

function stopsAfter(id, nodes, edges) {
  const after = [...edges.values()].filter((edge) => edge.source === id && nodes.has(edge.target));
  return after.map((edge) => nodes.get(edge.target)).sort((one, other) => one.told - other.told);
}

function grow({ nodes, edges }, told, known) {
  if (nodes.has(told.node_id)) return;
  const touched = nodes.get(told.touched_id);
  const grown = growth(told.question);
  const spot = known.spotOf(told.id, () =>
    freePlace(nodes.values(), touched, grown.pointsIn, stopsAfter(told.touched_id, nodes, edges)),
  );
  const state = told.state ?? "happened";
  nodes.set(told.node_id, {
    id: told.node_id,
    text: told.text,
    note: told.note ?? "",
    kind: told.kind || (touched && told.question ? grown.kind : "idea"),
    state,
    intended: state !== "emerged",
    when: told.when ?? "",
    ...spot,
    pinned: false,
    told: 1 + Math.max(0, ...[...nodes.values()].map((node) => node.told ?? 0)),
    references: [],
    mine: true,
    ...known.voice,
  });
  if (!touched) return;
  const [source, target] = grown.pointsIn ? [told.node_id, touched.id] : [touched.id, told.node_id];
  const id = derivedId(told.node_id, "edge");
  edges.set(id, { id, source, target, relation: grown.relation, label: "" });
}

function edit({ nodes }, { node_id: id, set }) {
  change(nodes, id, set);
}

function place({ nodes }, { node_id: id, x, y }) {
  change(nodes, id, { x, y, pinned: true });
}

function connect({ nodes, edges }, { edge_id: id, source_id: source, target_id: target, relation }) {
  const told = { id, source, target, relation, label: "" };
  if (!nodes.has(source) || !nodes.has(target) || [...edges.values()].some((edge) => isSame(edge, told))) return;
  edges.set(id, told);
}

// `from`: the end it starts at now. What then says the same as another link is one with it.
function relate({ edges }, { edge_id: id, relation, source_id: from }) {
  const edge = edges.get(id);
  if (!edge) return;
  const turned = from === edge.target ? { source: edge.target, target: edge.source } : {};
  const now = { ...edge, ...turned, relation };
  const isDouble = [...edges.values()].some((other) => other.id !== id && isSame(other, now));
  if (isDouble) edges.delete(id);
  else edges.set(id, now);
}

function disconnect({ edges }, { edge_id: id }) {
  edges.delete(id);
}

function remove({ nodes }, { node_id: id }) {
  nodes.delete(id);
}

function restore({ nodes }, { node_id: id }, known) {
  if (known.gone.has(id) && !nodes.has(id)) nodes.set(id, known.gone.get(id));
}

function merge({ nodes, edges }, { node_id: stays, other_id: goes }) {
  if (!nodes.has(stays) || !nodes.delete(goes)) return;
  const swap = (end) => (end === goes ? stays : end);
  for (const edge of [...edges.values()]) {
    if (edge.source !== goes && edge.target !== goes) continue;
    edges.delete(edge.id);
    const [source, target] = [swap(edge.source), swap(edge.target)];
    const isDouble = [...edges.values()].some((other) => isSame(other, { ...edge, source, target }));
    if (source !== target && !isDouble) edges.set(edge.id, { ...edge, source, target });
  }
}

function refer({ nodes }, { node_id: id, reference_id, subject_type: type, subject_id, words }) {
  const known = nodes.get(id)?.references ?? [];
  if (known.some((each) => each.subject_id === subject_id)) return;
  change(nodes, id, { references: [...known, { id: reference_id, type, subject_id, text: words ?? "" }] });
}

function unrefer({ nodes }, { reference_id }) {
  for (const { id, references = [] } of [...nodes.values()]) {
    const rest = references.filter((each) => each.id !== reference_id);
    if (rest.length < references.length) change(nodes, id, { references: rest });
  }
}
