"""The same stops as a tree in mind-elixir, a library for mind maps: npm fetches it for a bench."""

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from cocreate.trajectories.rules import MapEdge, MapNode

VERSION = "5"
PATIENCE = 120  # s
DEEPEST = 20  # a road of 1,000 stops as it is, about 300 deep, makes the browser give up on theirs
PAGE = """<!doctype html><meta charset="utf-8"><title>mind-elixir</title>
<link rel="stylesheet" href="node_modules/mind-elixir/dist/MindElixir.css">
<style>#map { width: 1200px; height: 700px }</style><div id="map"></div>
<script src="node_modules/mind-elixir/dist/MindElixir.iife.js"></script>
<script>
new MindElixir.default({ el: "#map" }).init(TREE);
requestAnimationFrame(() => requestAnimationFrame(() => { window.drawn = performance.now(); }));
</script>
"""


def page_of(folder: Path, nodes: Sequence[MapNode], edges: Sequence[MapEdge]) -> tuple[Path | None, str]:
    """A page with these stops in it; or nothing, and why."""
    (folder / "package.json").write_text('{"private": true}')
    command = ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-save"]
    try:
        done = subprocess.run(
            [*command, f"mind-elixir@{VERSION}"],
            cwd=folder,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
    except FileNotFoundError:
        return None, "there is no npm here"
    except subprocess.TimeoutExpired:
        return None, f"npm took longer than {PATIENCE} s"
    if done.returncode:
        return None, "npm could not fetch mind-elixir"
    file = folder / "map.html"
    data = json.dumps({"nodeData": tree(nodes, edges)}).replace("<", "\\u003c")
    file.write_text(PAGE.replace("TREE", data), encoding="utf-8")
    return file, ""


def opened(page: Page, file: Path) -> float:
    """Seconds until every stop has been drawn."""
    page.goto(file.as_uri())
    page.wait_for_function("window.drawn", timeout=60_000)
    return float(page.evaluate("window.drawn")) / 1000


def tree(nodes: Sequence[MapNode], edges: Sequence[MapEdge]) -> dict[str, Any]:
    """Each stop under the first that leads to it; where that would be too deep, under the beginning."""
    parts: dict[str, dict[str, Any]] = {
        node.id: {"id": node.id, "topic": node.text, "children": []} for node in nodes
    }
    first = nodes[0].id
    depths = {first: 0}
    for edge in edges:
        if edge.target not in depths and edge.source in depths:
            is_deep = depths[edge.source] == DEEPEST
            depths[edge.target] = 1 if is_deep else depths[edge.source] + 1
            parts[first if is_deep else edge.source]["children"].append(parts[edge.target])
    parts[first]["children"] += [parts[node.id] for node in nodes if node.id not in depths]
    return parts[first]
