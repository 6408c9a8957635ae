"""Proposing how we would notice."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from cocreate.core.forms import is_uuid, tidy
from cocreate.spaces.arrivals import ContributionForm


class IndicatorForm(ContributionForm):
    """A sign, in somebody's own words."""

    impact_id = HiddenField(validators=[InputRequired(_l("Choose what it is about.")), is_uuid])
    question = TextAreaField(
        _l("How would you notice that it comes nearer?"),
        filters=[tidy],
        validators=[
            DataRequired(_l("Say it in your own words.")),
            Length(max=500, message=_l("This is longer than we can keep. Please make it shorter.")),
        ],
    )
