"""Maps in a real browser: first picture, moving around, an own edit; also on a CPU four times slower."""

import json
import subprocess
import tempfile
import uuid
from contextlib import suppress
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import BrowserContext, CDPSession, Error, Page, sync_playwright

from benchmarks import Row, at_most
from benchmarks.hall import Hall, hall
from benchmarks.large_map import large_map
from benchmarks.visit import CHROMIUM, QUIET
from cocreate.core.audience import Visibility
from cocreate.core.changes import changing
from cocreate.core.db import session
from cocreate.spaces.models import Membership
from cocreate.spaces.rules import Role
from cocreate.trajectories.rules import MapEdge, MapNode
from cocreate.trajectories.service import bring_in, start_trajectory
from tests.shell import running

TURNS = 5
SLOW = 4
SIZES = {100: (0.3, 1.0), 500: (0.5, 2.2), 2_000: (1.2, 3.5)}  # first picture, s: plain, throttled
MOVED = (100, 500, 2_000, 5_000)  # the last one only moved around in; above 800 side roads are folded
READY = {500: (1.0, 2.0)}
EDITED = {100: 50, 500: 100}  # ms, plain and throttled alike
FPS = 50
REST = 1_000  # ms

# Noted on every frame, so that a figure is when it could be seen.
WATCH = """
window.seen = {};
const look = () => {
  const now = performance.now();
  if (!seen.picture && document.querySelector("svg.map g.node")) seen.picture = now;
  if (!seen.ready && document.querySelector("[data-behavior=workbench]")?.workbench?.tool) {
    seen.ready = now;
    document.documentElement.dataset.measured = "true";
  }
  requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""
EDIT = """
() => new Promise((resolve) => {
  const { workbench: bench } = document.querySelector("[data-behavior=workbench]");
  const node = [...bench.model.nodes.values()][3];
  const words = `anders ${Math.round(performance.now())}`;
  const began = performance.now();
  bench.operations.do("edit", { node_id: node.id, set: { text: words }, was: { text: node.text } });
  const look = () => {
    const there = document.querySelector(`[data-node="${node.id}"]`)?.textContent.includes(words);
    there ? resolve(performance.now() - began) : requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})
"""
COUNT = """
() => {
  window.frames = [];
  if (window.isCounting) return;
  window.isCounting = true;
  const tick = (at) => { frames.push(at); requestAnimationFrame(tick); };
  requestAnimationFrame(tick);
}
"""


def main() -> list[Row]:
    """Measure; gives the rows."""
    with hall(guests=2) as here:
        addresses = {count: _bring(here, count) for count in (*MOVED, 1_000)}
        with running(COCREATE_DATA=here.data) as server, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*QUIET])
            context = browser.new_context(viewport={"width": 1280, "height": 800})
            name, _, value = here.cookies[0].partition("=")
            base = f"http://127.0.0.1:{server.port}"
            context.add_cookies([{"name": name, "value": value, "url": base}])
            context.add_init_script(WATCH)
            rows = [row for count in SIZES for row in _size(context, count, base + addresses[count])]
            rows += [row for count in MOVED for row in _moved(context, count, base + addresses[count])]
            rows += _against_mind_elixir(context, base + addresses[1_000])
            browser.close()
    return rows


def _bring(here: Hall, count: int) -> str:
    nodes, edges = large_map(count)
    with here.app.app_context():
        maker_id = here.guests[0].membership_id
        if maker_id is None:
            raise RuntimeError("a guest without a membership")
        with changing(here.space_id) as log:
            session.get_one(Membership, maker_id).role = Role.FACILITATOR
            trajectory = start_trajectory(log, f"Een weg van {count} stappen")
            bring_in(log, trajectory, maker_id, Visibility.SPACE, tuple(nodes), tuple(edges))
            trajectory_id: uuid.UUID = trajectory.id
    return f"/spaces/{here.space_id}/trajectories/{trajectory_id}"


def _size(context: BrowserContext, count: int, address: str) -> list[Row]:
    rows = []
    for place, how in enumerate(("", f", CPU {SLOW}× slower")):
        with_page = _page(context, SLOW if place else 1)
        seen = [_open(*with_page, address) for _ in range(TURNS)]
        first = median(each["picture"] for each in seen) / 1000
        ready = median(each["ready"] for each in seen) / 1000
        rows.append(
            at_most(f"First picture of {count} nodes{how}", round(first, 2), SIZES[count][place], "s")
        )
        limit = READY.get(count)
        name = f"… ready to be touched{how}"
        plain = Row(name, round(ready, 2), "s")
        rows.append(at_most(name, plain.value, limit[place], "s") if limit else plain)
        page = with_page[0]
        if count in EDITED:
            took = median(page.evaluate(EDIT) for _ in range(TURNS))
            rows.append(at_most(f"… own edit to be seen{how}", round(took), EDITED[count], "ms"))
        page.close()
    return rows


def _moved(context: BrowserContext, count: int, address: str) -> list[Row]:
    """Frames while somebody drags and pinches on a slow tablet: as it opens, then with all of it."""
    with_page = _page(context, SLOW)
    page, _ = with_page
    _open(*with_page, address)
    rows = []
    for where in ("", ", all of it in sight"):
        if where:
            page.locator("[data-tool=fit]").click()
        page.wait_for_timeout(REST)
        for name, fingers in (("moved", 1), ("pinched", 2)):
            frames = round(median(_frames(*with_page, fingers) for _ in range(TURNS)))
            words = f"{count:,} nodes {name}, CPU {SLOW}× slower{where}"
            rows.append(Row(words, frames, "frames/s", f"≥ {FPS}", frames >= FPS))
            page.wait_for_timeout(REST)
    page.close()
    return rows


def _page(context: BrowserContext, slower: int) -> tuple[Page, CDPSession]:
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    return page, session


def _open(page: Page, _session: CDPSession, address: str) -> dict[str, float]:
    page.goto(address, wait_until="commit")
    page.wait_for_selector("html[data-measured]", timeout=60_000)
    found: dict[str, float] = page.evaluate("seen")
    return found


def _frames(page: Page, session: CDPSession, fingers: int) -> float:
    """Frames in a second of dragging with one finger or pinching with two, as fast as the screen asks for."""
    box = page.locator("[data-frame]").bounding_box()
    if box is None:
        raise RuntimeError("there is no map")
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def touch(kind: str, way: float) -> None:
        one = [{"x": x + way, "y": y + way / 3, "id": 0}]
        two = [{"x": x - 40 - way, "y": y, "id": 0}, {"x": x + 40 + way, "y": y, "id": 1}]
        points = [] if kind == "touchEnd" else one if fingers == 1 else two
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    page.evaluate(COUNT)
    touch("touchStart", 0)
    for step in range(90):
        touch("touchMove", 180 * (1 - abs(1 - step / 45)))
    touch("touchEnd", 0)
    frames: list[float] = page.evaluate("window.frames.slice(2)")
    return 1000 * (len(frames) - 1) / (frames[-1] - frames[0])


def _against_mind_elixir(context: BrowserContext, address: str) -> list[Row]:
    """A map of 1,000 nodes, beside the same nodes as a tree in mind-elixir, both until drawn and ready."""
    page, session = _page(context, 1)
    ours = median(_open(page, session, address)["ready"] for _ in range(TURNS)) / 1000
    page.close()
    with tempfile.TemporaryDirectory(prefix="cocreate-bench-") as folder:
        theirs = _mind_elixir(context, Path(folder))
    note = f"mind-elixir {theirs:.2f} s" if theirs else "mind-elixir could not be fetched"
    ratio = round(ours / theirs, 2) if theirs else 0.0
    row = at_most("A map of 1,000 nodes until ready, against mind-elixir", ratio, 1, "×", note)
    return [row if theirs else Row(row.name, round(ours, 2), "s", note=note)]


def _mind_elixir(context: BrowserContext, folder: Path) -> float:
    with suppress(subprocess.CalledProcessError, FileNotFoundError, Error):
        subprocess.run(
            ["npm", "install", "--silent", "--no-save", "mind-elixir@5"], cwd=folder, check=True, timeout=120
        )
        nodes, edges = large_map(1_000)
        tree = json.dumps({"nodeData": _tree(nodes, edges)})
        script = folder / "node_modules" / "mind-elixir" / "dist" / "MindElixir.iife.js"
        (folder / "map.html").write_text(
            f"<!doctype html><style>#map{{width:1200px;height:700px}}</style><div id=map></div>"
            f"<script src='{script}'></script><script>"
            f"const mind = new MindElixir({{el: '#map'}}); mind.init({tree}); "
            "requestAnimationFrame(() => requestAnimationFrame(() => { window.drawn = performance.now(); }));"
            "</script>"
        )
        page = context.new_page()
        found = []
        for _ in range(TURNS):
            page.goto((folder / "map.html").as_uri())
            page.wait_for_function("window.drawn", timeout=60_000)
            found.append(page.evaluate("window.drawn") / 1000)
        page.close()
        return median(found)
    return 0.0


def _tree(nodes: list[MapNode], edges: list[MapEdge]) -> dict[str, Any]:
    parts: dict[str, dict[str, Any]] = {
        node.id: {"id": node.id, "topic": node.text, "children": []} for node in nodes
    }
    hung = {nodes[0].id}
    for edge in edges:
        if edge.target not in hung and edge.source in hung:
            parts[edge.source]["children"].append(parts[edge.target])
            hung.add(edge.target)
    parts[nodes[0].id]["children"] += [parts[node.id] for node in nodes if node.id not in hung]
    return parts[nodes[0].id]
