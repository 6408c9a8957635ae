"""What who leads does with what arrives."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length, Optional

from cocreate.core.forms import Form, is_uuid, tidy


class SubjectForm(Form):
    """One thing that was told."""

    topic = HiddenField(validators=[InputRequired(), Length(max=32)])
    id = HiddenField(validators=[InputRequired(), is_uuid])


class PutForm(SubjectForm):
    """Under which heading it stands; under none when it is empty."""

    heading_id = HiddenField(validators=[Optional(), is_uuid])


class AsideForm(SubjectForm):
    """Why it is set aside."""

    reason = TextAreaField(
        _l("Why do you set this aside?"),
        description=_l("Who told it reads this. Others do not."),
        filters=[tidy],
        validators=[
            DataRequired(_l("Say in your own words why. Who told it reads this.")),
            Length(max=300, message=_l("Use at most 300 letters.")),
        ],
    )


class ReturnForm(Form):
    """What comes back."""

    topic = HiddenField(validators=[InputRequired(), Length(max=32)])


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
