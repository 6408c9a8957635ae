"""Tables in: answers that were given elsewhere, on paper or in another space. All of it, or nothing."""

import hashlib
import json
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from threading import BoundedSemaphore
from typing import Any, Final, NamedTuple

from flask_babel import lazy_gettext as _l
from sqlalchemy import insert, select

from cocreate.accounts.models import Person
from cocreate.core.audience import Audience, Viewer, Visibility
from cocreate.core.beside import beside
from cocreate.core.changes import Log, Receipt, changing
from cocreate.core.db import new_id, utcnow
from cocreate.core.problems import Conflict, NotFound
from cocreate.indicators.codebook import ON_PAPER
from cocreate.indicators.models import Answer, ExportConsent, Instrument, Measuring
from cocreate.indicators.queries.tables import Asking, asking_of, measuring_of_member
from cocreate.indicators.service.brought import Arriving, ask_once, remember
from cocreate.indicators.service.publishing import brought_in
from cocreate.indicators.service.versions import freeze
from cocreate.indicators.tables import Given, Incoming, Place, TableError, is_words, read_given, read_table
from cocreate.spaces.models import Membership
from cocreate.spaces.queries import voices_of
from cocreate.spaces.rules import Act, Role, may

_turn: Final = BoundedSemaphore(1)  # one file at a time: the largest takes seconds
_NOON: Final = time(12, tzinfo=UTC)  # then it is the same month everywhere


@dataclass(frozen=True, slots=True)
class Agreed:
    """What the people in the table agreed to, according to who brings it in."""

    to_go_along: bool = False  # in tables that are taken out later
    to_be_read: bool = False  # their own words, in this space


class Newcomer(NamedTuple):
    """The ids of somebody in a table."""

    person_id: uuid.UUID
    membership_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class BroughtIn:
    """How many people came in with how many answers."""

    people: int
    answers: int


def bring_in_table(
    viewer: Viewer, measuring_id: uuid.UUID, content: bytes, agreed: Agreed, others: str = ""
) -> BroughtIn | Incoming:
    """Keep the answers in a file, once; or say all that is wrong with it, and keep nothing.

    TableError when it is no table at all; `LooksLikeBefore` when its people may be in here already. Who gives
    back the mark of that as `others`, says that they are not.
    """
    measuring = measuring_of_member(viewer, measuring_id)
    if not may(viewer, Act.FACILITATE):
        raise NotFound
    before = asking_of(measuring)
    found, mark, is_like_taken = _read(content, _place(measuring, before))
    if found.wrong:
        return found
    people = {each.person: Newcomer(new_id(), new_id()) for each in found.given}
    answers = beside(lambda: list(_answers(before, found.given, people, agreed)))
    arriving = Arriving(mark, answers, len(found.given), is_like_taken)
    with changing(viewer.space_id) as log:
        asking = asking_of(measuring)
        if asking.asked != before.asked or asking.numbers != before.numbers:
            raise Conflict
        receipt_id = _only_once(log, viewer, measuring, mark)
        if others != mark:
            ask_once(viewer, measuring, arriving)
        _welcome(log, viewer, measuring, found.given, people)
        members = [each.membership_id for each in people.values()]
        remember(log, viewer, measuring, arriving, receipt_id, members)
        _keep(log, asking, found.given, answers)
        if agreed.to_go_along:
            consents = [{"measuring_id": measuring.id, "membership_id": each} for each in members]
            log.session.connection().execute(insert(ExportConsent), consents)
        _record(log, viewer, measuring)
    return BroughtIn(len(people), len(answers))


def _record(log: Log, viewer: Viewer, measuring: Measuring) -> None:
    log.record(
        "measuring",
        "brought_in",
        audience=Audience(Visibility.SPACE),
        subject_type="measuring",
        subject_id=measuring.id,
        actor_id=viewer.membership_id,
    )


