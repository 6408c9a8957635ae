"""Beginning a sheet of paper, and what can be typed over from it."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, StringField
from wtforms.validators import DataRequired, Length, Optional

from cocreate.core.forms import Form, is_uuid, text_of, tidy
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
        description=_l(
            "For a new label. Who is known already keeps their voice: choose nothing, or the same."
        ),
        validate_choice=False,
        validators=[Optional(), is_uuid],
    )
    is_same = BooleanField(
        _l("Yes, this is the same person"),
        description=_l("Somebody else? Write another label on their sheets, and type that one."),
    )
    same_as = HiddenField()  # about which label that was asked: a tick is no answer for another one

    @property
    def is_one_person(self) -> bool:
        """Whether somebody said of this very label that it is the same person."""
        return bool(self.is_same.data) and text_of(self.same_as) == text_of(self.label)

    def ask(self) -> None:
        """Ask it, of the label that is filled in."""
        self.is_same.data, self.same_as.data = False, self.label.data
