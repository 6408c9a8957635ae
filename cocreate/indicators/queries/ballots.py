"""What somebody holds when people choose: the signs, their own ticks, and later what came out."""

from dataclasses import dataclass
from datetime import datetime

from cocreate.core.audience import Viewer
from cocreate.indicators.models import Choosing
from cocreate.indicators.queries.choosing import (
    Listed,
    Turnout,
    ballot_of,
    choosings_of,
    listed,
    may_choose,
    outcome_for,
    turnout,
)


@dataclass(frozen=True, slots=True)
class Paper:
    """A ballot as this viewer sees it. While people choose it tells nobody's choice but their own."""

    choosing: Choosing
    signs: list[Listed]  # those that this viewer may read
    chosen: frozenset[str]
    has_chosen: bool
    has_say: bool
    turnout: Turnout
    winners: list[str]

    @property
    def is_open(self) -> bool:
        """Whether people choose now."""
        return self.choosing.closed_at is None


def paper_of(viewer: Viewer, choosing: Choosing) -> Paper:
    """The ballot of this viewer in this choosing."""
    own = ballot_of(viewer, choosing) if viewer.is_member else None
    signs = [sign for sign in listed(viewer, choosing) if sign.words]
    words = {sign.id: sign.words for sign in signs}
    outcome = outcome_for(viewer, choosing)
    won = [words.get(winner.item) for winner in outcome.winners] if outcome else []
    return Paper(
        choosing,
        signs,
        frozenset(own.approved if own else ()),
        own is not None,
        may_choose(viewer, choosing),
        turnout(viewer, choosing),
        [each for each in won if each],
    )


def paper_at_stage(viewer: Viewer, since: datetime | None) -> Paper | None:
    """What lies on somebody's table in a meeting: what they can choose from now, else what came out of it."""
    found = [each for each in choosings_of(viewer.space_id) if may_choose(viewer, each)]
    return _first(viewer, found, since)


def paper_on_screen(viewer: Viewer, since: datetime | None) -> Paper | None:
    """The same for a wall that all look at."""
    return _first(viewer, choosings_of(viewer.space_id), since)


def _first(viewer: Viewer, found: list[Choosing], since: datetime | None) -> Paper | None:
    still_open = [each for each in found if each.closed_at is None]
    just_closed = [each for each in found if each.closed_at and since and each.closed_at >= since]
    newest = next(iter(still_open + just_closed), None)
    return paper_of(viewer, newest) if newest else None
