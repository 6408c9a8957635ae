"""Choosing again who may see what I told."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import InputRequired

from cocreate.core.forms import Form
from cocreate.spaces.arrivals import AUDIENCES


class ShowForm(Form):
    """Who may see it from now on."""

    visibility = SelectField(_l("Who may see this?"), choices=AUDIENCES, validators=[InputRequired()])


class TakeBackForm(Form):
    """A button, and nothing to fill in."""
