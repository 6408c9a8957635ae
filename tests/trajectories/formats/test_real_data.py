"""Maps that others made, from the folder COCREATE_REAL_DATA names (see data/README.md there)."""

import json
import os
from pathlib import Path

import pytest

from cocreate.trajectories.drawing import Labels, picture_svg
from cocreate.trajectories.formats import ENDINGS, EXPORTS, read_map
from cocreate.trajectories.layout import layout
from cocreate.trajectories.outline import outline

_REPOSITORY = Path(__file__).parents[3]
MAPS = Path(os.environ.get("COCREATE_REAL_DATA", _REPOSITORY.parent / "shared" / "data")) / "maps"
MANIFEST = json.loads((MAPS / "manifest.json").read_text()) if (MAPS / "manifest.json").exists() else []
ENTRIES = [entry for entry in MANIFEST if entry["file"].endswith(ENDINGS)]

if not ENTRIES:
    pytest.skip(f"No real maps in {MAPS}: set COCREATE_REAL_DATA to try them.", allow_module_level=True)


@pytest.mark.parametrize("entry", ENTRIES, ids=[entry["file"] for entry in ENTRIES])
def test_a_real_map_is_read_laid_out_and_drawn(entry):
    found = read_map(entry["file"], (MAPS / entry["file"]).read_bytes())
    assert found.found == (entry["nodes"], entry["edges"])
    points = layout([node.id for node in found.nodes], [(edge.source, edge.target) for edge in found.edges])
    assert len(set(points.values())) == len(found.nodes)
    svg = picture_svg(found.nodes, found.edges, points, title=found.title, description="", labels=Labels())
    assert svg.count('class="node ') == len(found.nodes)
    assert svg.count('class="edge ') == len(found.edges)
    waiting, listed = outline(found.nodes, found.edges), []
    while waiting:
        item = waiting.pop()
        listed.append(item.id)
        waiting.extend(item.children)
    assert sorted(listed) == sorted(node.id for node in found.nodes)


@pytest.mark.parametrize("kind", sorted(EXPORTS.keys() - {"mermaid"}))
@pytest.mark.parametrize("entry", ENTRIES, ids=[entry["file"] for entry in ENTRIES])
def test_a_real_map_goes_out_and_comes_back(entry, kind):
    found = read_map(entry["file"], (MAPS / entry["file"]).read_bytes())
    export = EXPORTS[kind]
    back = read_map(f"back{export.suffix}", export.write(found.title, found.nodes, found.edges))
    assert (back.title, back.nodes, back.edges, back.notes) == (found.title, found.nodes, found.edges, ())
