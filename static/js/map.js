// The picture from the server comes first; when it is looked at, a canvas to move around in mounts over it.
// Nothing is computed here: every place comes from the server, the same for everybody.
import { takeAway } from "./cards.js";

const NEAR = 22; // px around a finger; vis-network itself has no slop at all
const SMALLEST = 0.7; // of full size: smaller words are no longer read, only seen
const LARGEST = 1.5;
const BOX = 120;
const dark = matchMedia("(prefers-color-scheme: dark)");
const still = matchMedia("(prefers-reduced-motion: reduce)");

export default function map(frame) {
  const seen = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    seen.disconnect();
    mount(frame).catch(() => frame.classList.add("is-picture")); // the picture stays when the canvas cannot come
  });
  seen.observe(frame);
}

async function mount(frame) {
  const [graph] = await Promise.all([fetchGraph(frame), import("../vendor/vis-network.min.js")]);
  const { DataSet, Network } = globalThis.vis;
  const canvas = document.createElement("div");
  canvas.className = "map-canvas";
  canvas.setAttribute("aria-hidden", "true"); // the outline beside it says the same, and can be reached
  const drawn = dark.matches ? graph.dark : graph.light;
  const data = { nodes: new DataSet(drawn.nodes), edges: new DataSet(drawn.edges) };
  frame.replaceChildren(canvas);
  makeRoom(canvas, drawn.nodes);
  const network = new Network(canvas, data, { ...drawn.options, autoResize: true });
  for (const element of canvas.querySelectorAll("[tabindex]")) element.tabIndex = -1;
  look(network, canvas);
  const view = { frame, canvas, network, data };
  addTools(view);
  network.on("click", ({ pointer }) => choose(view, nearest(view, pointer.DOM)));
  dark.addEventListener("change", () => redraw(view));
  addEventListener("cocreate:change", ({ detail }) => arrive(view, detail));
    new ResizeObserver(() => look(network, canvas)).observe(canvas);
  frame.dataset.mounted = "true";
}

// As high as the road needs at a readable size, no higher: a short road leaves no hole in the page.
function makeRoom(canvas, nodes) {
  const rows = nodes.map((node) => node.y);
  const height = 0.85 * (Math.max(...rows) - Math.min(...rows) + 1.5 * BOX);
  canvas.style.height = `${Math.min(Math.max(height, 240), innerHeight * 0.7)}px`;
}

// Readable before whole: a large map opens at its beginning, a small one is seen at once.
function look(network, canvas) {
  network.fit({ maxZoomLevel: LARGEST });
  if (network.getScale() >= SMALLEST || !canvas.clientWidth) return;
  const boxes = Object.values(network.getPositions());
  const left = Math.min(...boxes.map((box) => box.x)) - BOX;
  const top = Math.min(...boxes.filter((box) => box.x < left + 2 * BOX).map((box) => box.y)) - BOX / 2;
  const x = left + canvas.clientWidth / 2 / SMALLEST;
  network.moveTo({ position: { x, y: top + canvas.clientHeight / 2 / SMALLEST }, scale: SMALLEST });
}

async function fetchGraph(frame) {
  const answer = await fetch(frame.dataset.graph, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.json();
}

async function redraw({ frame, network, data }) {
  const graph = await fetchGraph(frame);
  const drawn = dark.matches ? graph.dark : graph.light;
  for (const kind of ["nodes", "edges"]) {
    const now = new Set(drawn[kind].map((one) => one.id));
    data[kind].remove(data[kind].getIds().filter((id) => !now.has(id)));
    data[kind].update(drawn[kind]);
  }
  network.redraw();
}

let waiting = 0;

function arrive(view, change) {
  if (change.topic !== "node") return;
  if (change.gone) {
    if (!view.data.nodes.get(change.subject_id)) return;
    view.data.nodes.remove(change.subject_id);
    takeAway(document, change.subject_id);
  } else if (change.trajectory_id === view.frame.dataset.trajectory) {
    clearTimeout(waiting); // many answers at once need one look
    waiting = setTimeout(async () => {
      await redraw(view).catch(() => {});
      follow(view, change.subject_id);
    }, 200);
  }
}

// A new stop comes into sight; who is looking elsewhere on a large map is not pulled along in one jump.
function follow({ network, canvas }, id) {
  const spot = network.canvasToDOM(network.getPosition(id));
  const isInside = spot.x > 0 && spot.y > 0 && spot.x < canvas.clientWidth && spot.y < canvas.clientHeight;
  if (!isInside) network.moveTo({ position: network.getPosition(id), animation: !still.matches });
}

function nearest({ network, data }, point) {
  const hit = network.getNodeAt(point);
  if (hit) return hit;
  let best = null;
  for (const id of data.nodes.getIds()) {
    const box = network.getBoundingBox(id);
    const low = network.canvasToDOM({ x: box.left, y: box.top });
    const high = network.canvasToDOM({ x: box.right, y: box.bottom });
    const away = Math.hypot(
      Math.max(low.x - point.x, 0, point.x - high.x),
      Math.max(low.y - point.y, 0, point.y - high.y),
    );
    if (away <= NEAR && (!best || away < best.away)) best = { id, away };
  }
  return best?.id;
}

// Touching a stop shows where it stands in the outline, with all its words.
function choose({ network }, id) {
  network.selectNodes(id ? [id] : []);
  const item = id && document.getElementById(`stop-${id}`);
  if (!item) return;
  item.scrollIntoView({ block: "nearest", behavior: still.matches ? "auto" : "smooth" });
  item.focus({ preventScroll: true });
}

function addTools({ frame, network }) {
  const template = document.querySelector("template[data-map-tools]");
  if (!template) return;
  const tools = template.content.firstElementChild.cloneNode(true);
  const zoom = (factor) => network.moveTo({ scale: network.getScale() * factor, animation: !still.matches });
  const acts = { in: () => zoom(1.4), out: () => zoom(1 / 1.4), fit: () => network.fit({ animation: !still.matches }) };
  tools.addEventListener("click", (event) => acts[event.target.closest("[data-map]")?.dataset.map]?.());
  frame.before(tools);
}
