"""What is read back in a meeting, as who leads sees the answers to it."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cocreate.core.audience import Viewer
from cocreate.replies.queries import OtherWords, heard_back
from cocreate.workshops.withholding import shown_as_they_came


@dataclass(frozen=True, slots=True)
class Heard:
    """A sentence with the answers to it. What is not in `shown` is of too few people."""

    id: uuid.UUID
    text: str
    people: int  # none of too few: with what follows it would say who does not follow
    shown: Mapping[str, int]
    is_unclear: bool  # to somebody: that one person does not follow must be known, and not who
    others: Sequence[OtherWords]


def summaries_heard(viewer: Viewer, workshop_id: uuid.UUID, threshold: int) -> list[Heard]:
    """Every sentence that is read back, in the order in which it was written."""
    return [
        Heard(
            each.id,
            each.text,
            each.people if each.people >= threshold else 0,
            shown_as_they_came(each.said, threshold),
            each.is_unclear,
            each.others,
        )
        for each in heard_back(viewer, workshop_id)
    ]
