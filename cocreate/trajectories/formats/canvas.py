"""JSON Canvas (`.canvas`, as Obsidian and others write it)."""

import json
import re
from collections.abc import Sequence
from typing import Any, Final

from cocreate.trajectories.formats.exported import whole
from cocreate.trajectories.formats.imported import MAX_RAW, Draft, ImportedMap, MapFileError
from cocreate.trajectories.formats.json import Item, as_items, read_json, text_at, word
from cocreate.trajectories.formats.sentences import BEYOND, COLOURS, LOOKS, TWO_WAY, UNDIRECTED
from cocreate.trajectories.formats.sentences import marked as _l
from cocreate.trajectories.formats.vocabulary import (
    OF_A_NODE,
    OF_AN_EDGE,
    OWN_WORDS,
    edge_facts,
    edge_words,
    node_facts,
    node_words,
    strange,
)
from cocreate.trajectories.layout import BOX, Point, layout
from cocreate.trajectories.rules import MapEdge, MapNode, NodeKind

_TEXTS: Final = ("text", "label", "file", "url")
_BOARD: Final = frozenset({"title", "nodes", "edges"})
_KEYS_OF_A_NODE: Final = OWN_WORDS | {"id", "type", "x", "y", "width", "height", "color", *_TEXTS}
_KEYS_OF_AN_EDGE: Final = OWN_WORDS | {
    *("id", "fromNode", "toNode", "fromSide", "toSide", "fromEnd", "toEnd", "color", "label")
}
_SIDES: Final = frozenset({"fromSide", "toSide"})
_MARKS: Final = re.compile(
    r"\\([!-/:-@\[-`{-~])|\*\*|`|(?m:^#+[ \t]*)|\[([^\[\]]{1,300})\]\(([^\s()]{1,1000})\)"
)
_PUNCTUATION: Final = re.compile(r"([\\`*_#\[\]<>|~$=])")


def read(title: str, data: bytes) -> ImportedMap:
    """Cards, files, links and groups as nodes, arrows as edges."""
    board = read_json(data)
    if not isinstance(board, dict):
        raise MapFileError(_l("This is not a canvas: “nodes” is missing."))
    draft = Draft(text_at(board, "title") or title)
    if rest := len(board.keys() - _BOARD):
        draft.leave(BEYOND, rest)
    for number, item in enumerate(as_items(board.get("nodes", []), "nodes"), start=1):
        _read_node(draft, item, number)
    for number, item in enumerate(as_items(board.get("edges", []), "edges"), start=1):
        _read_edge(draft, item, number)
    draft.add_missing_ends()
    return draft.finish()


def _read_node(draft: Draft, item: Item, number: int) -> None:
    node_id = word(item, "id", "nodes", number)
    words = node_words(item)
    if item.get("type") == "group":
        words.setdefault("kind", NodeKind.CONDITION)
        draft.leave(_l("Groups kept as a condition, without what stood inside: %(count)s."))
    if item.get("color"):
        draft.leave(COLOURS)
    if rest := len(strange(item, _KEYS_OF_A_NODE, OF_A_NODE)) + _numbers(item, _TEXTS):
        draft.leave(BEYOND, rest)
    text, *others = [item[key] for key in _TEXTS if isinstance(item.get(key), str)] or [""]
    note = "\n".join(filter(None, [words.get("note", ""), *others]))
    text, words["note"] = _without_marks(draft, text, note)
    draft.add_node(node_id, text, **words)
    x, y, width, height = (item.get(key) for key in ("x", "y", "width", "height"))
    if "x" in item or "y" in item:
        draft.standing.add(node_id)
    if all(isinstance(value, int | float) for value in (x, y, width, height)):
        draft.place(node_id, _middle(x, width), _middle(y, height))


def _numbers(item: Item, keys: Sequence[str]) -> int:
    """How many of these are no text."""
    return sum(1 for key in keys if key in item and not isinstance(item[key], str))


def _middle(start: Any, length: Any) -> float | None:
    try:
        return float(start) + float(length) / 2
    except OverflowError:
        return None


def _without_marks(draft: Draft, markdown: str, note: str) -> tuple[str, str]:
    """The words of a card without the marks of Markdown; where its links go is added to the note."""
    addresses, looks = [], []

    def bare(found: re.Match[str]) -> str:
        if found[3]:
            addresses.append(found[3])
        elif not found[1]:
            looks.append(found[0])
        return found[1] or found[2] or ""

    said = _MARKS.sub(bare, markdown[:MAX_RAW])
    if looks:
        draft.leave(LOOKS)
    return said, "\n".join(filter(None, [note, *addresses]))


def _read_edge(draft: Draft, item: Item, number: int) -> None:
    source, target = word(item, "fromNode", "edges", number), word(item, "toNode", "edges", number)
    if item.get("color"):
        draft.leave(COLOURS)
    if item.keys() & _SIDES:
        draft.leave(LOOKS)
    if rest := len(strange(item, _KEYS_OF_AN_EDGE, OF_AN_EDGE)) + _numbers(item, ("label",)):
        draft.leave(BEYOND, rest)
    at_start, at_end = item.get("fromEnd") == "arrow", item.get("toEnd") != "none"
    if at_start and at_end:
        draft.leave(TWO_WAY)
    elif at_start:
        source, target = target, source
    elif not at_end:
        draft.leave(UNDIRECTED)
    draft.add_edge(
        text_at(item, "id"),
        source,
        target,
        label=text_at(item, "label"),
        **edge_words(item),
    )


def export_canvas(title: str, nodes: Sequence[MapNode], edges: Sequence[MapEdge]) -> bytes:
    """A board with every stop where the map has it, and what we know besides under keys of our own."""
    drawn = whole(title, nodes, edges)
    points = layout([node.id for node in drawn.nodes], [(edge.source, edge.target) for edge in drawn.edges])
    board = {
        "title": drawn.title,
        "nodes": [_card(node, points[node.id]) for node in drawn.nodes],
        "edges": [_arrow(edge) for edge in drawn.edges],
    }
    return json.dumps(board, ensure_ascii=False, indent=1).encode()


def _card(node: MapNode, point: Point) -> Item:
    words = {"note": node.note} if node.note else {}
    return {
        "id": node.id,
        "type": "text",
        "text": _PUNCTUATION.sub(r"\\\1", node.text),
        "x": round(point.x - BOX.width / 2),
        "y": round(point.y - BOX.height / 2),
        "width": round(BOX.width),
        "height": round(BOX.height),
        **node_facts(node),
        **words,
    }


def _arrow(edge: MapEdge) -> Item:
    ends = {"id": edge.id, "fromNode": edge.source, "toNode": edge.target}
    return {**ends, **({"label": edge.label} if edge.label else {}), **edge_facts(edge)}
