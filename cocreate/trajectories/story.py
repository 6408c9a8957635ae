"""A map as a story: every node once, each after what led to it, with what it hangs on. No words yet."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol

from cocreate.trajectories.layout.road import Road
from cocreate.trajectories.measures.reading import Reading, Step
from cocreate.trajectories.rules import MapEdge, MapNode, Relation

MOST_STOPS: Final = 5  # of one paragraph, so that whoever reads aloud can breathe


class Mentioned(Protocol):
    """What a node has to do with: a moment, an impact, a sign, or what helped."""

    @property
    def subject_type(self) -> str:
        """Of which sort."""

    @property
    def text(self) -> str:
        """Its words."""


class Opening(StrEnum):
    """How something begins that nothing led to."""

    FIRST = "first"
    ANOTHER = "another"
    LOOSE = "loose"


@dataclass(frozen=True, slots=True)
class Tie:
    """How a stop hangs on another one that was told before it."""

    other: MapNode
    relation: Relation
    label: str


@dataclass(frozen=True, slots=True)
class Aside:
    """What made a stop possible or got in its way; told here, or named again."""

    node: MapNode
    relation: Relation
    label: str
    voice: str | None
    references: tuple[Mentioned, ...]
    is_new: bool


@dataclass(frozen=True, slots=True)
class Telling:
    """One stop in its place: what it hangs on, what bears on it, and what the road comes back to from here.

    `follows`: it hangs on the stop told just before, so that a “that” is enough. `voice` is None where the
    one who spoke before goes on speaking.
    """

    node: MapNode
    opening: Opening | None
    tie: Tie | None
    follows: bool
    also: tuple[Tie, ...]
    asides: tuple[Aside, ...]
    returns: tuple[Tie, ...]
    voice: str | None
    references: tuple[Mentioned, ...]

    @property
    def is_full(self) -> bool:
        """Whether more is told about it than fits in a sentence."""
        each: tuple[Telling | Aside, ...] = (self, *self.asides)
        return any(told.references or told.node.note.strip() for told in each)


Paragraph = tuple[Telling, ...]


def story(
    nodes: Sequence[MapNode],
    edges: Sequence[MapEdge],
    voices: Mapping[str, str] | None = None,
    references: Mapping[str, Sequence[Mentioned]] | None = None,
) -> list[Paragraph]:
    """The map in reading order; `voices` says by node who told it, `references` what it has to do with.

    The outline lists a node under its first parent and points forward to it from the others. A text is read
    in one direction, so here a node waits until all that led to it is told, side roads before the long one.
    What only made something possible or got in its way is told with that, in passing. O((V + E) log V).
    """
    return _Teller(Reading.of(nodes, edges), voices or {}, references or {}).tell()


class _Teller:
    """Goes through a reading once and keeps in mind what was told."""

    def __init__(
        self,
        reading: Reading,
        voices: Mapping[str, str],
        references: Mapping[str, Sequence[Mentioned]],
    ) -> None:
        self.reading, self.voices, self.references = reading, voices, references
        self.into: dict[str, list[Step]] = defaultdict(list)
        self.back: dict[str, list[Step]] = defaultdict(list)
        self.beside: dict[str, list[MapEdge]] = defaultdict(list)
        returns = {reading.ids(pair) for pair in reading.road.returns}
        for step in reading.steps:
            if step.source == step.target or (step.source, step.target) in returns:
                self.back[step.source].append(step)
            else:
                self.into[step.target].append(step)
        for edge in reading.beside:
            self.beside[edge.target].append(edge)
        self.place: dict[str, int] = {}
        self.paragraphs: list[list[Telling]] = []

    def tell(self) -> list[Paragraph]:
        """Every node in turn."""
        touched = {end for step in self.reading.steps for end in (step.source, step.target)} | {*self.beside}
        for node_id in sorted(reading_order(self.reading), key=lambda each: each not in touched):
            telling = self._telling(node_id, is_loose=node_id not in touched)
            self.place[node_id] = len(self.place)
            self.paragraphs[-1].append(telling)
        return [tuple(paragraph) for paragraph in self.paragraphs]

    def _telling(self, node_id: str, *, is_loose: bool) -> Telling:
        ties = _ties(((step, step.source) for step in self.into[node_id]), self.reading)
        tie = max(ties, key=lambda each: self.place[each.other.id], default=None)
        opening = self._opening(is_loose) if tie is None else None
        before = self.paragraphs[-1][-1] if self.paragraphs else None
        if self._begins_paragraph(tie, opening, before):
            self.paragraphs.append([])
            speaking = None
        else:
            speaking = self.voices.get(before.node.id) if before else None
        voice = self.voices.get(node_id)
        return Telling(
            self.reading.nodes[node_id],
            opening,
            tie,
            bool(self.paragraphs[-1]) and tie is not None and _is_clear(before, tie),
            tuple(other for other in ties if other is not tie),
            tuple(self._asides(node_id, voice)),
            tuple(_ties(((step, step.target) for step in self.back[node_id]), self.reading)),
            voice if voice != speaking else None,
            tuple(self.references.get(node_id, ())),
        )

    def _opening(self, is_loose: bool) -> Opening:
        if is_loose:
            return Opening.LOOSE
        return Opening.ANOTHER if self.paragraphs else Opening.FIRST

    def _begins_paragraph(self, tie: Tie | None, opening: Opening | None, before: Telling | None) -> bool:
        if before is None or before.is_full or len(self.paragraphs[-1]) >= MOST_STOPS:
            return True
        if tie is None:
            return not (opening is Opening.LOOSE and before.opening is Opening.LOOSE)
        ends = {
            end.id for each in self.paragraphs[-1] for end in (each.node, each.tie and each.tie.other) if end
        }
        return tie.other.id not in ends

    def _asides(self, node_id: str, speaking: str | None) -> Iterable[Aside]:
        seen = set()
        for edge in self.beside[node_id]:
            if (edge.source, edge.relation, edge.label) in seen:
                continue
            seen.add((edge.source, edge.relation, edge.label))
            is_new = edge.source not in self.place
            self.place.setdefault(edge.source, len(self.place))
            voice = self.voices.get(edge.source)
            yield Aside(
                self.reading.nodes[edge.source],
                edge.relation,
                edge.label,
                voice if is_new and voice != speaking else None,
                tuple(self.references.get(edge.source, ())) if is_new else (),
                is_new,
            )


def reading_order(reading: Reading) -> list[str]:
    """The nodes of the road, each after all that leads to it, the shortest way on first. O((V + E) log V)."""
    road = reading.road
    height = [0] * len(road.ids)
    for index in reversed(road.order):
        height[index] = max((height[child] + 1 for child in road.ahead[index]), default=0)
    ways = [sorted(children, key=height.__getitem__) for children in road.ahead]
    return [road.ids[index] for index in Road.walked(road.ids, ways).order]


def _ties(steps: Iterable[tuple[Step, str]], reading: Reading) -> list[Tie]:
    """One for each different thing that was said of two stops."""
    return list(dict.fromkeys(Tie(reading.nodes[other], step.relation, step.label) for step, other in steps))


def _is_clear(before: Telling | None, tie: Tie) -> bool:
    """Whether “that” can only mean the stop this hangs on."""
    return before is not None and before.node.id == tie.other.id and not (before.also or before.returns)
