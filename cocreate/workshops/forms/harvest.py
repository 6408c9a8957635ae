"""What happens next."""

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import Length

from cocreate.core.forms import TEXT_MAX, Form, tidy


class NextForm(Form):
    """What happens with what people said, in the words of who leads."""

    what_next = TextAreaField(
        _l("What happens next?"),
        description=_l(
            "Who does what with it, and when do people hear from you? Everybody who was there reads this."
        ),
        filters=[tidy],
        validators=[
            Length(max=TEXT_MAX, message=_l("This is longer than we can keep. Please make it shorter."))
        ],
    )
