"""Growing a map by answering, and everything else that can be asked of it."""

import uuid
from math import isfinite
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    Field,
    FloatField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from cocreate.core.audience import Visibility
from cocreate.core.forms import Choice, Form, as_uuid, is_uuid, read_part, text_of, tidy
from cocreate.core.problems import Invalid
from cocreate.spaces.arrivals import AUDIENCES, ContributionForm
from cocreate.trajectories.operations import Fields, Value, Verb
from cocreate.trajectories.rules import (
    MAX_NOTE,
    MAX_TEXT,
    GrowQuestion,
    NodeKind,
    NodeState,
    Relation,
    is_when,
)
from cocreate.trajectories.service import Answer, Edit, Instruction

QUESTIONS = [
    Choice(GrowQuestion.WHAT_NEXT, _l("What came next?")),
    Choice(GrowQuestion.WHAT_ELSE, _l("What else grew from this?")),
    Choice(GrowQuestion.WHAT_HINDERED, _l("What got in the way?")),
    Choice(GrowQuestion.WHAT_HELPED, _l("What made it possible?")),
    Choice(GrowQuestion.WHAT_MEANT, _l("What did it mean?")),
]
_TOO_LONG = _l("This is longer than we can keep. Please make it shorter.")
_FEW_WORDS = _l("Write a few words. They become the next stop on the road.")
FARTHEST = 1_000_000.0  # px; what stands further away is not a place on paper
STATES = [
    Choice(NodeState.HAPPENED, _l("It happened")),
    Choice(NodeState.PLANNED, _l("It was planned")),
    Choice(NodeState.EMERGED, _l("It happened, nobody planned it")),
    Choice(NodeState.DROPPED, _l("It was planned, but dropped")),
]


class GrowForm(ContributionForm):
    """An answer that becomes the next node."""

    touched_id = HiddenField(validators=[Optional(), is_uuid])
    question = RadioField(_l("Which question do you answer?"), choices=QUESTIONS, validators=[Optional()])
    state = RadioField(_l("Planned, or did it happen?"), choices=STATES, default=NodeState.HAPPENED)
    text = TextAreaField(
        _l("Your answer"),
        filters=[tidy],
        validators=[
            DataRequired(_FEW_WORDS),
            Length(max=MAX_TEXT, message=_TOO_LONG),
        ],
    )


def tells_when(_form: object, field: Field) -> None:
    """A validator: a year, a month or a day."""
    if not is_when(text_of(field)):
        raise ValidationError(str(_l("Write a year, a month or a day, such as 2024, 2024-03 or 2024-03-15.")))


def is_on_paper(_form: object, field: Field) -> None:
    """A validator: a number that can be a place on a map."""
    if field.data is None or not isfinite(field.data) or abs(field.data) > FARTHEST:
        raise ValidationError(str(_l("This is not a place on the map.")))


class NodeForm(Form):
    """What can be said of a node."""

    text = TextAreaField(filters=[tidy], validators=[Optional(), Length(max=MAX_TEXT, message=_TOO_LONG)])
    note = TextAreaField(filters=[tidy], validators=[Length(max=MAX_NOTE, message=_TOO_LONG)])
    kind = SelectField(choices=[Choice(kind.value, kind.value) for kind in NodeKind], validators=[Optional()])
    state = SelectField(
        choices=[Choice(each.value, each.value) for each in NodeState], validators=[Optional()]
    )
    intended = BooleanField()
    when = HiddenField(filters=[tidy], validators=[Optional(), tells_when])


class PresenceForm(Form):
    """Where somebody is on a map; `who` is a name the page made up for itself, new at each visit."""

    node_id = HiddenField(validators=[Optional(), is_uuid])
    who = HiddenField(validators=[InputRequired(), is_uuid])


class OperationForm(NodeForm):
    """Everything an operation can carry; which of it is needed follows from the verb."""

    id = HiddenField(validators=[InputRequired(), is_uuid])
    verb = SelectField(
        choices=[Choice(verb.value, verb.value) for verb in Verb], validators=[InputRequired()]
    )
    workshop_id = HiddenField(validators=[Optional(), is_uuid])
    step_id = HiddenField(validators=[Optional(), is_uuid])  # in which part of it
    membership_id = HiddenField(validators=[Optional(), is_uuid])
    node_id = HiddenField(validators=[Optional(), is_uuid])
    other_id = HiddenField(validators=[Optional(), is_uuid])
    touched_id = HiddenField(validators=[Optional(), is_uuid])
    source_id = HiddenField(validators=[Optional(), is_uuid])
    target_id = HiddenField(validators=[Optional(), is_uuid])
    edge_id = HiddenField(validators=[Optional(), is_uuid])
    reference_id = HiddenField(validators=[Optional(), is_uuid])
    subject_id = HiddenField(validators=[Optional(), is_uuid])
    subject_type = HiddenField(validators=[Optional(), Length(max=32)])
    question = SelectField(choices=[Choice(q.value, q.value) for q in GrowQuestion], validators=[Optional()])
    relation = SelectField(
        choices=[Choice(each.value, each.value) for each in Relation], validators=[Optional()]
    )
    visibility = RadioField(choices=AUDIENCES, default=Visibility.MAKER)
    is_by_helper = BooleanField()
    x = FloatField(validators=[Optional(), is_on_paper])
    y = FloatField(validators=[Optional(), is_on_paper])


