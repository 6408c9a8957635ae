"""Maps in a real browser: first picture, moving around, an own edit; also on a CPU four times slower."""

import math
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import BrowserContext, CDPSession, Page, sync_playwright

from benchmarks import Row, at_least, at_most, mind_elixir
from benchmarks.hall import Hall, hall
from benchmarks.large_map import large_map
from benchmarks.visit import CHROMIUM, QUIET
from cocreate.core.audience import Visibility
from cocreate.core.changes import changing
from cocreate.core.db import session
from cocreate.spaces.models import Membership
from cocreate.spaces.rules import Role
from cocreate.trajectories.service import bring_in, start_trajectory
from tests.shell import running

TURNS = 5
SLOW = 4
SIZES = (100, 500, 2_000, 5_000)  # above 800 side roads are folded
BESIDE = 1_000
PICTURE = {100: (0.3, 1.0), 500: (0.5, 2.2), 2_000: (1.2, 3.5)}  # s: plain, throttled
READY = {500: (1.0, 2.0)}
EDITED = {100: 50, 500: 100}  # ms, plain and throttled alike
FPS = 50
SMALLEST = 12  # px of letters
REST = 1_000  # ms
MOVES = 90
ALONE = ("--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",)

# Looked at once in every frame; what is there counts from the next one, when it has been painted.
WATCH = """
window.seen = {};
const there = {};
const note = (name, isThere) => {
  if (there[name]) seen[name] ??= performance.now();
  there[name] = isThere;
};
const look = () => {
  note("picture", document.querySelector("svg.map g.node"));
  note("ready", document.querySelector("[data-behavior=workbench]")?.workbench?.tool);
  if (seen.ready) document.documentElement.dataset.measured = "true";
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
  const isThere = () => document.querySelector(`g.node[data-node="${node.id}"]`).textContent.includes(words);
  const painted = () => resolve(performance.now() - began);
  const look = () => requestAnimationFrame(isThere() ? painted : look);
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
PLACE = "() => JSON.stringify(document.querySelector('svg.map').getBoundingClientRect())"
LETTERS = """
() => {
  const frame = document.querySelector("[data-frame]").getBoundingClientRect();
  const isSeen = ({ left, right, top, bottom }) =>
    right > frame.left && left < frame.right && bottom > frame.top && top < frame.bottom;
  const words = [...document.querySelectorAll("svg.map text")].filter((text) => text.textContent.trim());
  const sizes = words.filter((text) => isSeen(text.getBoundingClientRect())).flatMap((text) => {
    const scale = text.getBoundingClientRect().height / text.getBBox().height;
    const size = (each) => parseFloat(getComputedStyle(each).fontSize) * scale;
    return [text, ...text.querySelectorAll("tspan")].map(size);
  });
  return Math.min(...sizes);
}
"""


def main(sizes: Sequence[int] = SIZES, beside: int = BESIDE, turns: int = TURNS) -> list[Row]:
    """Measure; gives the rows."""
    with hall(guests=2) as here:
        paths = {count: _bring(here, count) for count in {*sizes, beside}}
        with running(COCREATE_DATA=here.data) as server, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*QUIET, *ALONE])
            try:
                context = browser.new_context(viewport={"width": 1280, "height": 800})
                name, _, value = here.cookies[0].partition("=")
                base = f"http://127.0.0.1:{server.port}"
                context.add_cookies([{"name": name, "value": value, "url": base}])
                context.add_init_script(WATCH)
                bench = Bench(context, turns)
                rows = [row for count in sizes for row in bench.opened(count, base + paths[count])]
                rows += [row for count in sizes for row in bench.moved(count, base + paths[count])]
                return rows + bench.beside(beside, base + paths[beside])
            finally:
                browser.close()


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


@dataclass(frozen=True, slots=True)
class Bench:
    """A browser in which somebody is signed in, and how often to do everything."""

    context: BrowserContext
    turns: int

    def opened(self, count: int, address: str) -> list[Row]:
        """Until the map is seen, until it can be touched, and until an own edit is seen."""
        rows = []
        for place, how in enumerate(("", f", CPU {SLOW}× slower")):
            page, _ = self._page(SLOW if place else 1)
            seen = [_open(page, address) for _ in range(self.turns)]
            first, ready = (
                round(median(each[what] for each in seen) / 1000, 2) for what in ("picture", "ready")
            )
            rows += [
                _within(f"First picture of {count:,} nodes{how}", first, PICTURE.get(count), place),
                _within(f"… ready to be touched{how}", ready, READY.get(count), place),
            ]
            if limit := EDITED.get(count):
                page.wait_for_timeout(REST)
                took = round(median(page.evaluate(EDIT) for _ in range(self.turns)))
                rows.append(at_most(f"… own edit to be seen{how}", took, limit, "ms"))
            page.close()
        return rows

    def moved(self, count: int, address: str) -> list[Row]:
        """Frames while somebody drags and pinches on a slow tablet: as it opens, then with all of it."""
        page, devtools = self._page(SLOW)
        _open(page, address)
        rows = []
        for where in ("", ", all of it in sight"):
            if where:
                page.locator("[data-tool=fit]").click()
            page.wait_for_timeout(REST)
            for name, fingers in (("moved", 1), ("pinched", 2)):
                found = [_gaps(page, devtools, fingers) for _ in range(self.turns)]
                frames = round(median(1000 * len(gaps) / sum(gaps) for gaps in found))
                drawn, longest = page.locator("svg.map g.node").count(), max(map(max, found))
                note = f"{drawn:,} drawn; longest frame {longest:.0f} ms"
                words = f"{count:,} nodes {name}, CPU {SLOW}× slower{where}"
                rows.append(at_least(words, frames, FPS, "frames/s", note))
                page.wait_for_timeout(REST)
        page.close()
        return rows

    def beside(self, count: int, address: str) -> list[Row]:
        """A map, and in turns the same nodes as a tree in mind-elixir, both until drawn and ready."""
        name = f"A map of {count:,} nodes until ready, against mind-elixir"
        page, _ = self._page(1)
        theirs = self.context.new_page()
        with TemporaryDirectory(prefix="cocreate-bench-") as folder:
            file, problem = mind_elixir.page_of(Path(folder), *large_map(count))
            mine, others = [], []
            for _ in range(self.turns):
                page.bring_to_front()  # a browser saves its strength on a page that nobody looks at
                mine.append(_open(page, address))
                theirs.bring_to_front()
                others += [mind_elixir.opened(theirs, file)] if file else []
        letters = at_least(
            "… its smallest words in sight on opening", round(page.evaluate(LETTERS), 1), SMALLEST, "px"
        )
        page.close()
        theirs.close()
        ready, picture, came = (
            median(each[what] for each in mine) / 1000 for what in ("ready", "picture", "came")
        )
        note = f"we {ready:.2f} s: page there {came:.2f}, picture {picture:.2f}"
        if not file:
            return [Row(name, None, "×", "≤ 1", note=f"{note}; not compared: {problem}"), letters]
        ratio = median(each["ready"] / 1000 / other for each, other in zip(mine, others, strict=True))
        return [at_most(name, round(ratio, 2), 1, "×", f"{note}; they {median(others):.2f} s"), letters]

    def _page(self, slower: int) -> tuple[Page, CDPSession]:
        page = self.context.new_page()
        devtools = self.context.new_cdp_session(page)
        devtools.send("Emulation.setCPUThrottlingRate", {"rate": slower})
        return page, devtools


def _within(name: str, value: float, limits: tuple[float, float] | None, place: int) -> Row:
    return at_most(name, value, limits[place], "s") if limits else Row(name, value, "s")


def _open(page: Page, address: str) -> dict[str, float]:
    page.goto(address, wait_until="commit")
    page.wait_for_selector("html[data-measured]", timeout=60_000)
    came = "performance.getEntriesByType('navigation')[0].responseEnd"
    found: dict[str, float] = page.evaluate(f"({{ ...seen, came: {came} }})")
    return found


def _gaps(page: Page, devtools: CDPSession, fingers: int) -> list[float]:
    """From frame to frame, in ms, while somebody drags with one finger, or pinches with two, out and in."""
    box = page.locator("[data-frame]").bounding_box()
    if box is None:
        raise RuntimeError("there is no map")
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def touch(kind: str, part: float) -> None:
        way, apart = 180 * math.sin(math.pi * part), 130 - 90 * math.sin(2 * math.pi * part)
        one = [{"x": x + way, "y": y + way / 3, "id": 0}]
        two = [{"x": x - apart, "y": y, "id": 0}, {"x": x + apart, "y": y, "id": 1}]
        points: list[dict[str, Any]] = [] if kind == "touchEnd" else one if fingers == 1 else two
        devtools.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    places = {page.evaluate(PLACE)}
    page.evaluate(COUNT)
    touch("touchStart", 0)
    for step in range(MOVES):
        touch("touchMove", step / MOVES)
        if step == MOVES // 4:
            places.add(page.evaluate(PLACE))
    touch("touchEnd", 1)
    frames: list[float] = page.evaluate("window.frames.slice(2)")
    gaps = [after - before for before, after in pairwise(frames)]
    if len(places) == 1 or 0 in gaps:
        raise RuntimeError("the map did not move" if len(places) == 1 else "a frame was counted twice")
    return gaps
