"""The three questions of a moment."""

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from cocreate.core.forms import TEXT_MAX, tidy
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
