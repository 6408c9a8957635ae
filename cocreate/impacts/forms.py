"""Proposing and taking a stance."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from cocreate.core.forms import Choice, is_uuid, tidy
from cocreate.impacts.rules import Position
from cocreate.spaces.arrivals import ContributionForm

_TOO_LONG = _l("This is longer than we can keep. Please make it shorter.")


class ImpactForm(ContributionForm):
    """A change that somebody wants."""

    statement = TextAreaField(
        _l("What do you want to achieve together?"),
        filters=[tidy],
        validators=[DataRequired(_l("Say it in your own words.")), Length(max=500, message=_TOO_LONG)],
    )


class StanceForm(ContributionForm):
    """Where somebody stands on which proposal, and why."""

    impact_id = HiddenField(validators=[InputRequired(), is_uuid])
    position = RadioField(
        _l("Where do you stand?"),
        choices=[
            Choice(Position.FOR, _l("I am for it")),
            Choice(Position.OBJECTION, _l("I object")),
            Choice(Position.DONT_KNOW, _l("I don't know")),
        ],
        validators=[InputRequired(_l("Choose one of the three. “I don't know” is fine."))],
    )
    reason = TextAreaField(
        _l("Would you like to say why?"), filters=[tidy], validators=[Length(max=500, message=_TOO_LONG)]
    )
