"""What happens with a harvest: the words of who leads, and copies that people take along."""

import uuid

from cocreate.core.audience import Audience, Visibility
from cocreate.core.changes import changing
from cocreate.workshops.queries.harvest import HARVEST
from cocreate.workshops.service.stage import record, workshop_in


def say_what_next(workshop_id: uuid.UUID, space_id: uuid.UUID, words: str) -> None:
    """Who leads says what happens with it."""
    with changing(space_id) as log:
        workshop = workshop_in(log, workshop_id)
        if workshop.what_next != words:
            workshop.what_next = words
            record(log, workshop, "workshop", "changed")


def note_copy(workshop_id: uuid.UUID, space_id: uuid.UUID, membership_id: uuid.UUID | None) -> None:
    """A copy on paper is made: what is taken back later may still stand on it, so that is written down."""
    with changing(space_id) as log:
        workshop = workshop_in(log, workshop_id)
        log.record(
            HARVEST,
            "copied",
            audience=Audience(Visibility.WORKSHOP, None, workshop.id),
            subject_type="workshop",
            subject_id=workshop.id,
            actor_id=membership_id,
        )
