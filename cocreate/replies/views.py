"""Replies over the wire."""

import uuid

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from cocreate.core.forms import Form, read_form, text_of
from cocreate.replies.forms import CommitmentForm, MoodForm, ReplyForm, SummaryCheckForm, SummaryForm
from cocreate.replies.rules import IsRight, Mood
from cocreate.replies.service import (
    check_summary,
    drop_summary,
    mark_mood,
    promise,
    reply,
    write_summary,
)
from cocreate.spaces.access import enter
from cocreate.spaces.arrivals import receive
from cocreate.spaces.rules import Act

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


@blueprint.post(f"{SPACE}/summaries")
def write(space_id: uuid.UUID) -> ResponseReturnValue:
    """Who leads writes down what was heard."""
    here = enter(space_id, Act.FACILITATE)
    form = read_form(SummaryForm)
    workshop_id = uuid.UUID(form.workshop_id.data)
    write_summary(here.viewer, workshop_id, text_of(form.text))
    return _done(workshop_id)


@blueprint.post(f"{SPACE}/summaries/<uuid:summary_id>/removal")
def drop(space_id: uuid.UUID, summary_id: uuid.UUID) -> ResponseReturnValue:
    """It is not read back any more."""
    here = enter(space_id, Act.FACILITATE)
    read_form(Form)
    return _done(drop_summary(here.viewer, summary_id))


def _done(workshop_id: uuid.UUID) -> ResponseReturnValue:
    if request.is_json:
        return {"state": "done"}, 200
    return redirect(f"/workshops/{workshop_id}/console", 303)
