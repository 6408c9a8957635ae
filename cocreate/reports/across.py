"""What all voices say of what is wanted: for the page of all impacts, and for that of one."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
from cocreate.impacts.rules import Position
from cocreate.spaces.queries import VoiceFacts

MOST: Final = 5  # of what bridges, divides, or is said differently by one voice


@dataclass(frozen=True)
class Row:
    """One impact on the page of all: how far each voice agrees, as a picture and as figures."""

    impact: DesiredImpact
    figures: list[tuple[VoiceFacts, float, int]]  # of the voices that may be shown: agreement, people
    too_few: list[VoiceFacts]
    root: float | None  # agreement across voices; None when not every voice here was heard

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
class Said:
    """Something a voice says more, or less, than all the others together."""

    impact: DesiredImpact
    position: Position
    is_more: bool
    share: float
    others: float


@dataclass(frozen=True, slots=True)
class Sides:
    """Something that divides: who is mostly for it, and who is not."""

    impact: DesiredImpact
    for_it: list[VoiceFacts]
    not_for_it: list[VoiceFacts]


@dataclass(frozen=True, slots=True)
class Across:
    """What the voices of a space say together, differently, and not at all."""

    rows: list[Row]
    bridging: list[DesiredImpact]
    dividing: list[Sides]
    differently: list[tuple[VoiceFacts, list[Said]]]
    unheard: list[tuple[VoiceFacts, int, int]]  # a voice, how many spoke, how many are wished


def across(
    impacts: Sequence[DesiredImpact],
    answers: Mapping[uuid.UUID, Answers],
    voices: Sequence[VoiceFacts],
    wished: Mapping[str, int],
    present: Mapping[str, int],
) -> Across:
    """Read from what may be shown, and from nothing else: figures of few people are in none of it.

    `wished`: people per voice that the space hopes to hear; `present`: how many of each took any stance.
    """
    shown = _Shown(impacts, answers, voices)
    heard = len(shown.voices)
    roots = agreement(shown.stances).root if shown.stances else [None] * len(impacts)
    rows = [
        row_of(impact, answers[impact.id], heard, root) for impact, root in zip(impacts, roots, strict=True)
    ]
    return Across(
        rows=sorted(rows, key=lambda row: (row.root is None, -(row.root or 0))),
        bridging=shown.bridging(),
        dividing=shown.dividing(),
        differently=shown.differently(),
        unheard=_unheard(voices, wished, present),
    )


def row_of(impact: DesiredImpact, answers: Answers, heard: int = 0, root: float | None = None) -> Row:
    """How far each voice agrees on one impact; `heard`: how many voices can be shown anywhere on the page."""
    figures = []
    for voice, tally in answers.by_voice:
        if tally.split:
            people = sum(tally.split.values())
            figures.append((voice, tally.split[Position.FOR] / people, people))
    return Row(
        impact,
        figures,
        [voice for voice, tally in answers.by_voice if not tally.is_shown],
        float(root) if root is not None and len(figures) == heard else None,
    )


class _Shown:
    """Counts of what may be shown: a voice whose people are too few counts as not heard."""

    def __init__(
        self,
        impacts: Sequence[DesiredImpact],
        answers: Mapping[uuid.UUID, Answers],
        voices: Sequence[VoiceFacts],
    ) -> None:
        self.impacts = impacts
        spoke = {voice.key for each in answers.values() for voice, tally in each.by_voice if tally.is_shown}
        self.voices = {voice.key: voice for voice in voices if voice.key in spoke}
        place = {key: number for number, key in enumerate(self.voices)}
        counts = np.zeros((len(self.voices), len(impacts), len(POSITIONS)), dtype=np.int64)
        for column, impact in enumerate(impacts):
            for voice, tally in answers[impact.id].by_voice:
                if tally.split:
                    counts[place[voice.key], column] = [tally.split[position] for position in POSITIONS]
        self.stances = Stances.of_counts(list(self.voices), counts) if self.voices else None

    def bridging(self) -> list[DesiredImpact]:
        """What every voice is mostly for."""
        found = bridges(self.stances) if self.stances else []
        return [self.impacts[each.proposal] for each in found[:MOST]]

    def dividing(self) -> list[Sides]:
        """What some voices are mostly for and others are not."""
        return [
            Sides(
                self.impacts[each.proposal],
                [self.voices[key] for key in each.mostly_for],
                [self.voices[key] for key in each.not_mostly_for],
            )
            for each in (divides(self.stances) if self.stances else [])[:MOST]
        ]

    def differently(self) -> list[tuple[VoiceFacts, list[Said]]]:
        """What each voice says more, or less, than all the others together; the clearest first."""
        saying: dict[str, list[Said]] = {}
        for each in differences(self.stances) if self.stances else []:
            said = saying.setdefault(each.voice, [])
            if len(said) < MOST:
                position = Position(each.position)
                own, others = self._shares(each.voice, each.proposal, position)
                said.append(Said(self.impacts[each.proposal], position, each.is_more, own, others))
        return [(self.voices[key], said) for key, said in saying.items()]

    def _shares(self, voice: str, column: int, position: Position) -> tuple[float, float]:
        """Which part of a voice stands there, and which part of all the others together."""
        if self.stances is None:
            raise ValueError("nobody spoke")
        said, spoke = self.stances.at(position)[:, column], self.stances.spoke[:, column]
        own = list(self.voices).index(voice)
        others = spoke.sum() - spoke[own]
        return float(said[own] / spoke[own]), float((said.sum() - said[own]) / others)


def _told(voice: VoiceFacts, share: float, people: int) -> str:
    told: str = ngettext(
        "%(voice)s: %(share)s is for it (%(num)s person).",
        "%(voice)s: %(share)s is for it (%(num)s people).",
        people,
        voice=voice.name,
        share=percent(share),
    )
    return told


def _unheard(
    voices: Sequence[VoiceFacts], wished: Mapping[str, int], present: Mapping[str, int]
) -> list[tuple[VoiceFacts, int, int]]:
    by_key = {voice.key: voice for voice in voices if not voice.is_imported}
    if not by_key:
        return []
    counts = np.zeros((len(by_key), 1, len(POSITIONS)), dtype=np.int64)
    counts[:, 0, 0] = [present.get(key, 0) for key in by_key]
    found = unheard(Stances.of_counts(list(by_key), counts), Composition(people=dict(wished)))
    return [(by_key[each.voice], each.there, each.wished) for each in found.overall if each.voice in by_key]
