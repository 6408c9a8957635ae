"""What is typed into the ledger, and what a space says about thanks."""

import re
import uuid
from datetime import date
from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    Field,
    HiddenField,
    IntegerField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError

from cocreate.compensation.queries import Wanted
from cocreate.compensation.rules import MOST_AT_ONCE, MOST_EUROS, AmountError, Kind, State, cents_in, names_in
from cocreate.compensation.service import Thanks
from cocreate.core.forms import TEXT_MAX, Choice, Form, is_day, is_uuid, text_of, tidy

NAME_MAX: Final = 80
LINE_MAX: Final = 120
_LONG = _l("This is longer than we can keep. Please make it shorter.")
_HOURS = _l("Use whole hours, from 0 to 99.")
_MINUTES = _l("Use whole minutes, from 0 to 59.")
_DAY = _l("Fill in a day.")


class WholeField(IntegerField):
    """A whole number; says in our words that something else is none."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read it; nothing typed is nothing."""
        typed = valuelist[0].strip() if valuelist else ""
        self.data = None
        if typed:
            if not re.fullmatch(r"[0-9]{1,3}", typed):
                raise ValueError(_("Use a whole number."))
            self.data = int(typed)


class SheetForm(Form):
    """One person or several, who get the same."""

    id = HiddenField(validators=[InputRequired(), is_uuid])
    names = TextAreaField(
        _l("For whom?"),
        description=_l("A name that the bookkeeper knows. Are there more people? Put each on a new line."),
        validators=[DataRequired(_l("Write at least one name."))],
    )
    occasion = StringField(
        _l("What for?"),
        filters=[tidy],
        validators=[
            DataRequired(_l("Write what it is for, for example which meeting.")),
            Length(max=LINE_MAX, message=_LONG),
        ],
    )
    on = DateField(_l("On which day?"), validators=[InputRequired(_DAY), is_day])
    hours = WholeField(_l("Hours"), validators=[Optional(), NumberRange(0, 99, message=_HOURS)])
    minutes = WholeField(_l("Minutes"), validators=[Optional(), NumberRange(0, 59, message=_MINUTES)])
    kind = RadioField(
        _l("What do they get?"),
        choices=[Choice(Kind.MONEY, _l("Money")), Choice(Kind.VOUCHER, _l("A voucher or a present"))],
        validators=[InputRequired(_l("Choose what they get."))],
    )
    amount = StringField(
        _l("How much, in euros?"),
        description=_l("For each person. For example 15, or 15.50."),
        filters=[tidy],
    )
    voucher = StringField(
        _l("Which voucher or present?"),
        description=_l("For each person. For example: a book token of 20 euros."),
        filters=[tidy],
        validators=[Length(max=LINE_MAX, message=_LONG)],
    )
    is_given = BooleanField(_l("They have it already"))

    def validate_names(self, field: Field) -> None:
        """Not more people than one sheet of paper has, and names that fit."""
        names = names_in(text_of(field))
        if not names:
            raise ValidationError(_("Write at least one name."))
        if len(names) > MOST_AT_ONCE:
            raise ValidationError(
                _("These are more than %(most)s names. Do it in two goes.", most=MOST_AT_ONCE)
            )
        if any(len(name) > NAME_MAX for name in names):
            raise ValidationError(_("One of these names is too long. Put each name on a new line."))

    def validate_amount(self, field: Field) -> None:
        """Money is an amount, exact to the cent."""
        if self.kind.data != Kind.MONEY:
            return
        try:
            cents_in(text_of(field))
        except AmountError as error:
            raise ValidationError(
                _("Write an amount up to %(most)s euros, like 15 or 15.50.", most=MOST_EUROS)
            ) from error

    def validate_voucher(self, field: Field) -> None:
        """A voucher is something with a name."""
        if self.kind.data == Kind.VOUCHER and not field.data:
            raise ValidationError(_("Write which voucher or present it is."))

    def thanks(self, today: date) -> Thanks:
        """What is the same for all of them."""
        kind = Kind(self.kind.data)
        minutes = (self.hours.data or 0) * 60 + (self.minutes.data or 0)
        day: date = self.on.data or today
        return Thanks(
            occasion=text_of(self.occasion),
            on=day,
            kind=kind,
            cents=cents_in(text_of(self.amount)) if kind is Kind.MONEY else None,
            voucher=text_of(self.voucher) if kind is Kind.VOUCHER else "",
            minutes=minutes or None,
            given_on=min(day, today) if self.is_given.data else None,
        )


class LookForm(Form):
    """Which lines to see. It travels in the address, and changes nothing."""

    class Meta(Form.Meta):
        """Nothing to forge."""

        csrf = False

    state = RadioField(
        _l("Which lines?"),
        choices=[
            Choice("", _l("All")),
            Choice(State.DUE, _l("Still to give")),
            Choice(State.GIVEN, _l("Given")),
        ],
        default="",
    )
    since = DateField(_l("From"), validators=[Optional(), is_day])
    until = DateField(_l("Until"), validators=[Optional(), is_day])

    def wanted(self) -> Wanted:
        """What was chosen."""
        return Wanted(State(self.state.data) if self.state.data else None, self.since.data, self.until.data)


class BackForm(Form):
    """Do it, and go back to what was looked at."""

    back = HiddenField()


class GivingForm(BackForm):
    """Who have it now."""

    line = SelectMultipleField(
        validate_choice=False, validators=[DataRequired(_l("Choose at least one name."))]
    )

    def validate_line(self, field: Field) -> None:
        """Each points to a line."""
        for each in field.data or ():
            try:
                uuid.UUID(each)
            except ValueError as error:
                raise ValidationError(_("This does not point to anything.")) from error

    def ids(self) -> set[uuid.UUID]:
        """The lines that were ticked."""
        return {uuid.UUID(each) for each in self.line.data or ()}


def _words(label: Any, hint: Any, rows: int) -> TextAreaField:
    return TextAreaField(
        label,
        description=hint,
        filters=[tidy],
        validators=[Length(max=TEXT_MAX, message=_LONG)],
        render_kw={"rows": rows},
    )


class ThanksForm(Form):
    """What people read about what they get."""

    offer = _words(
        _l("What do people get for taking part?"),
        _l("For example: For every meeting you get 15 euros, or a voucher if you prefer that."),
        3,
    )
    note = _words(
        _l("What should they know first?"),
        _l("Leave it empty for the words that we made: about benefits, and that people may say no."),
        5,
    )
