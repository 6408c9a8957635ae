"""What a map file becomes, and the draft that every format fills in."""

import gc
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import isfinite
from typing import Final, TypeVar

from cocreate.trajectories.formats.sentences import NOWHERE
from cocreate.trajectories.formats.sentences import marked as _l
from cocreate.trajectories.layout.paper import Point
from cocreate.trajectories.rules import (
    MAX_EDGES,
    MAX_NODES,
    MAX_NOTE,
    MAX_TEXT,
    MapEdge,
    MapNode,
    NodeKind,
    NodeState,
    Relation,
)

MAX_LABEL: Final = 120
MAX_TITLE: Final = 200
MAX_RAW: Final = 100_000  # letters looked at; far more than anything that is kept
MAX_ID: Final = 300
FAR: Final = 1_000_000.0  # px; what stands further away is not a place on paper

Params = Mapping[str, str | int]
T = TypeVar("T")

_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u202d\u202e\ufeff\ufffe\uffff\ud800-\udfff]"
)


class MapFileError(ValueError):
    """A map file that cannot be read: `message` is the English template, `params` fill it in."""

    def __init__(self, message: str, params: Params | None = None) -> None:
        self.message = message
        self.params = dict(params or {})
        super().__init__(message % self.params)


class Remark(str):
    """One line of the report on an import; `message` and `params` let it be said in another language."""

    message: str
    params: dict[str, str | int]

    def __new__(cls, message: str, params: Params | None = None) -> "Remark":
        """The filled-in English, with its template kept."""
        filled = dict(params or {})
        remark = super().__new__(cls, message % filled)
        remark.message, remark.params = message, filled
        return remark


@dataclass(frozen=True, slots=True)
class ImportedMap:
    """A map as found in a file: every edge has both its ends in `nodes`.

    `notes` (each a Remark) say what could not be carried. `added` holds the ids of nodes that the
    file's links name but the file does not hold; `placed` is how many nodes had a place of their own.
    """

    title: str
    nodes: tuple[MapNode, ...]
    edges: tuple[MapEdge, ...]
    positions: dict[str, Point] | None
    notes: tuple[str, ...]
    added: frozenset[str] = frozenset()
    placed: int = 0

    @property
    def found(self) -> tuple[int, int]:
        """How many nodes and edges the file itself holds."""
        return len(self.nodes) - len(self.added), len(self.edges)


