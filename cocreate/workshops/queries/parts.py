"""What single parts of a meeting need on each surface, besides what all of them need."""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from cocreate.compensation.queries import note_of
from cocreate.core.audience import Viewer
from cocreate.core.cards import render_cards
from cocreate.impacts.models import DesiredImpact
from cocreate.moments.models import WorkingFactor
from cocreate.moments.queries import helped_in, reading
from cocreate.spaces.queries import SpaceFacts
from cocreate.spaces.shelves import versions
from cocreate.workshops.models import Step, Workshop
from cocreate.workshops.queries.arrivals import grouped
from cocreate.workshops.queries.stances import stances_so_far
from cocreate.workshops.rules import StepKind


def for_stage(viewer: Viewer, workshop: Workshop, moment_id: uuid.UUID | None = None) -> dict[str, object]:
    """What the parts “do we want this?”, “what helped” and “thank you” need on a tablet."""
    kinds = {step.kind for step in workshop.steps}
    return {
        "home_of_stances": home_of_stances(workshop),
        "reading": reading(viewer, workshop.id, moment_id) if StepKind.FACTORS in kinds else None,
        "thanks": note_of(workshop.space_id) if StepKind.THANKS in kinds else None,
    }


def for_console(workshop: Workshop, space: SpaceFacts) -> dict[str, object]:
    """What the part that is on needs on the console; the same as what the room may see."""
    opened_on = workshop.opened_at.astimezone(ZoneInfo(space.timezone)).date() if workshop.opened_at else ""
    return {**for_room(workshop, space, [workshop.current_step]), "opened_on": opened_on}


def for_room(
    workshop: Workshop, space: SpaceFacts, steps: Sequence[Step | None] | None = None
) -> dict[str, object]:
    """What these parts need on the screen: what the room may see, and no more."""
    steps = workshop.steps if steps is None else steps
    kinds = {step.kind for step in steps if step}
    room = Viewer(space.id, workshop_ids=frozenset({workshop.id}))
    room = replace(room, sees_space=True)
    is_asked = StepKind.STANCES in kinds
    return {
        **(_helped(room, workshop) if StepKind.FACTORS in kinds else {}),
        "so_far": stances_so_far(room, workshop) if is_asked else None,
        "proposals": render_cards("proposal", versions(room, DesiredImpact), is_signed=False)
        if is_asked
        else [],
        "thanks": note_of(space.id) if StepKind.THANKS in kinds else None,
    }


def _helped(room: Viewer, workshop: Workshop) -> dict[str, object]:
    """What helped, under the headings that who leads made, and what stands under none."""
    found = helped_in(room, workshop.id)
    headings = grouped(room, workshop.id, WorkingFactor.topic)
    under = [(each.words, [one for one in found if one.id in each.subjects]) for each in headings]
    placed = {one.id for _words, ones in under for one in ones}
    return {
        "helped": found,
        "helped_groups": [(words, ones) for words, ones in under if ones],
        "helped_loose": [one for one in found if one.id not in placed],
    }


def home_of_stances(workshop: Workshop) -> uuid.UUID | None:
    """The step that holds the one form in which people say where they stand; on the tablet it goes along
    with the meeting.
    """
    places = [step for step in workshop.steps if step.kind in (StepKind.IMPACTS, StepKind.STANCES)]
    now: Step | None = next((step for step in places if step.id == workshop.current_step_id), None)
    now = now or next(iter(places), None)
    return now.id if now else None
