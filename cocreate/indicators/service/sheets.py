"""Entering what people answered on paper: a whole sheet at once, or nothing of it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from flask_babel import lazy_gettext as _l
from sqlalchemy import exists, select

from cocreate.accounts.service import welcome_guest
from cocreate.core.audience import Viewer, Visibility
from cocreate.core.changes import Log, changing
from cocreate.core.db import empty_write_ahead_log, new_id
from cocreate.core.problems import Conflict, Invalid, NotFound
from cocreate.indicators.models import Answer, PaperPerson
from cocreate.indicators.queries.sheets import entered_from, has_answers, paper_round
from cocreate.indicators.service.answering import Given, Place, put_down, terms_there
from cocreate.indicators.service.settling import settle
from cocreate.spaces.contributions import Arrival, Contribution, withdraw
from cocreate.spaces.models import Attendance, Membership, Space, Voice
from cocreate.spaces.openings import Terms
from cocreate.spaces.queries import viewer_for
from cocreate.spaces.service import join_space

MAX_LABEL: Final = 40
_ANOTHER_VOICE: Final = _l(
    "This label is of somebody with another voice. Is the sheet of somebody else? Write another label on it."
)


@dataclass(frozen=True, slots=True)
class PaperSheet:
    """What stands on one sheet: its label, the voice of who filled it in, and what they answered."""

    label: str
    voice_id: uuid.UUID | None
    answers: Sequence[tuple[uuid.UUID, Given]]
    id: uuid.UUID = field(default_factory=new_id)  # the same form twice is one sheet
    corrects: str = ""  # whose answers in this round it may take the place of: who types it over said so
    workshop_id: uuid.UUID | None = None  # at which meeting it was filled in
    part_id: uuid.UUID | None = None  # in which part of that


class AlreadyThere(Conflict):
    """There are answers with this label in this round, and nobody said that this sheet corrects them."""


def enter_sheet(viewer: Viewer, round_id: uuid.UUID, sheet: PaperSheet) -> int:
    """Keep a sheet as answers of whoever filled it in, and give how many; empty places are no answers.

    The same label is the same person, in every round of the space. `Invalid` names each place that does not
    fit, by the number of its question, and then nothing is kept; `AlreadyThere` when this would write over
    what another sheet said.
    """
    with changing(viewer.space_id) as log:
        found, measuring = paper_round(viewer, round_id)
        if viewer.membership_id is None:
            raise NotFound
        earlier = log.receipt(sheet.id, viewer.membership_id)
        if earlier:
            return int(earlier["answers"])
        told = [(item_id, given) for item_id, given in sheet.answers if not given.is_nothing]
        if not told:
            raise Invalid(_l("Nothing is filled in yet."))
        if sheet.corrects != sheet.label and has_answers(log.space_id, round_id, sheet.label):
            raise AlreadyThere(
                _l(
                    "There are answers of %(label)s already in this round. Is this a correction?",
                    label=sheet.label,
                )
            )
        person = _person(log, viewer, sheet, measuring.voice_id)
        _keep(log, person, found.id, sheet, _terms(viewer, sheet))
        log.keep_receipt(sheet.id, viewer.membership_id, "sheet", {"answers": len(told)})
        return len(told)


def take_back_sheet(viewer: Viewer, round_id: uuid.UUID, label: str) -> None:
    """All that was entered from this sheet in this round goes: it was a mistake, or its writer asks for it.

    To everybody it is as if the writer took these answers back.
    """
    with changing(viewer.space_id) as log:
        paper_round(viewer, round_id)
        known = log.session.get(PaperPerson, (log.space_id, label))
        if viewer.membership_id is None or known is None:
            raise NotFound
        writer = _writer(log, log.session.get_one(Membership, known.membership_id))
        for each in entered_from(round_id, known.membership_id):
            withdraw(writer, Answer, each.id)
            settle(log, Answer.topic, each.id)
    empty_write_ahead_log()


def _terms(viewer: Viewer, sheet: PaperSheet) -> Terms:
    return terms_there(viewer, sheet.workshop_id, sheet.part_id) if sheet.workshop_id else Terms()


def _keep(log: Log, person: Viewer, round_id: uuid.UUID, sheet: PaperSheet, terms: Terms) -> None:
    problems = {}
    for number, (item_id, given) in enumerate(sheet.answers, 1):
        if given.is_nothing:
            continue
        if given.missing and not replace(given, missing="").is_nothing:
            problems[f"q{number}"] = [_l("Choose an answer or a reason, not both.")]
            continue
        try:
            _put_down(log, person, Place(round_id, item_id), given, terms)
        except Invalid as refused:
            problems[f"q{number}"] = next(iter(refused.fields.values()))
    if problems:
        raise Invalid(fields=problems)


def _put_down(log: Log, person: Viewer, place: Place, given: Given, terms: Terms) -> None:
    arrival = Arrival(new_id(), None, Visibility.MAKER)
    kept = put_down(log, person, arrival, place, replace(given, is_on_paper=True))
    kept.part_id, kept.widest = terms.part_id, terms.widest


def _person(log: Log, viewer: Viewer, sheet: PaperSheet, voice_id: uuid.UUID | None) -> Viewer:
    """Whoever has this label. A voice that is asked is theirs."""
    membership = membership_with(log, sheet.label, voice_id or sheet.voice_id)
    membership.bring_in(viewer.membership_id)
    return _writer(log, membership)


def _writer(log: Log, membership: Membership) -> Viewer:
    return viewer_for(log.session.get_one(Space, log.space_id), membership)


def membership_with(log: Log, label: str, voice_id: uuid.UUID | None) -> Membership:
    """Whoever has this label in this space: from before, with the voice they had, or a guest from now on."""
    known = log.session.get(PaperPerson, (log.space_id, label))
    if known is not None:
        found = log.session.get_one(Membership, known.membership_id)
        if voice_id is not None and voice_id != found.voice_id:
            if _is_known(log, found):
                raise Invalid(fields={"label": [_ANOTHER_VOICE]})
            found.voice_id = _chosen(log, voice_id)
        return found
    membership = join_space(log, welcome_guest(), voice_id=_chosen(log, voice_id))
    log.session.add(PaperPerson(space_id=log.space_id, label=label, membership_id=membership.id))
    log.session.flush()
    return membership


def _chosen(log: Log, voice_id: uuid.UUID | None) -> uuid.UUID:
    chosen = log.session.get(Voice, voice_id) if voice_id else None
    if chosen is None or chosen.space_id != log.space_id:
        raise Invalid(fields={"voice_id": [_l("Choose what fits best.")]})
    return chosen.id


def _is_known(log: Log, membership: Membership) -> bool:
    """Whether they came to a meeting or anything stands here of them; else a wrong voice was a mistake."""
    if log.session.scalar(select(exists().where(Attendance.membership_id == membership.id))):
        return True
    return any(
        log.session.scalar(
            select(exists().where(kind.maker_id == membership.id, kind.withdrawn_at.is_(None)))
        )
        for kind in Contribution.__subclasses__()
    )
