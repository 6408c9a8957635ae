"""What was made public of answers, as it is kept; and answers as what publishing counts."""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from cocreate.core.db import session
from cocreate.impacts.rules import Circle
from cocreate.indicators import scoring
from cocreate.indicators.disclosure import Answer, Cell, Cluster, Guard, Snapshot, figures_for, large_enough
from cocreate.indicators.figures import Figures
from cocreate.indicators.kinds import (
    Agreement,
    AnswerKind,
    AnswerRefused,
    HaveAndWish,
    Triad,
    Value,
    read_answer,
)
from cocreate.indicators.models import Answer as Given
from cocreate.indicators.models import InstrumentItem, Publication
from cocreate.indicators.rules import SENSITIVE
from cocreate.spaces.models import Membership, Voice


def content_of(snapshot: Snapshot) -> dict[str, Any]:
    """A snapshot as JSON; `snapshot_of` gives exactly the same back."""
    return {
        "cells": [
            {
                "number": cell.number,
                "voice": cell.voice,
                "people": sorted(cell.people),
                "told": [sorted(map(list, counts.items())) for counts in cell.told],
            }
            for cell in snapshot.cells
        ],
        "fallen": [sorted(people) for people in snapshot.fallen],
        "clusters": [
            {
                "voice": cluster.voice,
                "cells": sorted(cluster.cells),
                "people": sorted(cluster.people),
            }
            for cluster in snapshot.clusters
        ],
        "waiting": snapshot.waiting,
    }


def snapshot_of(content: dict[str, Any]) -> Snapshot:
    """The snapshot that was kept like this."""
    return Snapshot(
        cells=tuple(
            Cell(
                cell["number"],
                cell["voice"],
                frozenset(cell["people"]),
                tuple(dict(counts) for counts in cell["told"]),
            )
            for cell in content["cells"]
        ),
        fallen=tuple(map(frozenset, content["fallen"])),
        clusters=tuple(
            Cluster(cluster["voice"], frozenset(cluster["cells"]), frozenset(cluster["people"]))
            for cluster in content["clusters"]
        ),
        waiting=content["waiting"],
    )


def fewest_for(threshold: int, sensitivity: int) -> int:
    """The fewest people that are shown as one, of a question that is so delicate by now."""
    guard = Guard(inside=threshold)
    return (guard.for_sensitive() if sensitivity >= SENSITIVE else guard).inside


def shown_of(content: dict[str, Any], circle: Circle, fewest: int) -> Figures:
    """What this circle sees of a snapshot that was kept, where by now numbers are of so many people."""
    return figures_for(large_enough(snapshot_of(content), fewest), circle)


def whole_or_nothing(snapshot: Snapshot) -> Snapshot:
    """The same, with all parts told of a cell or none.

    The parts of a triad make a hundred together, so what is told of two of them says what the third is.
    """
    cells = tuple(
        cell
        if all(sum(counts.values()) == len(cell.people) for counts in cell.told)
        else replace(cell, told=tuple({} for _ in cell.told))
        for cell in snapshot.cells
    )
    return replace(snapshot, cells=cells)


def counted(answers: scoring.Answers, raw: object) -> tuple[int, ...]:
    """An answer as whole numbers, one for each of its parts; nothing for words and what cannot be read."""
    if isinstance(answers, scoring.Choices):
        places = {option.key: place for place, option in enumerate(answers.options)}
        return (places[str(raw)],) if str(raw) in places else ()
    if answers.kind is AnswerKind.OPEN:
        return ()
    try:
        return _parts(read_answer(answers, raw))
    except AnswerRefused:
        return ()


def _parts(value: Value) -> tuple[int, ...]:
    if isinstance(value, Agreement):
        return (list(Agreement).index(value),)
    if isinstance(value, HaveAndWish | Triad):
        return tuple(value)
    return (value,) if isinstance(value, int) else ()


def answers_to_publish(round_id: uuid.UUID, item_id: uuid.UUID, answers: scoring.Answers) -> list[Answer]:
    """Who answered this question in this round, from which voice, what, and who brought them in."""
    query = (
        select(Given.maker_id, Voice.key, Given.value, Membership.brought_by)
        .join(Membership, Membership.id == Given.maker_id)
        .outerjoin(Voice, Voice.id == Membership.voice_id)
        .where(
            Given.round_id == round_id,
            Given.item_id == item_id,
            Given.withdrawn_at.is_(None),
            Given.value.is_not(None),
        )
    )
    return [
        Answer(str(maker_id), voice or "", counted(answers, value), frozenset(brought_by.split()))
        for maker_id, voice, value, brought_by in session().execute(query)
    ]


def other_snapshots(
    round_id: uuid.UUID, question_id: uuid.UUID, indicator_id: uuid.UUID | None = None
) -> Sequence[Snapshot]:
    """What is public of the same question in all other rounds, also of other measurings; and of the same
    sign, which another questionnaire asks as a question of its own: people answer it alike.
    """
    same = InstrumentItem.question_id == question_id
    if indicator_id is not None:
        same |= InstrumentItem.indicator_id == indicator_id
    query = (
        select(Publication.content)
        .join(InstrumentItem, InstrumentItem.id == Publication.item_id)
        .where(same, Publication.round_id != round_id)
        .order_by(Publication.round_id, Publication.item_id)
    )
    return [snapshot_of(content) for content in session().scalars(query)]