@dataclass(slots=True)
class Draft:
    """A map while it is being read; keeps the limits and counts what is left behind."""

    title: str
    nodes: dict[str, MapNode] = field(default_factory=dict)
    edges: dict[str, MapEdge] = field(default_factory=dict)
    positions: dict[str, Point] = field(default_factory=dict)
    standing: set[str] = field(default_factory=set)  # had a place of their own, on paper or not
    added: set[str] = field(default_factory=set)
    left: Counter[str] = field(default_factory=Counter)
    told: dict[str, int] = field(default_factory=dict)  # in which order nodes were told, by id
    drawn: dict[str, int] = field(default_factory=dict)  # the same of edges

    def leave(self, message: str, count: int = 1) -> None:
        """Count something that cannot be carried; `message` has a %(count)s."""
        self.left[message] += count

    def add_node(
        self,
        node_id: str,
        text: str,
        kind: NodeKind = NodeKind.IDEA,
        state: NodeState = NodeState.HAPPENED,
        *,
        note: str = "",
        intended: bool = True,
        when: str = "",
        told: int | None = None,
    ) -> None:
        """Keep a node; its id must be new and its text is cut to what a map can hold."""
        if not node_id or len(node_id) > MAX_ID:
            raise MapFileError(
                _l("An item has no name of its own, or one of more than %(limit)s letters."),
                {"limit": MAX_ID},
            )
        if node_id in self.nodes:
            raise MapFileError(_l("The name “%(id)s” is used for two items."), {"id": node_id[:80]})
        if len(self.nodes) >= MAX_NODES:
            raise MapFileError(_l("This file holds more than %(limit)s items."), {"limit": MAX_NODES})
        said, note = self._cut(plain(text), plain(note))
        if told is not None:
            self.told[node_id] = told
        self.nodes[node_id] = MapNode(node_id, said or "…", kind, state, intended, note, when)

    def _cut(self, said: str, note: str) -> tuple[str, str]:
        """A text and a note that fit on a map; what was cut is counted."""
        if not said:
            self.leave(_l("Items without text, shown as “…”: %(count)s."))
        if len(said) > MAX_TEXT:
            self.leave(_l("Long texts that were cut, with the whole text as a note: %(count)s."))
            note = f"{said}\n\n{note}".strip()
            said = said[: MAX_TEXT - 1].rstrip() + "…"
        if len(note) > MAX_NOTE:
            self.leave(_l("Long notes that were cut: %(count)s."))
            note = note[: MAX_NOTE - 1].rstrip() + "…"
        return said, note

    def add_edge(
        self,
        edge_id: str,
        source: str,
        target: str,
        *,
        relation: Relation = Relation.LED_TO,
        label: str = "",
        told: int | None = None,
    ) -> None:
        """Keep a link; its ends may be told later in the file."""
        if len(self.edges) >= MAX_EDGES:
            raise MapFileError(_l("This file holds more than %(limit)s links."), {"limit": MAX_EDGES})
        own = edge_id[:MAX_ID] or f"link {len(self.edges) + 1}"
        while own in self.edges:
            own = f"{own[:MAX_ID]} ({len(self.edges) + 1})"
        said = plain(label)
        if len(said) > MAX_LABEL:
            self.leave(_l("Long words beside a link that were cut: %(count)s."))
            said = said[: MAX_LABEL - 1].rstrip() + "…"
        if told is not None:
            self.drawn[own] = told
        self.edges[own] = MapEdge(own, source, target, relation, said)

    def place(self, node_id: str, x: object, y: object) -> None:
        """Keep where a node stood (its centre), when that is a place on paper."""
        if x or y:
            self.standing.add(node_id)
        point = Point(_number(x), _number(y))
        if abs(point.x) <= FAR and abs(point.y) <= FAR:
            self.standing.add(node_id)
            self.positions[node_id] = point

    def link_inside(self, source: str, target: str) -> None:
        """An item refers to another: a link between the two."""
        if target in self.nodes:
            self.leave(_l("Links inside the map, drawn as links between items: %(count)s."))
            self.add_edge("", source, target)
        else:
            self.leave(NOWHERE)

    def drop_loose_edges(self) -> None:
        """Leave behind the links with an end that is not in the file."""
        loose = [edge.id for edge in self.edges.values() if self._missing(edge)]
        for edge_id in loose:
            del self.edges[edge_id]
        if loose:
            self.leave(NOWHERE, len(loose))

    def add_missing_ends(self) -> None:
        """Give every link its ends: a node that is only named by a link gets that name as its text."""
        for edge in tuple(self.edges.values()):
            for node_id in self._missing(edge):
                self.add_node(node_id, node_id)
                self.added.add(node_id)
        if self.added:
            self.leave(
                _l("Items that a link names but the file does not hold, added by name: %(count)s."),
                len(self.added),
            )

    def finish(self) -> ImportedMap:
        """The map; every link has both its ends by now, or was dropped."""
        if not self.nodes:
            raise MapFileError(_l("There is nothing on this map."))
        whole = len(self.positions) == len(self.nodes)
        title = plain(self.title)
        if len(title) > MAX_TITLE:
            self.leave(_l("Long titles that were cut: %(count)s."))
        notes = tuple(Remark(message, {"count": count}) for message, count in self.left.items())
        return ImportedMap(
            title[:MAX_TITLE],
            tuple(_in_order(self.nodes, self.told)),
            tuple(_in_order(self.edges, self.drawn)),
            dict(self.positions) if whole else None,
            notes,
            frozenset(self.added),
            len(self.standing),
        )

    def _missing(self, edge: MapEdge) -> list[str]:
        return [end for end in dict.fromkeys((edge.source, edge.target)) if end not in self.nodes]


@contextmanager
def without_rubbish() -> Iterator[None]:
    """Looking for rubbish while nothing becomes rubbish takes a third of the time of reading."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def plain(text: str) -> str:
    """Text without what nobody can see, in lines, with at most one empty line between them."""
    lines = _UNSEEN.sub("", text[:MAX_RAW]).splitlines()
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def seen(text: str) -> str:
    """A name without the letters that no file can hold."""
    return _UNSEEN.sub("", text)


def _in_order(things: Mapping[str, T], told: Mapping[str, int]) -> list[T]:
    """As they were told; what carries no number comes last, as it stands in the file."""
    last = len(things) + max(told.values(), default=0)
    return [thing for _id, thing in sorted(things.items(), key=lambda each: told.get(each[0], last))]


def _number(value: object) -> float:
    """A finite number, else one that is no place."""
    try:
        number = float(value) if isinstance(value, str | int | float) else FAR * 2
    except (ValueError, OverflowError):
        return FAR * 2
    return number if isfinite(number) else FAR * 2
