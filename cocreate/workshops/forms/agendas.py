"""A new meeting, and the parts of an agenda."""

from typing import Final

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateTimeLocalField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from cocreate.core.audience import Visibility
from cocreate.core.forms import TEXT_MAX, Choice, Form, is_day, tidy
from cocreate.workshops.library import Agenda

MOST_MINUTES = 240
NEW = "new"  # a series that is not there yet
WIDEST: Final = [
    Choice("", _l("Each chooses, up to everybody")),
    Choice(Visibility.SPACE, _l("Everybody in this space")),
    Choice(Visibility.WORKSHOP, _l("The people in this meeting")),
    Choice(Visibility.MAKER, _l("Nobody else, only who told it")),
]


class TitleForm(Form):
    """What something is called."""

    title = StringField(
        _l("What do you call it?"),
        filters=[tidy],
        validators=[DataRequired(_l("Give it a name.")), Length(max=120)],
    )


def _begins() -> DateTimeLocalField:
    return DateTimeLocalField(
        _l("When does it begin?"),
        validators=[Optional(), is_day],
        format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
    )


class WorkshopForm(Form):
    """A new workshop."""

    title = StringField(
        _l("What do you call this meeting?"),
        filters=[tidy],
        validators=[DataRequired(_l("Give it a name.")), Length(max=120)],
    )
    agenda = RadioField(_l("What do you do?"), validators=[Optional()], default=Agenda.MOMENTS)
    planned_at = _begins()
    trajectory_id = SelectField(_l("Which map do we draw on?"), validators=[Optional()], default="")
    series_id = SelectField(_l("Is it one of a series?"), validators=[Optional()], default="")
    series_title = StringField(
        _l("What do you call the series?"), filters=[tidy], validators=[Length(max=120)]
    )


class PlanForm(Form):
    """What a meeting is called, and when it begins."""

    title = StringField(
        _l("What do you call this meeting?"),
        filters=[tidy],
        validators=[DataRequired(_l("Give it a name.")), Length(max=120)],
    )
    planned_at = _begins()


class AddPartForm(Form):
    """One more part."""

    kind = SelectField(_l("What do you want to do?"), validators=[InputRequired()])


class PlaceForm(Form):
    """A part elsewhere: at which place, counted from nought."""

    to = IntegerField(validators=[InputRequired(), NumberRange(0, 1000)])


class CopyForm(Form):
    """Which agenda to copy: a ready one, or one of the space's own."""

    agenda = HiddenField(validators=[InputRequired(), Length(max=60)])


class PartForm(Form):
    """One part: what is done in it, its words, its time, its terms."""

    kind = SelectField(
        _l("What do you do in this part?"),
        description=_l("Something else keeps the minutes and your own words, and has its own settings."),
    )
    title = StringField(
        _l("What is this part called?"),
        filters=[tidy],
        validators=[Length(max=60, message=_l("Use at most 60 letters."))],
    )
    prompt = TextAreaField(
        _l("What does it ask?"),
        description=_l("This stands large on the tablets and on the big screen."),
        filters=[tidy],
        validators=[Length(max=600, message=_l("Use at most 600 letters."))],
    )
    minutes = IntegerField(
        _l("How many minutes?"),
        validators=[
            InputRequired(_l("Say how long this part takes.")),
            NumberRange(1, MOST_MINUTES, _l("Choose between 1 minute and 4 hours.")),
        ],
    )
    questions = TextAreaField(
        _l("Questions that two people take along"),
        description=_l("One on each line, at most eight."),
        filters=[tidy],
        validators=[Length(max=TEXT_MAX)],
    )
    widest = SelectField(
        _l("Who may see what is told here, at most?"),
        description=_l("Everybody can still choose to show it to fewer people."),
        choices=WIDEST,
        validators=[Optional()],
        default="",
    )
    most_each = IntegerField(
        _l("How many things does each person tell, at most?"),
        description=_l("Leave it empty when there is no limit."),
        validators=[Optional(), NumberRange(1, 20, _l("Choose a number from 1 to 20."))],
    )
    has_names = BooleanField(_l("Who wants may put their name with it. Never on the big screen."))
