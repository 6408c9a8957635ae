"""What the part of the console needs in which things arrive: cards, headings, and by what one can look."""

import uuid
from collections import Counter
from dataclasses import dataclass
from typing import Any, Final

from werkzeug.datastructures import MultiDict

from cocreate.replies.models import Reply
from cocreate.spaces.access import Here
from cocreate.spaces.forms import AsideForm
from cocreate.workshops.activities import ACTIVITIES
from cocreate.workshops.forms.arrivals import HeadingForm
from cocreate.workshops.models import Workshop
from cocreate.workshops.queries.arrivals import GROUPED, MOST, Arrivals, arrivals, asides, grouped
from cocreate.workshops.rules import StepKind
from cocreate.workshops.words import activity_name, step_question, step_title

# What a kind of thing is called here when no step of this meeting asks for it.
ASKED_IN: Final = {
    "moment": StepKind.MOMENTS,
    "working_factor": StepKind.FACTORS,
    "impact": StepKind.IMPACTS,
    "indicator": StepKind.INDICATORS,
    "node": StepKind.MAP,
    "reply": StepKind.OPEN_QUESTION,
    "commitment": StepKind.COMMITMENTS,
}
# What has no card here, but can be set aside.
ALSO_ASIDE: Final = {
    "stance": StepKind.STANCES,
    "wording": StepKind.STANCES,
    "remark": StepKind.STANCES,
    "realism": StepKind.REALISM,
}
MOST_EVER: Final = 100_000


@dataclass(frozen=True, slots=True)
class Sieve:
    """What can be looked at by itself: one kind of thing, or what answers one open question."""

    key: str
    title: str
    count: int
    unseen: int  # that many older ones are not on the console
    is_now: bool


def most_in(args: MultiDict[str, str]) -> int:
    """How many loose cards of each kind are asked for: more than at first, when older ones are wanted."""
    return min(max(args.get("most", MOST, type=int), MOST), MOST_EVER)


def arriving_of(here: Here, workshop: Workshop, most: int = MOST) -> dict[str, Any]:
    """What the arrivals on the console need. What stands under a heading and what is lit is always there."""
    groupable = [topic for topic in ASKED_IN if topic in GROUPED]
    groups = [group for topic in groupable for group in grouped(here.viewer, workshop.id, topic)]
    placed = {subject for group in groups for subject in group.subjects}
    lit = {workshop.lit_id} if workshop.lit_id else set()
    found = arrivals(here.viewer, workshop.id, placed | lit, most)
    return {
        "arrived": {each.id: each for each in found.cards},
        "total": found.total,
        "most": most,
        "more": most + MOST,
        "loose": [each for each in found.cards if each.id not in placed],
        "groups": groups,
        "sieves": _sieves(workshop, found),
        "asides": asides(here.viewer, workshop.id),
        "names": {topic: activity_name(kind) for topic, kind in ASKED_IN.items()},
        "aside_names": {topic: activity_name(kind) for topic, kind in {**ASKED_IN, **ALSO_ASIDE}.items()},
        "groupable": groupable,
        "aside_form": AsideForm(formdata=None),
        "heading_form": HeadingForm(formdata=None),
    }


def _sieves(workshop: Workshop, found: Arrivals) -> list[Sieve]:
    totals = {_key(topic, step_id): total for (topic, step_id), total in found.totals.items()}
    seen = Counter(_key(each.topic, each.step_id) for each in found.cards)
    titles: dict[str, str] = {}
    now = set()
    for step in workshop.steps:
        for topic in ACTIVITIES[StepKind(step.kind)].topics:
            key = _key(topic, step.id)
            if topic in ASKED_IN:
                titles.setdefault(key, step_question(step) if topic == Reply.topic else step_title(step))
                if step.id == workshop.current_step_id:
                    now.add(key)
    for topic, step_id in found.totals:
        titles.setdefault(_key(topic, step_id), activity_name(ASKED_IN[topic]))
    return [
        Sieve(key, title, totals.get(key, 0), totals.get(key, 0) - seen[key], key in now)
        for key, title in titles.items()
    ]


def _key(topic: str, step_id: uuid.UUID | None) -> str:
    return f"{topic}:{step_id}" if topic == Reply.topic else topic
