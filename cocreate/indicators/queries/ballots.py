"""What somebody holds when people choose: the signs, their own ticks, and later what came out."""

import uuid
from collections.abc import Callable
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
from cocreate.spaces.queries import VoiceFacts, count_by_voice, voices_of


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
    panel: VoiceFacts | None = None  # whose list it is, when not everybody chooses

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
        next((voice for voice in voices_of(viewer.space_id) if voice.id == choosing.voice_id), None),
    )


def paper_at_stage(viewer: Viewer, workshop_id: uuid.UUID, since: datetime | None) -> Paper | None:
    """What lies on somebody's table in a meeting: what they can choose from now, else what came out of it."""
    return _first(viewer, workshop_id, since, lambda each: may_choose(viewer, each))


def paper_on_screen(viewer: Viewer, workshop_id: uuid.UUID, since: datetime | None) -> Paper | None:
    """The same for a wall that all look at."""
    return _first(viewer, workshop_id, since, lambda _each: True)


def lists_of_meeting(space_id: uuid.UUID, workshop_id: uuid.UUID) -> list[list[Choosing]]:
    """What is chosen from in a meeting, best first, the newest of each first.

    The lists that were opened there; with none, those of the whole space, and after them those of a panel of
    which somebody came. What another meeting, or a panel of whom nobody came, chooses is not of this room.
    """
    found = choosings_of(space_id)
    here = [each for each in found if each.workshop_id == workshop_id]
    if here:
        return [here]
    came = count_by_voice(workshop_id)
    elsewhere = [each for each in found if each.workshop_id is None]
    of_all = [each for each in elsewhere if each.voice_id is None]
    return [of_all, [each for each in elsewhere if each.voice_id and came.get(each.voice_id)]]


def _first(
    viewer: Viewer, workshop_id: uuid.UUID, since: datetime | None, fits: Callable[[Choosing], bool]
) -> Paper | None:
    for group in lists_of_meeting(viewer.space_id, workshop_id):
        found = [each for each in group if fits(each)]
        still_open = [each for each in found if each.closed_at is None]
        just_closed = [each for each in found if each.closed_at and since and each.closed_at >= since]
        for newest in still_open + just_closed:
            return paper_of(viewer, newest)
    return None