# What each verb cannot do without; the text of a new stop is asked for in words.
NEEDED: dict[Verb, tuple[str, ...]] = {
    Verb.GROW: ("node_id", "text"),
    Verb.EDIT: ("node_id",),
    Verb.PLACE: ("node_id", "x", "y"),
    Verb.CONNECT: ("edge_id", "source_id", "target_id", "relation"),
    Verb.RELATE: ("edge_id", "relation"),
    Verb.DISCONNECT: ("edge_id",),
    Verb.REMOVE: ("node_id",),
    Verb.RESTORE: ("node_id",),
    Verb.MERGE: ("node_id", "other_id"),
    Verb.REFER: ("reference_id", "node_id", "subject_type", "subject_id"),
    Verb.UNREFER: ("reference_id",),
}


def read_instruction(body: dict[str, Any]) -> tuple[Instruction, uuid.UUID | None]:
    """What is asked, and by which membership the device thinks; `Invalid` says what does not fit."""
    rest = {key: value for key, value in body.items() if key not in ("set", "was")}
    form = read_part(OperationForm, rest)
    verb = Verb(form.verb.data)
    missing = [name for name in NEEDED.get(verb, ()) if form[name].data in (None, "")]
    if missing:
        raise Invalid(fields={name: [str(_FEW_WORDS if name == "text" else _MISSING)] for name in missing})
    is_about_ends = verb in (Verb.CONNECT, Verb.RELATE)
    instruction = Instruction(
        uuid.UUID(form.id.data),
        verb,
        as_uuid(form.workshop_id.data),
        part_id=as_uuid(form.step_id.data),
        node_id=as_uuid(form.source_id.data if is_about_ends else form.node_id.data),
        other_id=as_uuid(form.target_id.data if is_about_ends else form.other_id.data),
        edge_id=as_uuid(form.edge_id.data),
        reference_id=as_uuid(form.reference_id.data),
        answer=_answer(form) if verb is Verb.GROW else None,
        visibility=Visibility(form.visibility.data),
        is_by_helper=bool(form.is_by_helper.data),
        edit=_edit(body) if verb is Verb.EDIT else None,
        place=(form.x.data or 0.0, form.y.data or 0.0) if verb is Verb.PLACE else None,
        relation=Relation(form.relation.data) if form.relation.data else None,
        subject=_subject(form) if verb is Verb.REFER else None,
    )
    return instruction, as_uuid(form.membership_id.data)


def _subject(form: OperationForm) -> tuple[str, uuid.UUID]:
    return str(form.subject_type.data), uuid.UUID(form.subject_id.data)


_MISSING = _l("Something is not filled in right yet.")


def _answer(form: OperationForm) -> Answer:
    return Answer(
        text_of(form.text),
        GrowQuestion(form.question.data) if form.question.data else None,
        as_uuid(form.touched_id.data),
        NodeState(form.state.data or NodeState.HAPPENED),
        NodeKind(form.kind.data) if form.kind.data else None,
        text_of(form.when),
        text_of(form.note),
    )


def _edit(body: dict[str, Any]) -> Edit:
    """Only what is in `set` is set; what this device knew before is told in `was`."""
    wanted, was = body.get("set"), body.get("was") or {}
    form = read_part(NodeForm, wanted)
    fields: Fields = {}
    for name in wanted if isinstance(wanted, dict) else ():
        fields[name] = bool(form[name].data) if name == "intended" else text_of(form[name])
    if not fields or not isinstance(was, dict):
        raise Invalid(fields={"set": [str(_MISSING)]})
    empty = [name for name in ("text", "kind", "state") if name in fields and not fields[name]]
    if empty:
        raise Invalid(fields={name: [str(_FEW_WORDS)] for name in empty})
    known: dict[str, Value] = {
        name: value for name, value in was.items() if isinstance(value, str | bool) and name in fields
    }
    return Edit(fields, known)


class MapFileForm(Form):
    """A map that was drawn in another program."""

    file = FileField(
        _l("Choose the file with your map"),
        description=_l("From XMind, FreeMind, Freeplane, Obsidian, Mermaid, Gephi, yEd, or an outline."),
        validators=[FileRequired(_l("Choose a file."))],
    )
    title = StringField(
        _l("What is it called?"),
        description=_l("Leave this open to use the name in the file."),
        filters=[tidy],
        validators=[Length(max=200, message=_TOO_LONG)],
    )
    visibility = RadioField(
        _l("Who may see this?"),
        choices=[each for each in AUDIENCES if each.value in (Visibility.SPACE, Visibility.PUBLIC)],
        default=Visibility.SPACE,
    )
