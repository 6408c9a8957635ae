// The map on a page of its own, without a server: places and colours were computed before it was saved.
const NEAR = 22; // px around a finger
const READABLE = 0.7; // of full size: smaller words are only seen
const LARGEST = 1.5;
const BOX = 120;
const STEP = 80; // px that an arrow key moves the map
const dark = matchMedia("(prefers-color-scheme: dark)");
const still = matchMedia("(prefers-reduced-motion: reduce)");

const graph = JSON.parse(document.getElementById("map-data").textContent);
const frame = document.querySelector("[data-frame]");
const tools = document.querySelector("[data-tools]");
const colours = () => (dark.matches ? graph.dark : graph.light);

function mount() {
  const { DataSet, Network } = globalThis.vis;
  const canvas = document.createElement("div");
  canvas.className = "canvas";
  canvas.setAttribute("aria-hidden", "true"); // the words below say the same, and can be reached
  const picture = frame.firstElementChild;
  frame.append(canvas);
  const drawn = colours();
  const data = { nodes: new DataSet(drawn.nodes), edges: new DataSet(drawn.edges) };
  const network = new Network(canvas, data, { ...drawn.options, autoResize: true });
  for (const element of canvas.querySelectorAll("[tabindex]")) element.tabIndex = -1;
  picture.style.display = "none"; // for print it comes back
  frame.classList.add("is-mounted");
  makeRoom(canvas, drawn.nodes);
  network.redraw();
  look(network, canvas);
  return { canvas, network, data };
}

// As high as the road needs at a readable size, no higher.
function makeRoom(canvas, nodes) {
  const rows = nodes.map((node) => node.y);
  const height = 0.85 * (Math.max(...rows) - Math.min(...rows) + 1.5 * BOX);
  canvas.style.height = `${Math.min(Math.max(height, 240), innerHeight * 0.75)}px`;
}

// Readable before whole: a large map opens at its beginning, a small one is seen at once.
function look(network, canvas) {
  network.fit({ maxZoomLevel: LARGEST });
  if (network.getScale() >= READABLE || !canvas.clientWidth) return;
  const way = document.documentElement.dir === "rtl" ? -1 : 1;
  const boxes = Object.values(network.getPositions());
  const first = Math.min(...boxes.map((box) => way * box.x)) - BOX;
  const [across, down] = [canvas.clientWidth / READABLE, canvas.clientHeight / READABLE];
  const rows = boxes.filter((box) => way * box.x < first + across).map((box) => box.y);
  const [top, bottom] = [Math.min(...rows) - BOX / 2, Math.max(...rows) + BOX / 2];
  const y = bottom - top < down ? (top + bottom) / 2 : top + down / 2;
  network.moveTo({ position: { x: way * (first + across / 2), y }, scale: READABLE });
}

function nearest({ network, data }, point) {
  const hit = network.getNodeAt(point);
  if (hit) return hit;
  let best = null;
  for (const id of data.nodes.getIds()) {
    const box = network.getBoundingBox(id);
    const low = network.canvasToDOM({ x: box.left, y: box.top });
    const high = network.canvasToDOM({ x: box.right, y: box.bottom });
    const away = Math.hypot(Math.max(low.x - point.x, 0, point.x - high.x), Math.max(low.y - point.y, 0, point.y - high.y));
    if (away <= NEAR && (!best || away < best.away)) best = { id, away };
  }
  return best?.id;
}

// Touching a stop shows where it stands in the words below.
function choose(view, id) {
  view.network.selectNodes(id ? [id] : []);
  const item = id && document.getElementById(`stop-${id}`);
  if (!item) return;
  item.scrollIntoView({ block: "center", behavior: still.matches ? "auto" : "smooth" });
  item.focus({ preventScroll: true });
}

function acts({ network }) {
  const animation = !still.matches;
  const zoom = (factor) => network.moveTo({ scale: network.getScale() * factor, animation });
  const move = (x, y) => network.moveTo({ offset: { x, y }, position: network.getViewPosition(), animation });
  return {
    in: () => zoom(1.4),
    out: () => zoom(1 / 1.4),
    fit: () => network.fit({ maxZoomLevel: LARGEST, animation }),
    ArrowLeft: () => move(STEP, 0),
    ArrowRight: () => move(-STEP, 0),
    ArrowUp: () => move(0, STEP),
    ArrowDown: () => move(0, -STEP),
  };
}

function listen(view) {
  const act = acts(view);
  const keys = { "+": "in", "=": "in", "-": "out", 0: "fit" };
  tools.hidden = false;
  frame.setAttribute("aria-describedby", "keys");
  tools.addEventListener("click", (event) => act[event.target.closest("[data-map]")?.dataset.map]?.());
  frame.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const chosen = act[keys[event.key] ?? event.key];
    if (!chosen) return;
    event.preventDefault();
    chosen();
  });
  view.network.on("click", ({ pointer }) => choose(view, nearest(view, pointer.DOM)));
  new ResizeObserver(() => look(view.network, view.canvas)).observe(view.canvas);
  dark.addEventListener("change", () => {
    const drawn = colours();
    view.data.nodes.update(drawn.nodes);
    view.data.edges.update(drawn.edges);
  });
}

try {
  listen(mount());
  document.documentElement.dataset.ready = "true";
} catch (error) {
  frame.querySelector(".canvas")?.remove(); // the picture stays when the canvas cannot come
  if (frame.firstElementChild) frame.firstElementChild.style.display = "";
  frame.classList.remove("is-mounted");
  console.error(error);
}
