"""Tables out: my consent, the table of rows, what its columns mean, and my own answers."""

import uuid
from dataclasses import dataclass
from secrets import SystemRandom
from typing import Final

from flask_babel import lazy_gettext as _l

from cocreate.core.audience import Audience, Viewer, Visibility
from cocreate.core.changes import changing
from cocreate.core.db import new_id, session, utcnow
from cocreate.core.problems import Conflict, NotFound
from cocreate.core.tables import Cell
from cocreate.indicators.codebook import Say, codebook
from cocreate.indicators.models import ExportConsent, TableExport
from cocreate.indicators.queries.measuring import measuring_seen
from cocreate.indicators.queries.tables import (
    asking_of,
    fewest_in_a_table,
    measuring_of_member,
    shown_to,
    told_by_me,
    told_with_consent,
)
from cocreate.indicators.tables import FACTS as FIGURE_FACTS
from cocreate.indicators.tables import figure_rows, lay_out, read_back
from cocreate.spaces.models import Space
from cocreate.spaces.queries import voices_of
from cocreate.spaces.rules import Act, may

FEWEST_OF_A_VOICE: Final = 5
_chance: Final = SystemRandom()


@dataclass(frozen=True, slots=True)
class Table:
    """What is taken out: of which measuring, the rows, and what the columns mean."""

    title: str
    rows: list[list[Cell]]
    codebook: list[list[Cell]]


def let_go_along(viewer: Viewer, measuring_id: uuid.UUID, agreed: bool) -> None:
    """Say whether my answers may go along in a table, without my name. It counts from now on."""
    measuring = measuring_of_member(viewer, measuring_id)
    with changing(viewer.space_id) as log:
        found = log.session.get(ExportConsent, (measuring.id, viewer.membership_id))
        if found is None and agreed:
            log.session.add(ExportConsent(measuring_id=measuring.id, membership_id=viewer.membership_id))
        elif found is not None and agreed and found.ended_at is not None:
            found.given_at, found.ended_at = utcnow(), None
        elif found is not None and not agreed:
            found.ended_at = found.ended_at or utcnow()


def take_table(viewer: Viewer, measuring_id: uuid.UUID, kind: str, say: Say) -> Table:
    """The answers of who agreed, a row for each person in each round. That it was taken out is kept."""
    measuring = measuring_of_member(viewer, measuring_id)
    if not may(viewer, Act.STEWARD):
        raise NotFound
    with changing(viewer.space_id) as log:
        space = log.session.get_one(Space, viewer.space_id)
        asking = asking_of(measuring)
        told = told_with_consent(asking, space.timezone)
        rows, people = lay_out(asking.asked, told, max(space.threshold, FEWEST_OF_A_VOICE), _chance.shuffle)
        if people < fewest_in_a_table(space):
            raise Conflict(
                _l(
                    "Too few people said themselves that their answers may go along. There must be "
                    "%(fewest)s at least, so that nobody is recognised. People who were brought in do not "
                    "count for this.",
                    fewest=fewest_in_a_table(space),
                )
            )
        log.session.add(
            TableExport(
                id=new_id(),
                measuring_id=measuring.id,
                made_by_id=viewer.membership_id,
                kind=kind,
                people=len({row[0] for row in rows[1:]}),
            )
        )
        log.record(
            "measuring",
            "taken_out",
            audience=Audience(Visibility.SPACE),
            subject_type="measuring",
            subject_id=measuring.id,
            actor_id=viewer.membership_id,
        )
    return Table(measuring.title, rows, codebook(asking.asked, say))


def codebook_of(viewer: Viewer, measuring_id: uuid.UUID, say: Say) -> Table:
    """What the columns of its tables mean."""
    measuring = measuring_of_member(viewer, measuring_id)
    lines = codebook(asking_of(measuring).asked, say)
    return Table(measuring.title, lines, lines)


def my_answers(viewer: Viewer, measuring_id: uuid.UUID) -> Table:
    """What this viewer answered, to read and to keep."""
    measuring = measuring_of_member(viewer, measuring_id)
    timezone = session().get_one(Space, viewer.space_id).timezone
    asking = asking_of(measuring)
    return Table(measuring.title, read_back(asking.asked, told_by_me(viewer, asking, timezone)), [])


def figures_table(viewer: Viewer, measuring_id: uuid.UUID, say: Say) -> Table:
    """What this viewer sees of how the group answered; whoever may see it may take it along."""
    asking = asking_of(measuring_seen(viewer, measuring_id))
    voices = {each.key: each.own_name or each.key for each in voices_of(viewer.space_id)}
    shown = shown_to(viewer, asking)
    asked = [each for each in asking.asked if any(one.asked == each for one in shown)]
    return Table(asking.measuring.title, figure_rows(shown, voices), codebook(asked, say, FIGURE_FACTS))
