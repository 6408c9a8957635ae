// What a page shows of a map, read from its picture and its outline: each stop once, with all its places.
const SHAPES = "svg.map .node[data-node]";
const STEPS = "svg.map .edge[data-edge]";
const OF_MAP = "g[data-node], g[data-edge], li[data-subject]";
const ROWS = ".outline li[data-subject]";

export function readMap(scope) {
  const stops = new Map();
  const stopOf = (id, element) => {
    if (!stops.has(id)) stops.set(id, new Stop(id, stops.size + 1));
    stops.get(id).stands(element);
    return stops.get(id);
  };
  for (const row of scope.querySelectorAll(ROWS)) stopOf(row.dataset.subject, row).row = row;
  for (const shape of scope.querySelectorAll(SHAPES)) stopOf(shape.dataset.node, shape).shape = shape;
  const steps = [...scope.querySelectorAll(STEPS)].map(({ dataset }, place, all) => ({
    id: dataset.edge,
    element: all[place],
    source: dataset.source,
    target: dataset.target,
    relation: dataset.relation,
  }));
  return { stops, steps, links: [...steps, ...folded(stops)] };
}

class Stop {
  constructor(id, place) {
    Object.assign(this, { id, place, shape: null, row: null, kind: "", state: "", voice: "", told: place, when: "", folded: 0 });
  }

  stands({ dataset }) {
    for (const fact of ["kind", "state", "voice", "when"]) this[fact] = dataset[fact] || this[fact];
    this.told = Number(dataset.told) || this.told;
    this.folded = Number(dataset.folded) || this.folded;
  }

  // Reading words takes time, and only a search and the replay ask for them.
  get words() {
    return (this.said ??= this.#read());
  }

  #read() {
    const texts = textsOf(this.row).map((text) => text.data);
    const title = this.shape?.querySelector("title")?.textContent.replace(/ \([^()]*\)$/, "");
    return (texts.join("").trim() || title || "").replace(/\s+/g, " ");
  }
}

// The text of a stop in the outline: its own words, not the small print beside them.
export function textsOf(row) {
  const own = row?.querySelector("[data-stop] [data-words], .item [data-words], [data-stop], .item");
  if (!own || own.closest("li") !== row) return [];
  const walker = document.createTreeWalker(own, NodeFilter.SHOW_TEXT, (text) =>
    text.parentElement.closest("small, .visually-hidden") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  );
  const texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  return texts;
}

// A stop that is folded into another stands only in the outline; there its list says where it came from.
function folded(stops) {
  return [...stops.values()].flatMap(({ id, row, shape }) => {
    const parent = !shape && row?.parentElement.closest("li[data-subject]");
    return parent ? [{ source: parent.dataset.subject, target: id, relation: "" }] : [];
  });
}

export const idOf = ({ dataset }) => dataset.node ?? dataset.edge ?? dataset.subject;

// The stops and steps among these elements and in them.
export function placesIn(nodes) {
  return [...nodes].flatMap((node) => {
    if (!(node instanceof Element)) return [];
    const inside = node.querySelectorAll(OF_MAP);
    return node.matches(OF_MAP) ? [node, ...inside] : [...inside];
  });
}

// Brings a stop into sight, in the picture and in the outline, without moving the page itself.
export function reveal(scope, stop) {
  const view = scope.workbench?.view;
  if (view?.show) view.show(stop.id);
  else scrollTo(stop.shape);
  scrollTo(stop.row?.querySelector("[data-stop], .item"));
}

function scrollTo(element) {
  const frame = element && scroller(element.parentElement);
  if (!frame) return;
  const [box, room] = [element.getBoundingClientRect(), frame.getBoundingClientRect()];
  const outside = box.left < room.left || box.right > room.right || box.top < room.top || box.bottom > room.bottom;
  if (!outside) return;
  frame.scrollBy({
    left: (box.left + box.right - room.left - room.right) / 2,
    top: (box.top + box.bottom - room.top - room.bottom) / 2,
    behavior: "instant",
  });
}

function scroller(element) {
  for (let frame = element; frame && frame !== document.body; frame = frame.parentElement) {
    const isLarger = frame.scrollHeight > frame.clientHeight + 1 || frame.scrollWidth > frame.clientWidth + 1;
    if (isLarger && /auto|scroll/.test(getComputedStyle(frame).overflow)) return frame;
  }
  return null;
}
