"""Saying where I want to go, and telling a small step."""

from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, RadioField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from cocreate.core.forms import Choice, Form, is_day, is_uuid, tidy
from cocreate.indicators.rules import Direction
from cocreate.spaces.arrivals import ContributionForm

_TOO_LONG = _l("This is longer than we can keep. Please make it shorter.")


class GoalForm(ContributionForm):
    """Where somebody wants to go, in their own words."""

    replaces_id = HiddenField(validators=[Optional(), is_uuid])
    text = TextAreaField(
        _l("Where do you want to go?"),
        filters=[tidy],
        validators=[DataRequired(_l("Say it in your own words.")), Length(max=500, message=_TOO_LONG)],
    )


class SmallStepForm(ContributionForm):
    """A step somebody took, however small."""

    goal_id = HiddenField(validators=[InputRequired(_l("Choose what it is about.")), is_uuid])
    text = TextAreaField(
        _l("Which step did you take?"),
        filters=[tidy],
        validators=[DataRequired(_l("Write a few words.")), Length(max=500, message=_TOO_LONG)],
    )
    direction = RadioField(
        _l("Where did it go?"),
        choices=[
            Choice(Direction.TOWARDS, _l("Towards where I want to go")),
            Choice(Direction.ASIDE, _l("Aside")),
            Choice(Direction.BACK, _l("Back")),
        ],
        validators=[InputRequired(_l("Choose one of the three. Each of them is a step."))],
    )
    taken_on = DateField(_l("When was it?"), validators=[Optional(), is_day])


class GoalEndingForm(Form):
    """A button, and nothing to fill in."""
