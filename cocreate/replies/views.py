"""Replies over the wire."""

import uuid

from flask import Blueprint
from flask.typing import ResponseReturnValue

from cocreate.core.forms import text_of
from cocreate.replies.forms import CommitmentForm, MoodForm, ReplyForm, SummaryCheckForm
from cocreate.replies.rules import IsRight, Mood
from cocreate.replies.service import check_summary, mark_mood, promise, reply
from cocreate.spaces.arrivals import receive

blueprint = Blueprint("replies", __name__)
SPACE = "/spaces/<uuid:space_id>"


@blueprint.post(f"{SPACE}/moods")
def mood(space_id: uuid.UUID) -> ResponseReturnValue:
    """Keep how somebody is here."""
    return receive(
        space_id,
        MoodForm,
        lambda here, form: mark_mood(
            here.viewer, form.arrival(), uuid.UUID(form.step_id.data), Mood(form.mood.data)
        ),
    )


@blueprint.post(f"{SPACE}/replies")
def answer(space_id: uuid.UUID) -> ResponseReturnValue:
    """Keep an answer to an open question."""
    return receive(
        space_id,
        ReplyForm,
        lambda here, form: reply(
            here.viewer, form.arrival(), uuid.UUID(form.step_id.data), text_of(form.text)
        ),
    )


@blueprint.post(f"{SPACE}/commitments")
def commit(space_id: uuid.UUID) -> ResponseReturnValue:
    """Keep what somebody promises."""
    return receive(
        space_id,
        CommitmentForm,
        lambda here, form: promise(here.viewer, form.arrival(), text_of(form.text), form.by_on.data),
    )


@blueprint.post(f"{SPACE}/summary-checks")
def check(space_id: uuid.UUID) -> ResponseReturnValue:
    """Keep whether a summary is right."""
    return receive(
        space_id,
        SummaryCheckForm,
        lambda here, form: check_summary(
            here.viewer,
            form.arrival(),
            uuid.UUID(form.summary_id.data),
            IsRight(form.answer.data),
            text_of(form.text),
        ),
    )
