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
PRIVATE = (StepKind.CHOOSE, StepKind.MEASURE)  # there is nothing to choose about who sees it


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
    impact = chance.choice(board.impacts)
    worded: dict[StepKind, tuple[str, dict[str, str]]] = {
        StepKind.MOMENTS: ("moments", {"what_happened": words}),
        StepKind.FACTORS: ("working-factors", {"name": words}),
        StepKind.IMPACTS: ("impacts", {"statement": words}),
        StepKind.COMMITMENTS: ("commitments", {"text": words}),
        StepKind.INDICATORS: ("indicators", {"impact_id": impact, "question": words}),
        StepKind.OPEN_QUESTION: ("replies", {"step_id": step_id, "text": words}),
        StepKind.MAP: (f"trajectories/{here.map_id}/nodes", {"text": words, "state": "happened"}),
    }
    chosen = _chosen(kind, step_id, impact, board, chance)
    if kind not in worded and not chosen:
        return None
    path, about, facts = chosen or (worded[kind][0], "", worded[kind][1])
    common = {
        "id": str(new_id()),
        "workshop_id": str(here.workshop_id),
        "membership_id": str(here.guests[place].membership_id),
    }
    if kind not in PRIVATE:
        common["visibility"] = "space"
    return Told(kind, f"{space}/{path}", common | facts, "" if chosen else words, about)


def _chosen(
    kind: StepKind, step_id: str, impact: str, board: "Board", chance: random.Random
) -> tuple[str, str, dict[str, Any]] | None:
    """Where something is tapped: where it goes, what it is about, what was tapped."""
    item = str(chance.choice(board.asking.items))
    mood = {"step_id": step_id, "mood": chance.choice(MOODS)}
    answer = {"round_id": str(board.asking.round_id), "item_id": item, "value": chance.randrange(11)}
    found: dict[StepKind, tuple[str, str, dict[str, Any]]] = {
        StepKind.CHECK_IN: ("moods", step_id, mood),
        StepKind.CHECK_OUT: ("moods", step_id, mood),
        StepKind.STANCES: ("stances", impact, {"impact_id": impact, "position": chance.choice(POSITIONS)}),
        StepKind.REALISM: ("realism-checks", impact, {"impact_id": impact, "answer": "fair"}),
        StepKind.MEASURE: ("answers", item, answer),
    }
    if board.summaries:
        summary = chance.choice(board.summaries)
        checked = {"summary_id": summary, "answer": "right"}
        found[StepKind.READ_BACK] = ("summary-checks", summary, checked)
    if board.choosing and board.signs:
        approved = chance.sample(board.signs, min(2, len(board.signs)))
        ballot = {"choosing_id": board.choosing, "approved": approved}
        found[StepKind.CHOOSE] = ("ballots", board.choosing, ballot)
    return found.get(kind)
