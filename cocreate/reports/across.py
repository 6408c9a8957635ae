"""What all voices say of what is wanted: for the page of all impacts, and for that of one."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import numpy as np
from flask_babel import ngettext
from markupsafe import Markup

from cocreate.core.i18n import percent
from cocreate.impacts.agreement import (
    POSITIONS,
    Composition,
    Stances,
    agreement,
    bridges,
    differences,
    divides,
    unheard,
)
from cocreate.impacts.drawing import Spot, strip_svg
from cocreate.impacts.models import DesiredImpact
from cocreate.impacts.queries import Answers
from cocreate.impacts.rules import Position, Stage
from cocreate.spaces.queries import Hoped, VoiceFacts

MOST: Final = 5  # of what bridges, divides, or is said differently by one voice
Figures = list[tuple[VoiceFacts, float, int]]  # of the voices that may be shown: agreement, people
Absent = tuple[VoiceFacts, int, int]  # a voice, how many spoke, how many are hoped for


@dataclass(frozen=True, slots=True)
class Together:
    """How far all voices agree when each weighs the same, and the voice that agrees least.

    Both are careful: of few people they stay nearer to a half than the marks on the strip.
    """

    share: float
    people: int
    least: VoiceFacts
    share_of_least: float
    people_of_least: int


@dataclass(frozen=True)
class Row:
    """One impact on the page of all: how far each voice agrees, as a picture and as figures."""

    impact: DesiredImpact
    figures: Figures
    too_few: list[VoiceFacts]
    together: Together | None = None  # when every voice was heard on it, and may be shown

    @cached_property
    def strip(self) -> Markup:
        """The picture, which also says the figures in words; drawn when somebody wants to see it."""
        spots = [
            Spot(voice.name, voice.css, voice.key, share, _told(voice, share, people))
            for voice, share, people in self.figures
        ]
        words = " ".join(spot.told for spot in spots)
        return Markup(strip_svg(spots, words)) if spots else Markup()  # noqa: S704 (it escapes every text)


@dataclass(frozen=True, slots=True)
class Part:
    """So many people out of so many."""

    people: int
    of: int

    @property
    def share(self) -> float:
        """Which part of the whole."""
        return self.people / self.of


@dataclass(frozen=True, slots=True)
class Said:
    """Something a voice says more, or less, than all the others together."""

    impact: DesiredImpact
    position: Position
    is_more: bool
    own: Part
    others: Part


@dataclass(frozen=True, slots=True)
class Sides:
    """Something that divides: who is mostly for it, who is not, and who is too few to show."""

    impact: DesiredImpact
    for_it: list[VoiceFacts]
    not_for_it: list[VoiceFacts]
    too_few: list[VoiceFacts]


@dataclass(frozen=True, slots=True)
class Across:
    """What the voices of a space say together, differently, and not at all.

    What is no longer now stands apart, and is in nothing that was found.
    """

    rows: list[Row]
    retired: list[Row]
    bridging: list[DesiredImpact]
    dividing: list[Sides]
    differently: list[tuple[VoiceFacts, list[Said]]]
    too_few: list[VoiceFacts]  # of at least one wish
    silent: list[VoiceFacts]  # they take part, and there is nothing of them to see
    unheard: list[Absent]


def across(
    impacts: Sequence[DesiredImpact],
    answers: Mapping[uuid.UUID, Answers],
    hoped: Sequence[Hoped],
    present: Mapping[str, int],
) -> Across:
    """Read from what may be shown, and from nothing else: figures of few people are in none of it.

    `hoped`: all voices of the space, with whom it hopes to hear; `present`: how many of each took any stance.
    A voice takes part that the space needs, or that took a stance on anything.
    """
    now = [impact for impact in impacts if impact.stage != Stage.RETIRED]
    spoke = {voice.key for each in answers.values() for voice, _tally in each.by_voice}
    taking_part = [
        each.voice
        for each in hoped
        if each.is_needed or each.voice.key in spoke or present.get(each.voice.key)
    ]
    shown = _Shown(now, answers, taking_part)
    met = shown.together()
    rows = [row_of(impact, answers[impact.id], met.together.get(impact.id)) for impact in now]
    few = {voice.key for row in rows for voice in row.too_few}
    return Across(
        rows=sorted(rows, key=lambda row: -row.together.share if row.together else 0),
        retired=[row_of(each, answers[each.id]) for each in impacts if each.stage == Stage.RETIRED],
        bridging=met.bridging[:MOST],
        dividing=shown.dividing(),
        differently=shown.differently(),
        too_few=[voice for voice in taking_part if voice.key in few],
        silent=[voice for voice in taking_part if not voice.is_imported and voice.key not in spoke],
        unheard=_unheard(hoped, present),
    )


def row_of(impact: DesiredImpact, answers: Answers, together: Together | None = None) -> Row:
    """How far each voice agrees on one impact."""
    figures = []
    for voice, tally in answers.by_voice:
        if tally.split:
            people = sum(tally.split.values())
            figures.append((voice, tally.split[Position.FOR] / people, people))
    return Row(impact, figures, [voice for voice, tally in answers.by_voice if not tally.is_shown], together)


def not_heard_on(answers: Answers, hoped: Sequence[Hoped]) -> list[Absent]:
    """The voices of which fewer people took a stance on one impact than the space hopes to hear."""
    if not any(each.wished for each in hoped):
        return []
    return _unheard(hoped, {voice.key: tally.total for voice, tally in answers.by_voice})


@dataclass(frozen=True, slots=True)
class _Met:
    """Where all voices were heard: how far they agree together, and what bridges, the clearest first."""

    together: dict[uuid.UUID, Together] = field(default_factory=dict)
    bridging: list[DesiredImpact] = field(default_factory=list)


class _Shown:
    """Counts of what may be shown, of the voices that take part.

    One that may not be shown takes part as one that was not heard: whatever it said, nothing is told of all
    voices where it is missing.
    """

    def __init__(
        self,
        impacts: Sequence[DesiredImpact],
        answers: Mapping[uuid.UUID, Answers],
        voices: Sequence[VoiceFacts],
    ) -> None:
        self.impacts = impacts
        self.answers = answers
        self.voices = {voice.key: voice for voice in voices}
        place = {key: number for number, key in enumerate(self.voices)}
        self.counts = np.zeros((len(self.voices), len(impacts), len(POSITIONS)), dtype=np.int64)
        for column, impact in enumerate(impacts):
            for voice, tally in answers[impact.id].by_voice:
                if tally.split:
                    self.counts[place[voice.key], column] = [tally.split[position] for position in POSITIONS]
        self.stances = Stances.of_counts(list(self.voices), self.counts) if self.voices else None

    def together(self) -> _Met:
        """What all voices say that take part: how far they agree, and what each is mostly for."""
        met = _Met()
        found: list[tuple[float, DesiredImpact]] = []
        for stances, impacts in self._companies():
            agreed = agreement(stances)
            for column in np.flatnonzero(agreed.is_heard.all(axis=0)):
                least, spoke = agreed.weakest[column], stances.spoke[:, column]
                met.together[impacts[column].id] = Together(
                    float(agreed.root[column]),
                    int(spoke.sum()),
                    self.voices[stances.voices[least]],
                    float(agreed.in_weakest[column]),
                    int(spoke[least]),
                )
            found += [(each.root, impacts[each.proposal]) for each in bridges(stances)]
        met.bridging.extend(impact for _root, impact in sorted(found, key=lambda each: -each[0]))
        return met

    def _companies(self) -> Iterator[tuple[Stances, list[DesiredImpact]]]:
        """The impacts by who takes part in them, which one voice alone does not: nobody is there to meet.

        A voice that came in from elsewhere takes part only in what it spoke on; nobody can ask it more.
        """
        columns: dict[tuple[int, ...], list[int]] = defaultdict(list)
        for column, impact in enumerate(self.impacts):
            spoke = {voice.key for voice, _tally in self.answers[impact.id].by_voice}
            voices = enumerate(self.voices.values())
            part = tuple(row for row, voice in voices if not voice.is_imported or voice.key in spoke)
            columns[part].append(column)
        keys = list(self.voices)
        for rows, chosen in columns.items():
            if len(rows) > 1:
                stances = Stances.of_counts([keys[row] for row in rows], self.counts[np.ix_(rows, chosen)])
                yield stances, [self.impacts[column] for column in chosen]

    def dividing(self) -> list[Sides]:
        """What some voices are mostly for and others are not."""
        found = (divides(self.stances) if self.stances else [])[:MOST]
        return [
            Sides(
                impact := self.impacts[each.proposal],
                [self.voices[key] for key in each.mostly_for],
                [self.voices[key] for key in each.not_mostly_for],
                [voice for voice, tally in self.answers[impact.id].by_voice if not tally.is_shown],
            )
            for each in found
        ]

    def differently(self) -> list[tuple[VoiceFacts, list[Said]]]:
        """What each voice says more, or less, than all the others together; the clearest first."""
        saying: dict[str, list[Said]] = {}
        for each in differences(self.stances) if self.stances else []:
            said = saying.setdefault(each.voice, [])
            if len(said) < MOST:
                position = Position(each.position)
                own, others = self._parts(each.voice, each.proposal, position)
                said.append(Said(self.impacts[each.proposal], position, each.is_more, own, others))
        return [(self.voices[key], said) for key, said in saying.items()]

    def _parts(self, voice: str, column: int, position: Position) -> tuple[Part, Part]:
        """Which part of a voice stands there, and which part of all the others together."""
        if self.stances is None:
            raise ValueError("nobody spoke")
        said, spoke = self.stances.at(position)[:, column], self.stances.spoke[:, column]
        own = list(self.voices).index(voice)
        others = Part(int(said.sum() - said[own]), int(spoke.sum() - spoke[own]))
        return Part(int(said[own]), int(spoke[own])), others


def _told(voice: VoiceFacts, share: float, people: int) -> str:
    told: str = ngettext(
        "%(voice)s: %(share)s is for it (%(num)s person).",
        "%(voice)s: %(share)s is for it (%(num)s people).",
        people,
        voice=voice.name,
        share=percent(share),
    )
    return told


def _unheard(hoped: Iterable[Hoped], present: Mapping[str, int]) -> list[Absent]:
    """Who is missing or too few, by how many are present: over all impacts, or on one of them."""
    by_key = {each.voice.key: each.voice for each in hoped if not each.voice.is_imported}
    wished = {each.voice.key: each.wished for each in hoped if each.wished}
    if not by_key:
        return []
    counts = np.zeros((len(by_key), 1, len(POSITIONS)), dtype=np.int64)
    counts[:, 0, 0] = [present.get(key, 0) for key in by_key]
    found = unheard(Stances.of_counts(list(by_key), counts), Composition(people=wished))
    return [(by_key[each.voice], each.there, each.wished) for each in found.overall if each.voice in by_key]
