"""The example: a meeting as it goes in a hall, with something told in each part, and made fast."""

import pytest
from sqlalchemy import event, func, select

from cocreate.compensation.queries import note_of
from cocreate.core.db import session
from cocreate.example import example_workshop
from cocreate.example.meeting import AGENDA
from cocreate.example.told import CROWD
from cocreate.replies.models import MoodMark, SummaryCheck
from cocreate.spaces.contributions import Contribution
from cocreate.workshops.activities import ACTIVITIES
from cocreate.workshops.rules import StepKind

COMMITS = 100  # each waits for the disk


def told(topic, workshop):
    kind = next(each for each in Contribution.__subclasses__() if each.topic == topic)
    return session().scalar(select(func.count()).select_from(kind).where(kind.workshop_id == workshop.id))


@pytest.fixture
def workshop(in_context):
    return example_workshop()


def test_the_meeting_takes_two_hours_and_a_half_and_has_most_kinds_of_parts():
    kinds = [part.kind for part in AGENDA]
    assert sum(part.minutes for part in AGENDA) == 150
    assert (kinds[0], kinds[-1]) == (StepKind.WELCOME, StepKind.CLOSE)
    assert set(StepKind) - set(kinds) == {StepKind.REALISM, StepKind.CHOOSE, StepKind.MEASURE}


def test_something_is_told_in_each_part(workshop):
    steps = {step.kind: step for step in workshop.steps}
    assert list(steps) == [part.kind for part in AGENDA]
    for kind in steps:
        for topic in ACTIVITIES[StepKind(kind)].topics:
            if topic != "summary":
                assert told(topic, workshop), kind
    everybody = len(CROWD) + sum(sum(splits[0]) for splits in CROWD.values())
    for kind in (StepKind.CHECK_IN, StepKind.CHECK_OUT):
        marks = select(func.count()).select_from(MoodMark).where(MoodMark.step_id == steps[kind].id)
        assert session().scalar(marks) == everybody
    checks = session().scalars(select(SummaryCheck)).all()
    assert len(checks) == 3 * everybody
    assert {check.answer for check in checks} == {"right", "not_quite"}
    assert sum(bool(check.shown_answer) for check in checks) > 2 * everybody  # there is something to show
    assert note_of(workshop.space_id).offer
    assert workshop.current_step.kind == StepKind.WELCOME


def test_it_is_made_once_and_with_few_waits_for_the_disk(in_context):
    waits = []
    event.listen(session().get_bind(), "commit", waits.append)
    first = example_workshop()
    made = len(waits)
    assert 0 < made < COMMITS
    assert example_workshop().id == first.id