def _read(content: bytes, place: Place) -> tuple[Incoming, str, bool]:
    """What is in the file; a mark that another file with the same table has too; whether it is laid out as a
    table that is taken along.
    """

    def read() -> tuple[Incoming, str, bool] | TableError:
        try:
            rows = read_table(content)
            found = read_given(rows, place)
        except TableError as error:
            return error  # raised there, gevent would write it to the log, with words of people
        told = sorted(map(_as_text, found.given))
        mark = hashlib.sha256("\n".join(told).encode()).hexdigest()
        return found, mark, ON_PAPER in {str(cell).strip() for cell in rows[0]}

    with _turn:
        found = beside(read)
    if isinstance(found, TableError):
        raise found
    return found


def _place(measuring: Measuring, asking: Asking) -> Place:
    """The rounds and voices that a table may name; a measuring of one voice knows only that one."""
    voices = [each for each in voices_of(measuring.space_id) if measuring.voice_id in (None, each.id)]
    names = {name.lower(): str(each.id) for each in voices for name in (each.key, each.name)}
    return Place(asking.asked, asking.numbers, names, utcnow().date())


def _only_once(log: Log, viewer: Viewer, measuring: Measuring, mark: str) -> uuid.UUID:
    """The same table twice would count everybody twice, whatever the kind of file it came in."""
    receipt_id = uuid.uuid5(measuring.id, mark)
    if log.session.get(Receipt, receipt_id) is not None:
        raise Conflict(_l("This table is in here already."))
    if viewer.membership_id is not None:
        log.keep_receipt(receipt_id, viewer.membership_id, "table", {"state": "kept"})
    return receipt_id


def _as_text(each: Given) -> str:
    facts = (each.person, each.round, each.voice, str(each.on), each.is_by_helper, each.answers)
    return json.dumps(facts, sort_keys=True)


def _welcome(
    log: Log, viewer: Viewer, measuring: Measuring, given: Sequence[Given], people: Mapping[str, Newcomer]
) -> None:
    """A membership for each person in the table, and who brought them in. They never sign in here."""
    voices = {each.person: each.voice for each in given}
    connection = log.session.connection()
    connection.execute(insert(Person), [{"id": each.person_id} for each in people.values()])
    members = [
        {
            "id": each.membership_id,
            "space_id": log.space_id,
            "person_id": each.person_id,
            "voice_id": uuid.UUID(voice) if (voice := voices[name]) else measuring.voice_id,
            "role": Role.READER,
            "brought_by": str(viewer.membership_id),
        }
        for name, each in people.items()
    ]
    connection.execute(insert(Membership), members)


def _answers(
    asking: Asking, given: Sequence[Given], people: Mapping[str, Newcomer], agreed: Agreed
) -> Iterator[dict[str, Any]]:
    rounds = {each.number: each for each in asking.rounds}
    items = {place: item_id for item_id, place in asking.items.items()}
    words = {key for each in asking.asked if is_words(each.answers) for key in each.items.items()}
    for each in given:
        told_in = rounds[each.round]
        at = datetime.combine(each.on, _NOON) if each.on else utcnow()
        for key, (value, missing) in each.answers.items():
            is_read = agreed.to_be_read and (asking.versions[told_in.id], key) in words
            yield {
                "id": new_id(),
                "space_id": asking.measuring.space_id,
                "maker_id": people[each.person].membership_id,
                "visibility": Visibility.SPACE if is_read else Visibility.MAKER,
                "created_at": at,
                "round_id": told_in.id,
                "item_id": items[told_in.instrument_id, key],
                "value": value,
                "missing": missing,
                "is_by_helper": each.is_by_helper,
                "is_on_paper": True,
            }


def _keep(log: Log, asking: Asking, given: Sequence[Given], answers: Sequence[dict[str, Any]]) -> None:
    """Put the answers down; what may be shown of them follows."""
    if not answers:
        return
    log.session.connection().execute(insert(Answer), answers)
    _freeze(log, asking, given)
    for round_id, item_id in {(each["round_id"], each["item_id"]): None for each in answers}:
        brought_in(log, round_id, item_id)


def _freeze(log: Log, asking: Asking, given: Sequence[Given]) -> None:
    """A version with answers stays as it is."""
    rounds = {each.round for each in given if each.answers}
    versions = {each.instrument_id for each in asking.rounds if each.number in rounds}
    for instrument in log.session.scalars(select(Instrument).where(Instrument.id.in_(versions))):
        freeze(log, instrument)
