"""Who may see what: the one filter behind pages, stream, screen, search and exports."""

import uuid
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_


class Visibility(StrEnum):
    """How far a contribution is shown, from nobody else to everybody."""

    MAKER = "maker"
    WORKSHOP = "workshop"
    SPACE = "space"
    PUBLIC = "public"

    def least(self, other: "Visibility") -> "Visibility":
        """The narrower of the two: what is shown is the least of consent and setting."""
        order = list(Visibility)
        return min(self, other, key=order.index)


@dataclass(frozen=True, slots=True)
class Audience:
    """For whom one thing is meant."""

    visibility: Visibility
    maker_id: uuid.UUID | None = None
    workshop_id: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody who looks at a space: a membership, a projector in the room, or a passer-by."""

    space_id: uuid.UUID
    membership_id: uuid.UUID | None = None
    role: str | None = None
    voice_id: uuid.UUID | None = None
    workshop_ids: frozenset[uuid.UUID] = field(default_factory=frozenset)
    is_in_every_workshop: bool = False
    sees_public: bool = False
    sees_space: bool = False  # what everybody in the space may see, on a wall where all of them look

    @property
    def is_member(self) -> bool:
        """Whether the space counts them in."""
        return self.membership_id is not None


def sees(viewer: Viewer, audience: Audience) -> bool:
    """Whether this viewer may see something meant for this audience, in the viewer's own space."""
    if viewer.is_member and audience.maker_id == viewer.membership_id:
        return True
    visibility = audience.visibility
    if visibility is Visibility.PUBLIC and viewer.sees_public:
        return True
    if visibility in (Visibility.SPACE, Visibility.PUBLIC) and (viewer.is_member or viewer.sees_space):
        return True
    if visibility is Visibility.MAKER or audience.workshop_id is None:
        return False
    return viewer.is_in_every_workshop or audience.workshop_id in viewer.workshop_ids


def visible(viewer: Viewer, table: Any) -> ColumnElement[bool]:
    """`sees`, as a condition on a table with `maker_id`, `workshop_id`, `visibility` and `space_id`."""
    ways: list[ColumnElement[bool]] = []
    if viewer.is_member:
        ways.append(table.maker_id == viewer.membership_id)
    if viewer.is_member or viewer.sees_space:
        ways.append(table.visibility.in_([Visibility.SPACE, Visibility.PUBLIC]))
    elif viewer.sees_public:
        ways.append(table.visibility == Visibility.PUBLIC)
    if viewer.is_in_every_workshop or viewer.workshop_ids:
        in_room = [table.workshop_id.is_not(None), table.visibility != Visibility.MAKER]
        if not viewer.is_in_every_workshop:
            in_room.append(table.workshop_id.in_(viewer.workshop_ids))
        ways.append(and_(*in_room))
    return and_(table.space_id == viewer.space_id, or_(*ways) if ways else false())
