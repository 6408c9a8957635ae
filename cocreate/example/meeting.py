"""The meeting of the example: its agenda, and what people said in its smaller parts. All of it is made up."""

import uuid
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Final

from cocreate.compensation.service import say_thanks
from cocreate.core.audience import Viewer, Visibility
from cocreate.core.db import new_id
from cocreate.indicators.queries.measuring import today_in
from cocreate.moments.service import name_factor
from cocreate.replies.rules import IsRight, Mood
from cocreate.replies.service import check_summary, mark_mood, promise, reply, write_summary
from cocreate.spaces.contributions import Arrival
from cocreate.workshops.rules import Phase, StepKind, StepSketch

Arrive = Callable[[], Arrival]
AGENDA: Final = (
    StepSketch(StepKind.WELCOME, Phase.DEFINE, 10),
    StepSketch(StepKind.CHECK_IN, Phase.DEFINE, 5),
    StepSketch(StepKind.PAIR_TALK, Phase.DISCOVER, 20),
    StepSketch(StepKind.MOMENTS, Phase.DISCOVER, 20),
    StepSketch(StepKind.FACTORS, Phase.DISCOVER, 10),
    StepSketch(StepKind.MAP, Phase.DISCOVER, 20),
    StepSketch(StepKind.BREAK, Phase.DISCOVER, 10),
    StepSketch(StepKind.IMPACTS, Phase.DREAM, 10),
    StepSketch(StepKind.STANCES, Phase.DREAM, 10),
    StepSketch(StepKind.INDICATORS, Phase.DESIGN, 10),
    StepSketch(StepKind.OPEN_QUESTION, Phase.DESIGN, 5, "Wie missen we?", "Wie missen we hier vandaag?"),
    StepSketch(StepKind.READ_BACK, Phase.DELIVER, 5),
    StepSketch(StepKind.COMMITMENTS, Phase.DELIVER, 5),
    StepSketch(StepKind.THANKS, Phase.DELIVER, 2),
    StepSketch(StepKind.CHECK_OUT, Phase.DELIVER, 3),
    StepSketch(StepKind.CLOSE, Phase.DELIVER, 5),
)
OFFER: Final = "Een bon van 15 euro, en soep voor wie blijft."
# One person after the other, over and over.
COMING: Final = (Mood.SUN, Mood.CLOUDS, Mood.SUN, Mood.RAIN, Mood.CLOUDS, Mood.FOG, Mood.SUN)
LEAVING: Final = (Mood.SUN, Mood.SUN, Mood.CLOUDS, Mood.SUN, Mood.FOG)
# What helped, and in which of the moments, by place.
HELPED: Final = (
    ("youth", "Het regende", 0),
    ("resident", "Iemand vroeg wat ik wilde", 1),
    ("professional", "Er was tijd", 1),
    ("professional", "Er was tijd", 2),
    ("youth", "Iemand die naast me zat", 3),
    ("policymaker", "We zaten aan dezelfde tafel", 4),
    ("resident", "We zaten aan dezelfde tafel", 5),
)
MISSED: Final = (
    ("resident", "Mensen die 's nachts werken. Die slapen nu."),
    ("youth", "De jongens van het veldje. Die komen alleen als er iets te doen is."),
    ("professional", "De huisarts. Die ziet iedereen."),
    ("policymaker", "Iemand die over het geld gaat."),
)
HEARD: Final = (
    "Jullie willen elkaar bij naam kennen, jong en oud.",
    "Over het plein zijn jullie het nog niet eens.",
    "Wat hielp: er was tijd, en niemand hoefde iets.",
)
# What some say of what was heard, by place; the others say that it is right.
NOT_QUITE: Final = (
    ("resident", 1, "Over het plein wel. Alleen niet over wie er beslist."),
    ("youth", 2, "Wij moesten wel iets: de bal thuislaten."),
)
# What somebody promises, and within how many days.
PROMISED: Final = (
    ("resident", "Ik bel aan bij mijn buurvrouw van nummer 12.", 7),
    ("youth", "Ik neem donderdag twee vrienden mee.", None),
    ("professional", "Ik vraag of het buurthuis een avond langer open kan.", 14),
    (
        "policymaker",
        "Ik zoek uit wat jongeren over het plein mogen beslissen, en kom het zelf vertellen.",
        30,
    ),
)


def talk(
    lead: Viewer,
    people: dict[str, Viewer],
    crowd: dict[str, list[Viewer]],
    moments: Sequence[uuid.UUID],
    parts: dict[str, uuid.UUID],
    arrival: Arrive,
) -> None:
    """What was said around the moments, the wishes and the map."""
    everybody = [*people.values(), *(viewer for some in crowd.values() for viewer in some)]
    for kind, moods in ((StepKind.CHECK_IN, COMING), (StepKind.CHECK_OUT, LEAVING)):
        for number, viewer in enumerate(everybody):
            mark_mood(viewer, arrival(), parts[kind], moods[number % len(moods)])
    for voice, helped, place in HELPED:
        name_factor(people[voice], arrival(), helped, moments[place])
    for voice, text in MISSED:
        reply(people[voice], arrival(), parts[StepKind.OPEN_QUESTION], text)
    today = today_in(lead.space_id)
    for voice, text, days in PROMISED:
        promise(people[voice], arrival(), text, today + timedelta(days=days) if days else None)
    say_thanks(lead, OFFER, "")


def read_back(lead: Viewer, people: dict[str, Viewer], crowd: dict[str, list[Viewer]], at: uuid.UUID) -> None:
    """Who leads reads back what was heard, and everybody says whether it is right."""
    others = {(voice, place): text for voice, place, text in NOT_QUITE}
    for place, text in enumerate(HEARD):
        summary_id = write_summary(lead, at, text)
        for voice, first in people.items():
            for number, viewer in enumerate([first, *crowd[voice]]):
                says = others.get((voice, place), "") if number == 0 else ""
                answer = IsRight.NOT_QUITE if says else IsRight.RIGHT
                told = Arrival(new_id(), at, Visibility.WORKSHOP)
                check_summary(viewer, told, summary_id, answer, says)
