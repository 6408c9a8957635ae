"""Beginning a sheet of paper, and what can be typed over from it."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, StringField
from wtforms.validators import DataRequired, Length, Optional

from cocreate.core.forms import Form, is_uuid, tidy
from cocreate.indicators.service.sheets import MAX_LABEL


class LabelForm(Form):
    """Whose sheet it is: what stands on it, and from where its writer speaks."""

    label = StringField(
        _l("What stands on the sheet?"),
        description=_l("A number or a word, never a name. The same label is the same person, each time."),
        filters=[tidy],
        validators=[
            DataRequired(_l("Type what stands on the sheet.")),
            Length(max=MAX_LABEL, message=_l("Use at most 40 letters.")),
        ],
    )
    voice_id = RadioField(
        _l("From where does this person speak?"),
        description=_l("Only for a new label. Who is known already keeps their voice."),
        validate_choice=False,
        validators=[Optional(), is_uuid],
    )
