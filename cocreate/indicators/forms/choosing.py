"""Making a list to choose from, choosing, and closing it."""

import uuid
from collections.abc import Sequence
from typing import Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, HiddenField, IntegerField, RadioField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError

from cocreate.core.audience import Visibility
from cocreate.core.db import new_id
from cocreate.core.forms import Choice, Form, as_uuid, is_uuid, text_of, tidy
from cocreate.indicators.service.choosing import Draft
from cocreate.spaces.arrivals import ContributionForm
from cocreate.spaces.contributions import Arrival

MOST_SEATS: Final = 50
MOST_MINUTES: Final = 60
A_MINUTE: Final = 60


def are_uuids(_form: object, field: Field) -> None:
    """A validator: each of these is a UUID."""
    try:
        for each in field.data or ():
            uuid.UUID(str(each))
    except ValueError as error:
        raise ValidationError(_("This does not point to anything.")) from error


class ChoosingForm(Form):
    """A list: which signs, who chooses, and how many, or how long answering all of them may take."""

    title = StringField(
        _l("What do you choose for?"),
        filters=[tidy],
        validators=[DataRequired(_l("Give it a name.")), Length(max=120)],
    )
    voice_id = RadioField(_l("Who chooses?"), validators=[InputRequired(_l("Choose who has a say."))])
    limit = RadioField(
        _l("How do we stop?"),
        choices=[
            Choice("seats", _l("At a number of signs")),
            Choice("minutes", _l("At a number of minutes to answer them all")),
        ],
        default="seats",
        validators=[InputRequired(_l("Choose one of the answers."))],
    )
    seats = IntegerField(
        _l("How many signs?"), validators=[Optional(), NumberRange(1, MOST_SEATS)], default=5
    )
    minutes = IntegerField(
        _l("How many minutes?"), validators=[Optional(), NumberRange(1, MOST_MINUTES)], default=5
    )
    signs = SelectMultipleField(
        _l("Which signs are on the list?"),
        validators=[InputRequired(_l("Choose which signs are on the list."))],
    )

    def offer(self, signs: Sequence[Choice], voices: Sequence[Choice]) -> "ChoosingForm":
        """What can be filled in here."""
        self.signs.choices, self.voice_id.choices = list(signs), list(voices)
        return self

    def validate_limit(self, field: Field) -> None:
        """A list that stops at a number needs that number."""
        number = self.minutes if field.data == "minutes" else self.seats
        if number.data is None:
            raise ValidationError(_("Fill in a number."))

    def draft(self) -> Draft:
        """What was filled in."""
        is_counted = self.limit.data == "seats"
        return Draft(
            text_of(self.title),
            [uuid.UUID(each) for each in self.signs.data or ()],
            as_uuid(self.voice_id.data if self.voice_id.data != EVERYBODY else None),
            seats=self.seats.data if is_counted else None,
            seconds=None if is_counted else (self.minutes.data or 0) * A_MINUTE,
        )


EVERYBODY: Final = "everybody"


class BallotForm(ContributionForm):
    """Which signs somebody wants. For nobody else, so there is nothing to choose about that."""

    visibility = None  # type: ignore[assignment]  # takes the field out
    choosing_id = HiddenField(validators=[InputRequired(), is_uuid])
    approved = SelectMultipleField(
        _l("Which signs do you want?"),
        choices=[],
        validate_choice=False,
        validators=[InputRequired(_l("Choose one sign or more.")), are_uuids],
    )

    def arrival(self) -> Arrival:
        """For its maker alone."""
        return Arrival(
            uuid.UUID(self.id.data) if self.id.data else new_id(),
            as_uuid(self.workshop_id.data),
            Visibility.MAKER,
        )


class ClosingForm(Form):
    """A button, and nothing to fill in."""

    back = HiddenField()
