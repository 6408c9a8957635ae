"""Who stands at the door of a space: every view of a space starts here."""

import uuid
from dataclasses import dataclass

from cocreate.accounts.identity import current_person_id
from cocreate.core.audience import Viewer
from cocreate.core.problems import NotFound
from cocreate.spaces.queries import MembershipFacts, SpaceFacts, look_in
from cocreate.spaces.rules import Act, may


@dataclass(frozen=True, slots=True)
class Here:
    """A space and the one who looks at it now."""

    space: SpaceFacts
    membership: MembershipFacts | None
    viewer: Viewer
    seq: int  # the last change this page can show

    def may(self, act: str) -> bool:
        """Whether the viewer may do this here; for templates."""
        return may(self.viewer, Act(act))


def enter_as_room(space_id: uuid.UUID, workshop_id: uuid.UUID) -> Viewer:
    """A projector: a facilitator switches it on, but it sees what the room sees, and no more."""
    enter(space_id, Act.FACILITATE)
    return Viewer(space_id, workshop_ids=frozenset({workshop_id}))


def enter(space_id: uuid.UUID, act: Act) -> Here:
    """The space, for someone who may do this in it; `NotFound` for everybody else."""
    found = look_in(space_id, current_person_id())
    if found is None or not may(found.viewer, act):
        raise NotFound
    return Here(found.space, found.membership, found.viewer, found.seq)
