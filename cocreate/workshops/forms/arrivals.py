"""What who leads does with what arrives."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length, Optional

from cocreate.core.forms import Form, is_uuid, tidy
from cocreate.spaces.forms import SubjectForm


class PutForm(SubjectForm):
    """Under which heading it stands; under none when it is empty."""

    heading_id = HiddenField(validators=[Optional(), is_uuid])


class WordsForm(Form):
    """The words of a heading."""

    words = StringField(
        _l("Words for the heading"),
        filters=[tidy],
        validators=[
            DataRequired(_l("Type a few words for the heading.")),
            Length(max=120, message=_l("Use at most 120 letters.")),
        ],
    )


class HeadingForm(WordsForm):
    """A new heading, over one kind of thing."""

    topic = HiddenField(validators=[InputRequired(), Length(max=32)])


class PlaceForm(Form):
    """A heading one place earlier or later."""

    by = HiddenField(validators=[AnyOf(["-1", "1"])])
