"""Signing up and in, coming back."""

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, HiddenField, PasswordField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Regexp

from cocreate.accounts.rules import SHORTEST_PASSWORD
from cocreate.core.forms import Form, tidy

_ADDRESS = r"^[^@\s]+@[^@\s]+\.[^@\s]+$"


def _small_letters(text: str | None) -> str | None:
    # Before the length is counted: a few letters become two when they get small.
    return text.lower() if text else text


class SignUpForm(Form):
    """A new account, for who prepares and leads workshops."""

    name = StringField(
        _l("Your name"),
        filters=[tidy],
        validators=[DataRequired(_l("Tell us your name.")), Length(max=80)],
        render_kw={"autocomplete": "name"},
    )
    email = EmailField(
        _l("Your e-mail address"),
        filters=[tidy, _small_letters],
        validators=[
            DataRequired(_l("Fill in your e-mail address.")),
            Regexp(_ADDRESS, message=_l("An e-mail address looks like name@place.nl.")),
            Length(max=254),
        ],
        render_kw={"autocomplete": "username"},
    )
    password = PasswordField(
        _l("Choose a password"),
        description=_l("At least 10 characters. A short sentence is easy to remember."),
        validators=[
            InputRequired(_l("Choose a password.")),
            Length(min=SHORTEST_PASSWORD, max=200, message=_l("Use at least 10 characters.")),
        ],
        render_kw={"autocomplete": "new-password"},
    )


class SignInForm(Form):
    """An account that comes back."""

    email = EmailField(
        _l("Your e-mail address"),
        filters=[tidy],
        validators=[DataRequired(_l("Fill in your e-mail address.")), Length(max=254)],
        render_kw={"autocomplete": "username"},
    )
    password = PasswordField(
        _l("Your password"),
        validators=[InputRequired(_l("Fill in your password.")), Length(max=200)],
        render_kw={"autocomplete": "current-password"},
    )
    next = HiddenField()


class LinkForm(Form):
    """The token of a sign-in link."""

    token = HiddenField(validators=[InputRequired(), Length(max=200)])


class ReturnForm(Form):
    """The words of a return code."""

    code = TextAreaField(
        _l("Your eight words"),
        description=_l("The words you got at the end of the meeting. Capitals and dashes do not matter."),
        filters=[tidy],
        validators=[DataRequired(_l("Type your eight words.")), Length(max=300)],
    )
