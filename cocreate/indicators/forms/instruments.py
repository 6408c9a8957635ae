"""Putting a questionnaire together, bringing one in, changing one."""

import uuid
from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from cocreate.core.forms import Choice, Form, is_uuid, tidy
from cocreate.indicators.kinds import MAX_LABEL
from cocreate.indicators.queries.instruments import Sign
from cocreate.indicators.scoring.limits import MAX_TEXT
from cocreate.indicators.wording import delicacy_words
from cocreate.spaces.queries import VoiceFacts

_TOO_LONG = _l("This is longer than we can keep. Please make it shorter.")


class OwnedForm(Form):
    """Something new that belongs to the space, or to the panel of who makes it."""

    owner = RadioField(_l("Whose is it?"))

    def offer_owners(self, owners: Sequence[uuid.UUID | None], voices: Sequence[VoiceFacts]) -> None:
        """The owners to choose from; where there is only one, nothing is asked."""
        names = {each.id: each.name for each in voices}
        self.owner.choices = [
            Choice(str(each), _("Only of %(voice)s", voice=names[each]))
            if each
            else Choice("", _("Of the space"))
            for each in owners
        ]
        if self.owner.data is None and owners:
            self.owner.data = str(owners[0] or "")
        self.owner.validators = [Optional()]

    @property
    def voice_id(self) -> uuid.UUID | None:
        """The panel that owns it, if one does."""
        return uuid.UUID(self.owner.data) if self.owner.data else None


class InstrumentForm(OwnedForm):
    """A questionnaire out of signs that are to be measured."""

    title = StringField(
        _l("What is it called?"),
        filters=[tidy],
        validators=[
            DataRequired(_l("Say what it is called.")),
            Length(max=MAX_LABEL, message=_TOO_LONG),
        ],
    )
    signs = SelectMultipleField(
        _l("Which signs do you ask?"),
        description=_l("They are asked in this order. You can change that afterwards."),
        validators=[InputRequired(_l("Choose at least one sign."))],
    )

    def offer(self, signs: Sequence[Sign]) -> None:
        """The signs to choose from."""
        self.signs.choices = [Choice(str(sign.id), sign.text) for sign in signs]


class InstrumentFileForm(OwnedForm):
    """A questionnaire out of a file."""

    file = FileField(
        _l("Choose the file"),
        description=_l(
            "A questionnaire that was taken out of Cocreate, or one written in the same way (JSON)."
        ),
        validators=[FileRequired(_l("Choose a file."))],
    )


class TitleForm(Form):
    """Another name."""

    title = StringField(
        _l("What is it called?"),
        filters=[tidy],
        validators=[DataRequired(_l("Say what it is called.")), Length(max=MAX_LABEL, message=_TOO_LONG)],
    )


class ItemForm(Form):
    """Other words for a question, and how delicate it is."""

    text = TextAreaField(
        _l("How do you ask it?"),
        filters=[tidy],
        validators=[
            DataRequired(_l("Say it in your own words.")),
            Length(max=MAX_TEXT, message=_TOO_LONG),
        ],
    )
    sensitivity = SelectField(
        _l("How sensitive is it?"),
        choices=lambda: [Choice(str(degree), words) for degree, words in enumerate(delicacy_words())],
        default="0",
    )
    overruled_because = TextAreaField(
        _l("Why do these words stay?"),
        description=_l("Everybody who sees the question reads this beside it."),
        filters=[tidy],
        validators=[Length(max=500, message=_TOO_LONG)],
    )


class NewItemForm(Form):
    """One sign more."""

    indicator_id = HiddenField(validators=[InputRequired(_l("Choose a sign.")), is_uuid])


class PlaceForm(Form):
    """One place earlier or later."""

    to = RadioField(
        choices=[Choice("earlier", _l("Earlier")), Choice("later", _l("Later"))],
        validators=[InputRequired()],
    )

    @property
    def by(self) -> int:
        """How many places later."""
        return -1 if self.to.data == "earlier" else 1


class EqualityForm(Form):
    """With which earlier question it may be compared; with none when it is left open."""

    question_id = HiddenField(validators=[Optional(), is_uuid])


class EmptyForm(Form):
    """Nothing to fill in."""


def given(form: Any) -> list[uuid.UUID]:
    """The signs that were chosen."""
    return [uuid.UUID(each) for each in form.signs.data]
