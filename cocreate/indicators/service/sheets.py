"""Entering what people answered on paper: a whole sheet at once, or nothing of it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from flask_babel import lazy_gettext as _l

from cocreate.accounts.service import welcome_guest
from cocreate.core.audience import Viewer, Visibility
from cocreate.core.changes import Log, changing
from cocreate.core.db import new_id
from cocreate.core.problems import Invalid
from cocreate.indicators.models import PaperPerson
from cocreate.indicators.queries.sheets import paper_round
from cocreate.indicators.service.answering import Given, Place, put_down
from cocreate.spaces.contributions import Arrival
from cocreate.spaces.models import Membership, Space, Voice
from cocreate.spaces.queries import viewer_for
from cocreate.spaces.service import join_space

MAX_LABEL: Final = 40


@dataclass(frozen=True, slots=True)
class PaperSheet:
    """What stands on one sheet: its label, the voice of who filled it in, and what they answered."""

    label: str
    voice_id: uuid.UUID | None
    answers: Sequence[tuple[uuid.UUID, Given]]


def enter_sheet(viewer: Viewer, round_id: uuid.UUID, sheet: PaperSheet) -> int:
    """Keep a sheet as answers of whoever filled it in, and give how many; empty places are no answers.

    The same label is the same person, in every round of the space. `Invalid` names each place that does not
    fit, by the number of its question, and then nothing is kept.
    """
    with changing(viewer.space_id) as log:
        found, measuring = paper_round(viewer, round_id)
        told = [(item_id, given) for item_id, given in sheet.answers if not given.is_nothing]
        if not told:
            raise Invalid(_l("Nothing is filled in yet."))
        person = _person(log, viewer, sheet, measuring.voice_id)
        problems = {}
        for number, (item_id, given) in enumerate(sheet.answers, 1):
            if given.is_nothing:
                continue
            if given.missing and not replace(given, missing="").is_nothing:
                problems[f"q{number}"] = [_l("Choose an answer or a reason, not both.")]
                continue
            try:
                _put_down(log, person, found.id, item_id, given)
            except Invalid as refused:
                problems[f"q{number}"] = next(iter(refused.fields.values()))
        if problems:
            raise Invalid(fields=problems)
        return len(told)


def _put_down(log: Log, person: Viewer, round_id: uuid.UUID, item_id: uuid.UUID, given: Given) -> None:
    arrival = Arrival(new_id(), None, Visibility.MAKER)
    put_down(log, person, arrival, Place(round_id, item_id), replace(given, is_on_paper=True))


def _person(log: Log, viewer: Viewer, sheet: PaperSheet, voice_id: uuid.UUID | None) -> Viewer:
    """Whoever has this label. A voice that is asked is theirs."""
    membership = membership_with(log, sheet.label, voice_id or sheet.voice_id)
    if voice_id is not None and membership.voice_id != voice_id:
        raise Invalid(fields={"label": [_l("This sheet is of somebody who is not asked this.")]})
    membership.bring_in(viewer.membership_id)
    return viewer_for(log.session.get_one(Space, log.space_id), membership)


def membership_with(log: Log, label: str, voice_id: uuid.UUID | None) -> Membership:
    """Whoever has this label in this space: from before, with the voice they had, or a guest from now on."""
    known = log.session.get(PaperPerson, (log.space_id, label))
    if known is not None:
        return log.session.get_one(Membership, known.membership_id)
    chosen = log.session.get(Voice, voice_id) if voice_id else None
    if chosen is None or chosen.space_id != log.space_id:
        raise Invalid(fields={"voice_id": [_l("Choose what fits best.")]})
    membership = join_space(log, welcome_guest(), voice_id=chosen.id)
    log.session.add(PaperPerson(space_id=log.space_id, label=label, membership_id=membership.id))
    log.session.flush()
    return membership
