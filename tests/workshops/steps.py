"""A meeting of chosen parts, for tests of those parts."""

from cocreate.core.changes import changing
from cocreate.core.db import session
from cocreate.spaces.openings import open_activity
from cocreate.spaces.rules import Activity
from cocreate.workshops.models import Workshop
from cocreate.workshops.queries.workshops import trajectory_of_workshop
from cocreate.workshops.rules import Phase, StepKind, StepSketch
from cocreate.workshops.service import move_stage, open_doors
from cocreate.workshops.service.preparing import start_workshop
from cocreate.workshops.service.stage import terms_of
from tests.factories import MadeSpace, MadeWorkshop

# The parts of which something stands in a harvest.
TOLD_IN = (
    StepKind.CHECK_IN,
    StepKind.MOMENTS,
    StepKind.STANCES,
    StepKind.REALISM,
    StepKind.INDICATORS,
    StepKind.MAP,
    StepKind.OPEN_QUESTION,
    StepKind.READ_BACK,
    StepKind.COMMITMENTS,
    StepKind.CHECK_OUT,
)


def make_meeting(space: MadeSpace, *kinds: StepKind, on: StepKind | None = None) -> MadeWorkshop:
    """A meeting with these parts, its doors open, and one of them on stage."""
    agenda = [StepSketch(kind, Phase.DISCOVER, 10) for kind in kinds]
    workshop_id = start_workshop(space.id, "Spelmiddag", agenda=agenda)
    open_doors(workshop_id, space.id)
    with changing(space.id) as log:
        parts = {step.id: terms_of(step) for step in log.session.get_one(Workshop, workshop_id).steps}
        for activity in Activity:
            open_activity(log, workshop_id, activity, parts)
    workshop = session().get(Workshop, workshop_id)
    steps = {step.kind: step.id for step in workshop.steps}
    if on is not None:
        move_stage(workshop_id, space.id, steps[on])
    map_id = trajectory_of_workshop(workshop_id).id
    return MadeWorkshop(workshop_id, space.id, workshop.code, map_id, steps)
