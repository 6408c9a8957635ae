"""What a part of a meeting says of what is told in it, and what telling something again changes."""

from typing import Any

from flask_babel import lazy_ngettext as _n
from sqlalchemy import func, or_, select

from cocreate.core.audience import Audience, Visibility
from cocreate.core.changes import Log
from cocreate.core.problems import Conflict
from cocreate.spaces.aside import hiding_of, stay_aside
from cocreate.spaces.models import Membership
from cocreate.spaces.openings import NOT_STARTED, Terms


def keep_to_terms(log: Log, made: Any, arrival: Any, terms: Terms) -> None:
    """What was told just now keeps to its part: how far it goes, how many there are, with a name or not."""
    if made.is_of_part and terms.part_id is None:
        raise Conflict(NOT_STARTED)
    made.part_id, made.widest = terms.part_id, terms.widest
    made.visibility = _as_far(made.visibility, terms)
    log.session.flush()
    stay_aside(log, made)
    _sign(log, made, arrival, terms)
    _take_from(log, made, log.before.pop(made.id, None))
    if terms.most_each and made.is_limited and _told_there(log, made, terms) > terms.most_each:
        raise Conflict(
            _n(
                "You told one thing in this part. That is all we ask for. Take it back first.",
                "You told %(num)d things in this part. That is all we ask for. Take one back first.",
                terms.most_each,
            )
        )


def widen(log: Log, made: Any, arrival: Any, terms: Terms) -> None:
    """Who names their own thing again, for more people than before, wants those to see it.

    For fewer, or in a part that goes less far, it stays where it was told before.
    """
    before, wanted = made.audience, _as_far(arrival.visibility, terms)
    is_wider = before.visibility.least(wanted) is before.visibility and wanted is not before.visibility
    if is_wider and hiding_of(log, made) is None:
        made.visibility, made.workshop_id = wanted, arrival.workshop_id
        made.part_id, made.widest = terms.part_id, terms.widest
        made.touch()
        _take_from(log, made, before)
    _sign(log, made, arrival, terms)


def _as_far(visibility: str, terms: Terms) -> Visibility:
    return Visibility(visibility).least(terms.widest or Visibility.PUBLIC)


def _sign(log: Log, made: Any, arrival: Any, terms: Terms) -> None:
    if arrival.is_by_helper:
        made.is_by_helper = True
    name = None
    if terms.has_names and arrival.is_signed:
        # A name that is put with it in this part goes no further than the part either.
        reach = (hiding_of(log, made) or made).visibility
        is_within = _as_far(reach, terms) == reach
        name = log.session.get_one(Membership, made.maker_id).name if is_within else made.signed
    # A name from before does not go along with what is told again without it.
    if made.signed and made.signed != name:
        made.touch()  # no card with the name is shown any more
    made.signed = name
    log.session.flush()


def _take_from(log: Log, made: Any, before: Audience | None) -> None:
    """Open pages of those who saw it until now, and may not see it any more, let go of it."""
    if before is None or before.visibility is Visibility.MAKER:
        return
    is_as_wide = before.visibility.least(made.visibility) is before.visibility
    if not is_as_wide or before.workshop_id != made.workshop_id:
        log.record(
            made.topic,
            "hidden",
            audience=before,
            subject_type=made.topic,
            subject_id=made.id,
            actor_id=made.maker_id,
        )


def _told_there(log: Log, made: Any, terms: Terms) -> int:
    """How many there are in this part, with those of which nobody said in which part; without one: in all."""
    kind = type(made)
    told = select(func.count()).select_from(kind)
    told = told.filter_by(maker_id=made.maker_id, workshop_id=made.workshop_id, withdrawn_at=None)
    if terms.part_id is not None:
        told = told.where(or_(kind.part_id == terms.part_id, kind.part_id.is_(None)))
    return log.session.scalar(told) or 0
