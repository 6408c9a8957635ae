"""A map as a story: every node once, each after what led to it, with what it hangs on. No words yet."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from cocreate.trajectories.layout.road import Road
from cocreate.trajectories.measures.reading import Reading, Step
from cocreate.trajectories.rules import MapEdge, MapNode, Relation

MOST_STOPS: Final = 5  # of one paragraph, so that whoever reads aloud can breathe
UNKNOWN: Final = ""  # the voice of those whose voice nobody knows


@dataclass(frozen=True, slots=True)
class Mention:
    """What a node has to do with: a moment, an impact, a sign, or what helped; and whose it is, if known."""

    subject_type: str
    text: str
    voice: str | None = None


class Opening(StrEnum):
    """How something begins that nothing led to."""

    FIRST = "first"
    ANOTHER = "another"
    LOOSE = "loose"


@dataclass(frozen=True, slots=True)
class Tie:
    """How a stop hangs on another one that was told before it, with all that was written at that line.

    `again`: of what it comes back to, the same was told before.
    """

    other: MapNode
    relation: Relation
    labels: tuple[str, ...] = ()
    again: bool = False


@dataclass(frozen=True, slots=True)
class Aside:
    """What made a stop possible or got in its way; told here, or named again.

    `again`: it did the same to something that was told before. What helped once may be in the way later.
    """

    node: MapNode
    relation: Relation
    labels: tuple[str, ...]
    voice: str | None
    references: tuple[Mention, ...]
    is_new: bool
    again: bool


@dataclass(frozen=True, slots=True)
class Telling:
    """One stop in its place: what it hangs on, what bears on it, and what the road comes back to from here.

    `follows`: it hangs on the stop told just before, so that a “that” is enough. `voice` is None where the
    one who spoke before goes on speaking, and empty where nobody knows who speaks.
    """

    node: MapNode
    opening: Opening | None
    tie: Tie | None
    follows: bool
    also: tuple[Tie, ...]
    asides: tuple[Aside, ...]
    returns: tuple[Tie, ...]
    voice: str | None
    references: tuple[Mention, ...]

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
    references: Mapping[str, Sequence[Mention]] | None = None,
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
        references: Mapping[str, Sequence[Mention]],
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
        self.speaking = UNKNOWN
        self.did: set[tuple[str, Relation]] = set()
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
            self.speaking = UNKNOWN
        self.did |= {(node_id, each.relation) for each in ties}
        return Telling(
            self.reading.nodes[node_id],
            opening,
            tie,
            bool(self.paragraphs[-1]) and tie is not None and _is_clear(before, tie),
            tuple(other for other in ties if other is not tie),
            voice=self._heard(node_id),
            asides=tuple(self._asides(node_id)),  # after the voice, because they are heard after it
            returns=tuple(self._returns(node_id)),
            references=tuple(self.references.get(node_id, ())),
        )

    def _heard(self, node_id: str) -> str | None:
        """Whose words come now, when that is not who was heard last."""
        before, self.speaking = self.speaking, self.voices.get(node_id, UNKNOWN)
        return self.speaking if self.speaking != before else None

    def _opening(self, is_loose: bool) -> Opening:
        if is_loose:
            return Opening.LOOSE
        return Opening.ANOTHER if self.paragraphs else Opening.FIRST

    def _begins_paragraph(self, tie: Tie | None, opening: Opening | None, before: Telling | None) -> bool:
        if before is None or before.is_full:
            return True
        if sum(1 + len(each.asides) for each in self.paragraphs[-1]) >= MOST_STOPS:
            return True
        if tie is None:
            return not (opening is Opening.LOOSE and before.opening is Opening.LOOSE)
        ends = {
            end.id for each in self.paragraphs[-1] for end in (each.node, each.tie and each.tie.other) if end
        }
        return tie.other.id not in ends

    def _asides(self, node_id: str) -> Iterator[Aside]:
        """What helped before what was in the way, what is new before what is named again."""
        labels: dict[tuple[str, Relation], list[str]] = defaultdict(list)
        for edge in self.beside[node_id]:
            labels[edge.source, edge.relation].append(edge.label)
        told_before = frozenset(self.did)
        for pair in sorted(labels, key=lambda each: (each[1] is Relation.HINDERED, each in told_before)):
            source, relation = pair
            is_new = source not in self.place
            self.place.setdefault(source, len(self.place))
            self.did.add(pair)
            yield Aside(
                self.reading.nodes[source],
                relation,
                _labels(labels[pair]),
                self._heard(source) if is_new else None,
                tuple(self.references.get(source, ())) if is_new else (),
                is_new,
                pair in told_before,
            )

    def _returns(self, node_id: str) -> Iterator[Tie]:
        for tie in _ties(((step, step.target) for step in self.back[node_id]), self.reading):
            pair = (tie.other.id, tie.relation)
            yield replace(tie, again=pair in self.did)
            self.did.add(pair)


def reading_order(reading: Reading) -> list[str]:
    """The nodes of the road, each after all that leads to it, the shortest way on first. O((V + E) log V)."""
    road = reading.road
    height = [0] * len(road.ids)
    for index in reversed(road.order):
        height[index] = max((height[child] + 1 for child in road.ahead[index]), default=0)
    ways = [sorted(children, key=height.__getitem__) for children in road.ahead]
    return [road.ids[index] for index in Road.walked(road.ids, ways).order]


def _ties(steps: Iterable[tuple[Step, str]], reading: Reading) -> list[Tie]:
    """One for each different relation between two stops, with all that was written at it."""
    labels: dict[tuple[str, Relation], list[str]] = defaultdict(list)
    for step, other in steps:
        labels[other, step.relation].append(step.label)
    return [Tie(reading.nodes[other], relation, _labels(said)) for (other, relation), said in labels.items()]


def _labels(said: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(label for label in said if label))


def _is_clear(before: Telling | None, tie: Tie) -> bool:
    """Whether “that” can only mean the stop this hangs on: nothing else was named after it."""
    if before is None or before.node.id != tie.other.id:
        return False
    return not (before.also or before.asides or before.returns)
