"""The three questions of a moment, and what helped in it."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from cocreate.core.forms import TEXT_MAX, is_uuid, tidy
from cocreate.moments.rules import NAME_MAX, one_line
from cocreate.spaces.arrivals import ContributionForm

_TOO_LONG = _l("This is longer than we can keep. Please make it shorter.")


class MomentForm(ContributionForm):
    """What happened, why it mattered, what made it possible. Only the first is needed."""

    what_happened = TextAreaField(
        _l("Tell about a moment that mattered. What happened?"),
        filters=[tidy],
        validators=[
            DataRequired(_l("Tell us what happened. A few words are enough.")),
            Length(max=TEXT_MAX, message=_TOO_LONG),
        ],
    )
    why_it_mattered = TextAreaField(
        _l("Why did it matter to you?"),
        filters=[tidy],
        validators=[Length(max=TEXT_MAX, message=_TOO_LONG)],
    )
    what_made_it_possible = TextAreaField(
        _l("What made it possible?"),
        filters=[tidy],
        validators=[Length(max=TEXT_MAX, message=_TOO_LONG)],
    )


class FactorForm(ContributionForm):
    """What helped, and in which moment."""

    moment_id = HiddenField(validators=[Optional(), is_uuid])
    name = TextAreaField(
        _l("What helped?"),
        filters=[one_line],
        validators=[
            DataRequired(_l("Write a few words, or tap what is already there.")),
            Length(max=NAME_MAX, message=_l("A few words are enough. Please make it shorter.")),
        ],
    )


class LinkForm(ContributionForm):
    """What was tapped: in this moment, this helped too."""

    moment_id = HiddenField(validators=[InputRequired(), is_uuid])
    factor_id = HiddenField(validators=[InputRequired(), is_uuid])
