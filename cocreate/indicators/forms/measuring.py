"""Starting to measure: what, why, of whom, how often, until when."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from cocreate.core.forms import Choice, Form, as_uuid, is_day, text_of, tidy
from cocreate.impacts.models import DesiredImpact
from cocreate.indicators.queries.instruments import Listed
from cocreate.indicators.rhythm import dates_every
from cocreate.indicators.rules import Rhythm
from cocreate.indicators.service.measuring import Plan
from cocreate.spaces.queries import VoiceFacts

DATES: Final = 4  # date fields on the form; more come from "every so many months"
MOST_TIMES: Final = 40
SHOWN: Final = 90  # letters of a wish in a list to choose from
_TOO_LONG = _l("This is longer than we can keep. Please make it shorter.")
_A_DATE = _l("Choose a date.")


def _number(label: Any, least: int, most: int, default: int | None = None) -> IntegerField:
    message = _l("Choose a number from %(least)s to %(most)s.", least=least, most=most)
    limits = [Optional(), NumberRange(least, most, message=message)]
    return IntegerField(label, validators=limits, default=default)


def _date(label: Any) -> DateField:
    return DateField(label, validators=[Optional(), is_day])


class MeasuringForm(Form):
    """A plan to ask a questionnaire again and again."""

    instrument_id = RadioField(
        _l("Which questionnaire?"), validators=[InputRequired(_l("Choose a questionnaire."))]
    )
    title = StringField(
        _l("What do you call it?"),
        filters=[tidy],
        validators=[DataRequired(_l("Say what it is called.")), Length(max=120, message=_TOO_LONG)],
    )
    why = TextAreaField(
        _l("Why do you need this?"),
        description=_l("Everybody who is asked reads this first."),
        filters=[tidy],
        validators=[DataRequired(_l("Say why, in a few words.")), Length(max=1000, message=_TOO_LONG)],
    )
    until = DateField(
        _l("Until when?"),
        description=_l("After this day nobody is asked any more."),
        validators=[DataRequired(_A_DATE), is_day],
    )
    impact_id = SelectField(_l("Which wish is it about?"), default="")
    voice_id = SelectField(_l("Who is asked?"), default="")
    rhythm = RadioField(
        _l("How often?"),
        choices=[
            Choice(Rhythm.ONCE, _l("Once")),
            Choice(Rhythm.DATES, _l("On fixed days")),
            Choice(Rhythm.MEETINGS, _l("After so many meetings that somebody came to")),
        ],
        default=Rhythm.ONCE,
        validators=[InputRequired(_l("Choose one of the answers."))],
    )
    date_1 = _date(_l("First day"))
    date_2 = _date(_l("Second day"))
    date_3 = _date(_l("Third day"))
    date_4 = _date(_l("Fourth day"))
    months = _number(_l("Or every so many months"), 1, 24)
    times = _number(_l("How many times?"), 1, MOST_TIMES)
    every = _number(_l("After how many meetings?"), 1, 100)
    open_days = _number(_l("For how many days can people answer?"), 1, 365)
    low_limit = _number(_l("Below which number is an answer low?"), 0, 1_000_000)
    low_rounds = _number(_l("How many rounds in a row?"), 1, 50, 3)
    low_days = _number(_l("Over at least how many days?"), 0, 3650, 60)

    def offer(
        self,
        instruments: Sequence[Listed],
        impacts: Sequence[DesiredImpact],
        voices: Sequence[VoiceFacts],
        today: date,
    ) -> None:
        """What there is to choose from, on this day."""
        self.impact_id.choices = [
            Choice("", _("Nothing in particular")),
            *(Choice(str(each.id), each.statement[:SHOWN]) for each in impacts),
        ]
        self.today = today
        self.instrument_id.choices = [Choice(str(each.id), each.title) for each in instruments]
        self.voice_id.choices = [
            Choice("", _("Everybody")),
            *(Choice(str(each.id), _("Only %(voice)s", voice=each.name)) for each in voices),
        ]

    def validate(self, extra_validators: object = None) -> bool:
        """All of it, and whether days and numbers belong to the rhythm."""
        fits = bool(super().validate(extra_validators))
        found = self._misfits()
        for name, problem in found.items():
            self[name].errors = [*self[name].errors, problem]
        return fits and not found

    def _misfits(self) -> dict[str, str]:
        found = {}
        until, rhythm = self.until.data, self.rhythm.data
        if until and until < self.today:
            found["until"] = _("This day is over already.")
        if rhythm == Rhythm.MEETINGS and not self.every.data and not self.every.errors:
            found["every"] = _("After how many meetings?")
        if rhythm == Rhythm.DATES:
            days = self.days()
            if bool(self.months.data) != bool(self.times.data):
                found["months"] = _("Say both: how many months, and how many times.")
            elif not days:
                found["date_1"] = _A_DATE
            elif days[0] <= self.today:
                found["date_1"] = _("Choose days after today. The baseline starts today.")
            elif until and days[-1] > until:
                found["until"] = _("There are days after this one. Choose a later day, or take them out.")
        return {name: str(problem) for name, problem in found.items()}

    def days(self) -> tuple[date, ...]:
        """The days on which is asked again."""
        if self.rhythm.data != Rhythm.DATES:
            return ()
        chosen = [self[f"date_{number}"].data for number in range(1, DATES + 1)]
        days = {each for each in chosen if each}
        if self.months.data and self.times.data and self.months.data * self.times.data <= 12 * MOST_TIMES:
            # Counted from today, and today itself is the baseline.
            days |= set(dates_every(self.today, self.months.data, self.times.data + 1)[1:])
        return tuple(sorted(days))

    def plan(self) -> Plan:
        """What was filled in."""
        rhythm = Rhythm(self.rhythm.data)
        return Plan(
            title=text_of(self.title),
            rhythm=rhythm,
            every=self.every.data if rhythm is Rhythm.MEETINGS else None,
            dates=self.days(),
            open_days=self.open_days.data,
            why=text_of(self.why),
            until=self.until.data,
            voice_id=as_uuid(self.voice_id.data),
            impact_id=as_uuid(self.impact_id.data),
            low_limit=self.low_limit.data,
            low_rounds=self.low_rounds.data or 3,
            low_days=60 if self.low_days.data is None else self.low_days.data,
        )

    @property
    def chosen(self) -> uuid.UUID:
        """The questionnaire."""
        return uuid.UUID(self.instrument_id.data)
