// What was drawn, was refused, and is said differently by its maker. It goes out as an operation of its own.
import { newId } from "../ids.js";

const OF_WORDS = ["text", "note"];
const MOST = { text: 500, note: 5000 }; // letters, as in the panel

// Somebody's own words in an operation, by field.
export function partsOf({ verb, set, ...told }) {
  const from = { grow: told, edit: set }[verb] ?? {};
  return Object.fromEntries(OF_WORDS.filter((field) => from[field]).map((field) => [field, from[field]]));
}

export const wordsIn = (body) => Object.values(partsOf(body)).join("\n\n");
export const mostOf = (field) => MOST[field];

// Whether the stop that it was about is off the map, so that the words become a beginning.
export function isLoose({ url, body, fields = [] }) {
  const [field, id] = body.verb === "grow" ? ["touched_id", body.touched_id] : ["node_id", body.node_id];
  return Boolean(id) && fields.includes(field) && !stands(url, id);
}

// `parts`: the words by field, as they are now.
export function mended(item, parts) {
  const { body } = item;
  const id = newId();
  if (!isLoose(item)) {
    return body.verb === "grow" ? { ...body, ...parts, id, node_id: id } : { ...body, id, set: { ...body.set, ...parts } };
  }
  const { workshop_id, step_id, membership_id, visibility = audience(), state, kind, when } = { ...body, ...body.set };
  const { text, note } = parts.text ? parts : { text: parts.note };
  return { id, verb: "grow", workshop_id, step_id, membership_id, node_id: id, text, note, visibility, state, kind, when };
}

// What was told about a stop that has another id now; nothing when this is not about it.
export function pointing(body, from, to) {
  const told = JSON.stringify(body);
  return told.includes(from) ? JSON.parse(told.replaceAll(from, to)) : null;
}

function stands(url, id) {
  const benches = [...document.querySelectorAll("[data-behavior=workbench]")].map((root) => root.workbench);
  return benches.some((bench) => bench?.operations?.url === url && bench.model.nodes.has(id));
}

const audience = () => document.querySelector('[data-panel] [name="visibility"]:checked')?.value ?? "maker";
