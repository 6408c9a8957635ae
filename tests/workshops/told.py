"""What somebody at a tablet tells in each part of a meeting."""

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cocreate.core.db import new_id
from cocreate.workshops.rules import StepKind

if TYPE_CHECKING:
    from tests.workshops.soaking import Board

MOODS = ("sun", "clouds", "rain", "storm", "fog")
POSITIONS = ("for", "objection", "dont_know")
WORDED = {  # where the words stand
    StepKind.MOMENTS: ("moments", "what_happened"),
    StepKind.FACTORS: ("working-factors", "name"),
    StepKind.IMPACTS: ("impacts", "statement"),
    StepKind.COMMITMENTS: ("commitments", "text"),
}


@dataclass(frozen=True)
class Told:
    """One thing as it waits on a tablet."""

    kind: StepKind
    path: str
    body: dict[str, Any]
    words: str = ""  # that stand nowhere else
    about: str = ""  # where only the last one counts

    @property
    def id(self) -> str:
        """Made on the tablet."""
        return str(self.body["id"])


def one_thing(
    kind: StepKind, step_id: str, board: "Board", place: int, number: int, chance: random.Random
) -> Told | None:
    """Something to tell in this part; nothing where nothing is asked, or there is nothing to speak about."""
    here = board.here
    space = f"/spaces/{here.space_id}"
    words = f"tablet {place} zegt {number}"
    body: dict[str, Any] = {
        "id": str(new_id()),
        "workshop_id": str(here.workshop_id),
        "membership_id": str(here.guests[place].membership_id),
        "visibility": "space",
    }

    def about(path: str, subject: str, **facts: Any) -> Told:
        return Told(kind, f"{space}/{path}", body | facts, about=subject)

    match kind:
        case StepKind.MOMENTS | StepKind.FACTORS | StepKind.IMPACTS | StepKind.COMMITMENTS:
            path, name = WORDED[kind]
            return Told(kind, f"{space}/{path}", body | {name: words}, words)
        case StepKind.INDICATORS:
            facts = {"impact_id": chance.choice(board.impacts), "question": words}
            return Told(kind, f"{space}/indicators", body | facts, words)
        case StepKind.OPEN_QUESTION:
            return Told(kind, f"{space}/replies", body | {"step_id": step_id, "text": words}, words)
        case StepKind.MAP:
            path = f"{space}/trajectories/{here.map_id}/nodes"
            return Told(kind, path, body | {"text": words, "state": "happened"}, words)
        case StepKind.CHECK_IN | StepKind.CHECK_OUT:
            return about("moods", step_id, step_id=step_id, mood=chance.choice(MOODS))
        case StepKind.STANCES:
            impact = chance.choice(board.impacts)
            return about("stances", impact, impact_id=impact, position=chance.choice(POSITIONS))
        case StepKind.REALISM:
            impact = chance.choice(board.impacts)
            return about("realism-checks", impact, impact_id=impact, answer="fair")
        case StepKind.READ_BACK if board.summaries:
            summary = chance.choice(board.summaries)
            return about("summary-checks", summary, summary_id=summary, answer="right")
        case StepKind.CHOOSE if board.choosing and board.signs:
            del body["visibility"]
            approved = chance.sample(board.signs, min(2, len(board.signs)))
            return about("ballots", board.choosing, choosing_id=board.choosing, approved=approved)
        case StepKind.MEASURE:
            item = str(chance.choice(board.asking.items))
            facts = {"round_id": str(board.asking.round_id), "item_id": item, "value": chance.randrange(11)}
            del body["visibility"]
            return about("answers", item, **facts)
    return None
