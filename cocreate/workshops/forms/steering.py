"""Buttons of who leads."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, IntegerField, StringField
from wtforms.validators import InputRequired, NumberRange

from cocreate.core.forms import Form, is_uuid

MOST_AT_ONCE = 60  # minutes


class TimeForm(Form):
    """More minutes, or fewer, for the part on stage; and how many had been given until then."""

    step_id = HiddenField(validators=[InputRequired(), is_uuid])
    minutes = IntegerField(validators=[InputRequired(), NumberRange(-MOST_AT_ONCE, MOST_AT_ONCE)])
    given = IntegerField(validators=[InputRequired()])


class LockForm(Form):
    """Shut, or open again."""

    locked = BooleanField()


class PartLockForm(LockForm):
    """The same for the part on stage."""

    step_id = HiddenField(validators=[InputRequired(), is_uuid])


class WritingForm(Form):
    """Whether somebody at this tablet is still writing; who they are is not in it."""

    who = HiddenField(validators=[InputRequired(), is_uuid])
    is_writing = BooleanField()


class HandoverForm(Form):
    """The code with which somebody comes to lead."""

    code = StringField(
        _l("The code that you were given"),
        validators=[InputRequired(_l("Type the code that you were given."))],
    )
