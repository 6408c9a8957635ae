// Where roads meet: the picture of the server first, then a canvas to move around in. Nothing moves by itself.
const NEAR = 22; // px around a finger; vis-network has no slop of its own
const SMALLEST = 0.55; // of full size: smaller words are no longer read, only seen
const dark = matchMedia("(prefers-color-scheme: dark)");
const still = matchMedia("(prefers-reduced-motion: reduce)");

export default async function network(root) {
  const graph = JSON.parse(root.querySelector("script[data-graph]").textContent);
  await import("../../vendor/vis-network.min.js");
  const { DataSet, Network } = globalThis.vis;
  const frame = root.querySelector("[data-frame]");
  const canvas = document.createElement("div");
  canvas.className = "map-canvas";
  canvas.setAttribute("aria-hidden", "true"); // the list beside it says the same
  const colours = () => (dark.matches ? graph.dark : graph.light);
  const data = { nodes: new DataSet(colours().nodes), edges: new DataSet(colours().edges) };
  const picture = frame.querySelector("svg").viewBox.baseVal;
  frame.replaceChildren(canvas);
  const scale = Math.max(Math.min(canvas.clientWidth / picture.width, 1), SMALLEST);
  canvas.style.height = `${Math.min(Math.max(picture.height * scale, 200), innerHeight * 0.7)}px`;
  const drawn = new Network(canvas, data, { ...colours().options, autoResize: true });
  for (const element of canvas.querySelectorAll("[tabindex]")) element.tabIndex = -1;
  look(drawn, canvas);
  new ResizeObserver(() => look(drawn, canvas)).observe(canvas);
  dark.addEventListener("change", () => {
    data.nodes.update(colours().nodes);
    data.edges.update(colours().edges);
  });
  const view = { root, drawn, data };
  drawn.on("click", ({ pointer }) => choose(view, nearest(view, pointer.DOM)));
  for (const button of root.querySelectorAll("[data-show-meeting]")) {
    button.hidden = false;
    button.addEventListener("click", () => show(view, button.dataset.showMeeting));
  }
  frame.dataset.mounted = "true";
}

// Readable before whole: on a narrow screen the roads stand in the middle, and the rest is a swipe away.
function look(drawn, canvas) {
  drawn.fit({ maxZoomLevel: 1 });
  if (canvas.clientWidth && drawn.getScale() < SMALLEST) drawn.moveTo({ scale: SMALLEST });
}

function show(view, id) {
  mark(view, id);
  const position = view.drawn.getPosition(id);
  view.drawn.moveTo({ position, animation: still.matches ? false : { duration: 300 } });
}

// Touching a box shows where it stands in words: itself, or the places where that road meets others.
function choose(view, id) {
  mark(view, id);
  const item = view.root.querySelector(".meeting.is-here");
  if (!item) return;
  item.scrollIntoView({ block: "nearest", behavior: still.matches ? "auto" : "smooth" });
  item.focus({ preventScroll: true });
}

function mark({ root, drawn }, id) {
  drawn.selectNodes(id ? [id] : []);
  for (const item of root.querySelectorAll(".meeting")) {
    const isOn = item.id === `meeting-${id}` || Boolean(id && item.querySelector(`[data-road-of="${CSS.escape(id)}"]`));
    item.classList.toggle("is-here", isOn);
  }
}

function nearest({ drawn, data }, point) {
  const hit = drawn.getNodeAt(point);
  if (hit) return hit;
  let best = null;
  for (const id of data.nodes.getIds()) {
    const box = drawn.getBoundingBox(id);
    const low = drawn.canvasToDOM({ x: box.left, y: box.top });
    const high = drawn.canvasToDOM({ x: box.right, y: box.bottom });
    const across = Math.max(low.x - point.x, 0, point.x - high.x);
    const away = Math.hypot(across, Math.max(low.y - point.y, 0, point.y - high.y));
    if (away <= NEAR && (!best || away < best.away)) best = { id, away };
  }
  return best?.id ?? null;
}
