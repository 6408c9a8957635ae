"""What all voices say of what is wanted: for the page of all impacts, and for that of one."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from flask_babel import format_percent, ngettext
from flask_babel import gettext as _
from markupsafe import Markup

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


@dataclass(frozen=True, slots=True)
class Row:
    """One impact on the page of all: how far each voice agrees, as a picture and as figures."""

    impact: DesiredImpact
    strip: Markup
    words: str
    figures: list[tuple[VoiceFacts, float, int]]  # of the voices that may be shown: agreement, people
    too_few: list[VoiceFacts]
    root: float | None  # agreement across voices; None when not every voice here was heard
    weakest: VoiceFacts | None


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
    told = agreement(shown.stances)
    by_key = {voice.key: voice for voice in voices}
    rows = [shown.row(place, told.root[place]) for place in range(len(impacts))]
    saying: dict[str, list[Said]] = {}
    for each in differences(shown.stances):
        said = saying.setdefault(each.voice, [])
        if len(said) < MOST:
            position = Position(each.position)
            own, others = shown.shares(each.voice, each.proposal, position)
            said.append(Said(impacts[each.proposal], position, each.is_more, own, others))
    return Across(
        rows=sorted(rows, key=lambda row: (row.root is None, -(row.root or 0))),
        bridging=[impacts[each.proposal] for each in bridges(shown.stances)[:MOST]],
        dividing=[
            Sides(
                impacts[each.proposal],
                [by_key[key] for key in each.mostly_for],
                [by_key[key] for key in each.not_mostly_for],
            )
            for each in divides(shown.stances)[:MOST]
        ],
        differently=[(by_key[key], said) for key, said in saying.items()],
        unheard=_unheard(voices, wished, present),
    )


def row_of(impact: DesiredImpact, answers: Answers) -> Row:
    """How far each voice agrees on one impact by itself."""
    voices = [voice for voice, _tally in answers.by_voice]
    return _Shown([impact], {impact.id: answers}, voices).row(0, None)


class _Shown:
    """Counts of what may be shown: a voice whose people are too few counts as not heard."""

    def __init__(
        self,
        impacts: Sequence[DesiredImpact],
        answers: Mapping[uuid.UUID, Answers],
        voices: Sequence[VoiceFacts],
    ) -> None:
        self.impacts, self.answers = impacts, answers
        spoke = {voice.key for each in answers.values() for voice, tally in each.by_voice if tally.is_shown}
        self.voices = [voice for voice in voices if voice.key in spoke]
        place = {voice.key: number for number, voice in enumerate(self.voices)}
        counts = np.zeros((len(self.voices), len(impacts), len(POSITIONS)), dtype=np.int64)
        for column, impact in enumerate(impacts):
            for voice, tally in answers[impact.id].by_voice:
                if tally.split:
                    counts[place[voice.key], column] = [tally.split[position] for position in POSITIONS]
        self.stances = Stances.of_counts([voice.key for voice in self.voices], counts)

    def shares(self, voice: str, column: int, position: Position) -> tuple[float, float]:
        """Which part of a voice stands there, and which part of all the others together."""
        said, spoke = self.stances.at(position)[:, column], self.stances.spoke[:, column]
        own = [each.key for each in self.voices].index(voice)
        others = spoke.sum() - spoke[own]
        return float(said[own] / spoke[own]), float((said.sum() - said[own]) / others)

    def row(self, column: int, root: float | None) -> Row:
        """What one impact shows."""
        impact = self.impacts[column]
        told = self.answers[impact.id]
        figures = []
        for voice, tally in told.by_voice:
            if tally.split:
                people = sum(tally.split.values())
                figures.append((voice, tally.split[Position.FOR] / people, people))
        too_few = [voice for voice, tally in told.by_voice if not tally.is_shown]
        spots = [
            Spot(voice.name, voice.css, voice.key, share, _told(voice, share, people))
            for voice, share, people in figures
        ]
        words = " ".join(spot.told for spot in spots) or _("Not enough people to show yet.")
        is_heard = bool(figures) and len(figures) == len(self.voices)
        weakest = min(figures, key=lambda each: each[1])[0] if is_heard and len(figures) > 1 else None
        return Row(
            impact,
            Markup(strip_svg(spots, words)) if spots else Markup(),  # noqa: S704 (it escapes every text)
            words,
            figures,
            too_few,
            float(root) if root is not None and is_heard else None,
            weakest,
        )


def _told(voice: VoiceFacts, share: float, people: int) -> str:
    told: str = ngettext(
        "%(voice)s: %(share)s is for it (%(num)s person).",
        "%(voice)s: %(share)s is for it (%(num)s people).",
        people,
        voice=voice.name,
        share=format_percent(round(share, 2)),
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
