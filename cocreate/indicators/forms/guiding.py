"""Naming somebody to walk along with me."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField
from wtforms.validators import InputRequired

from cocreate.core.forms import Form, is_uuid


class GuideForm(Form):
    """Who walks along."""

    guide_id = HiddenField(validators=[InputRequired(_l("Choose somebody.")), is_uuid])


class GuideEndingForm(Form):
    """A button, and nothing to fill in."""
