"""Who stands at the door of a space: every view of a space starts here."""

import uuid
from dataclasses import dataclass

from cocreate.accounts.identity import current_person_id
from cocreate.core.audience import Viewer
from cocreate.core.problems import NotFound
from cocreate.spaces.models import Membership, Space
from cocreate.spaces.queries import membership_of, space_of, viewer_for
from cocreate.spaces.rules import Act, may


@dataclass(frozen=True, slots=True)
class Here:
    """A space and the one who looks at it now."""

    space: Space
    membership: Membership | None
    viewer: Viewer

    def may(self, act: str) -> bool:
        """Whether the viewer may do this here; for templates."""
        return may(self.viewer, Act(act))


def enter_as_room(space_id: uuid.UUID, workshop_id: uuid.UUID) -> Viewer:
    """A projector: a facilitator switches it on, but it sees what the room sees, and no more."""
    enter(space_id, Act.FACILITATE)
    return Viewer(space_id, workshop_ids=frozenset({workshop_id}))


def enter(space_id: uuid.UUID, act: Act) -> Here:
    """The space, for someone who may do this in it; `NotFound` for everybody else."""
    space = space_of(space_id)
    if space is None:
        raise NotFound
    person_id = current_person_id()
    membership = membership_of(space_id, person_id) if person_id else None
    viewer = viewer_for(space, membership)
    if not may(viewer, act):
        raise NotFound
    return Here(space, membership, viewer)
