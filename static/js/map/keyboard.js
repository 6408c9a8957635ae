// The whole map by keyboard: its frame is one stop for Tab, inside it the arrows go from stop to stop.
import { Carrying } from "./carrying.js";
import { beginning, towards } from "./hit.js";

const STEP = 120; // px of Shift and an arrow
const QUESTIONS = ["what_next", "what_else", "what_hindered", "what_helped", "what_meant"];
const MOVES = { ArrowLeft: [STEP, 0], ArrowRight: [-STEP, 0], ArrowUp: [0, STEP], ArrowDown: [0, -STEP] };

export function keyboard(bench) {
  const { frame, view, panel } = bench;
  const carrying = new Carrying(bench);
  const zooms = { "+": () => view.step(1.4), "=": () => view.step(1.4), "-": () => view.step(1 / 1.4), _: () => view.step(1 / 1.4), 0: () => view.fit() };

  frame.addEventListener("keydown", (event) => {
    if (event.target !== frame || event.altKey) return;
    const isDone = event.ctrlKey || event.metaKey ? turn(event) : (carrying.isOn && carrying.key(event.key)) || plain(event);
    if (isDone) event.preventDefault();
  });

  function turn({ key, shiftKey }) {
    const name = { z: shiftKey ? "redo" : "undo", Z: "redo", y: "redo" }[key];
    if (name) bench.tool(name);
    return Boolean(name);
  }

  function plain({ key, shiftKey }) {
    if (MOVES[key]) return shiftKey ? view.pan(...MOVES[key]) ?? true : go(key);
    if (zooms[key]) return zooms[key]() ?? true;
    if (key === "?") return bench.tool("help") ?? true;
    if (key === "Enter" || key === " ") return enter();
    if (key === "Escape") return bench.picking.isOn ? false : leave();
    return bench.may("draw") && draw(key);
  }

  function go(key) {
    const spots = bench.spots();
    const from = spots.find((spot) => spot.id === bench.selected);
    const next = from ? towards(spots, from, key) : beginning(spots, view.way);
    if (next) bench.select(next.id, { open: panel.isOpen && !bench.picking.isOn });
    return true;
  }

  function enter() {
    if (bench.picking.isOn && bench.selected) bench.picking.choose(bench.selected);
    else if (bench.selected) panel.open(bench.selected, { focus: true });
    else go("ArrowRight");
    return true;
  }

  function leave() {
    if (panel.isOpen) panel.close();
    else bench.select(null);
    return true;
  }

  function draw(key) {
    const question = QUESTIONS[Number(key) - 1];
    const act = { e: "change", l: "connect" }[key.toLowerCase()];
    if (key.toLowerCase() === "n") return bench.tool("begin") ?? true;
    if (bench.selected && key.toLowerCase() === "m") return carrying.start(bench.selected) ?? true;
    if (!bench.selected || (!question && !act)) return false;
    panel.open(bench.selected);
    if (act) panel.act(act);
    else panel.root.querySelector(`[data-ask="${question}"]`).click();
    return true;
  }
}
