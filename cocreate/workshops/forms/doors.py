"""Coming in, moving the stage."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, StringField
from wtforms.validators import InputRequired, Length

from cocreate.core.audience import Visibility
from cocreate.core.forms import Choice, Form, is_uuid, tidy


class StageForm(Form):
    """The step that goes on stage."""

    step_id = HiddenField(validators=[InputRequired(), is_uuid])


class NothingForm(Form):
    """A button, and nothing to fill in."""


class CodeForm(Form):
    """The code on the screen."""

    code = StringField(
        _l("The code on the screen"), validators=[InputRequired(_l("Type the code that is on the screen."))]
    )


class DoorForm(Form):
    """Who comes in: as much as they want to say."""

    voice_id = RadioField(
        _l("From where do you speak?"), validators=[InputRequired(_l("Choose what fits you best."))]
    )
    name = StringField(
        _l("What may we call you?"),
        description=_l("You don't have to say. Nobody sees it on the screen."),
        filters=[tidy],
        validators=[Length(max=60, message=_l("Use at most 60 letters."))],
    )
    shares_with = RadioField(
        _l("Who may see what you tell?"),
        description=_l("You can choose again each time you tell something."),
        choices=[
            Choice(Visibility.WORKSHOP, _l("The people in this meeting")),
            Choice(Visibility.SPACE, _l("Also everybody in this space, later")),
            Choice(Visibility.PUBLIC, _l("Everybody, also outside")),
            Choice(Visibility.MAKER, _l("Nobody yet, only me")),
        ],
        default=Visibility.MAKER,
    )
