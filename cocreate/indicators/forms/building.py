"""Making a question of a sign, trying it out, standing somewhere, deciding, being careful with words."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField, RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError

from cocreate.core.forms import Choice, Form, is_uuid, text_of, tidy
from cocreate.core.i18n import LANGUAGES
from cocreate.impacts.forms import position_field, reason_field
from cocreate.indicators.kinds import Agreement, AnswerKind, AnswerShape, BadShape, facts_of
from cocreate.indicators.models import Indicator
from cocreate.indicators.rules import Decision
from cocreate.indicators.service.building import Draft
from cocreate.indicators.wording import misfit_words
from cocreate.spaces.arrivals import ContributionForm

MOST_LABELS = 5
AN_HOUR = 3600
MOST_DIGITS = 10
_TOO_LONG = _l("This is longer than we can keep. Please make it shorter.")
_WHOLE = _l("Use a whole number from 0 to 1,000,000.")


class _WholeField(IntegerField):
    def process_formdata(self, valuelist: list[str]) -> None:
        """A number as people type it; anything else is told in our words."""
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(str(_WHOLE)) from error


class QuestionForm(Form):
    """A question: its words, how it is answered, how delicate it is; and why words stay that may hurt."""

    built = HiddenField()  # which form of it somebody started from
    asked = TextAreaField(
        _l("How do you ask it to others?"),
        filters=[tidy],
        validators=[
            DataRequired(_l("Write the question as you would ask it.")),
            Length(max=500, message=_TOO_LONG),
        ],
    )
    kind = RadioField(
        _l("How do people answer?"),
        choices=[Choice(kind, kind) for kind in AnswerKind],
        validators=[InputRequired(_l("Choose how people answer."))],
    )
    label_1, label_2, label_3, label_4, label_5 = (
        StringField(filters=[tidy], validators=[Length(max=200, message=_TOO_LONG)])
        for _number in range(MOST_LABELS)
    )
    unit = StringField(
        _l("What is counted?"),
        description=_l("For example: times a week."),
        filters=[tidy],
        validators=[Length(max=200, message=_TOO_LONG)],
    )
    lowest = _WholeField(_l("The lowest number"), validators=[Optional()])
    highest = _WholeField(_l("The highest number"), validators=[Optional()])
    sensitivity = RadioField(
        _l("How delicate is it?"),
        choices=[
            Choice("0", _l("Not delicate: you would ask it in a shop")),
            Choice("1", _l("A little personal: you would ask it a neighbour")),
            Choice("2", _l("Delicate: you would ask it a friend")),
            Choice("3", _l("Hard to tell: you would only ask it alone, with time")),
        ],
        default="0",
        validators=[InputRequired(_l("Choose one of the answers."))],
    )
    overruled_because = TextAreaField(
        _l("Why do these words stay?"),
        description=_l("Everybody who sees the question reads this beside it."),
        filters=[tidy],
        validators=[Length(max=500, message=_TOO_LONG)],
    )

    @classmethod
    def of(cls, indicator: Indicator, kind: str | None) -> "QuestionForm":
        """The form with what the question is now, or begins with; of another kind without its settings."""
        shape = indicator.shape
        filled: dict[str, Any] = {
            "built": indicator.built,
            "asked": indicator.asked or indicator.question,
            "kind": kind or indicator.kind,
            "sensitivity": str(indicator.sensitivity),
            "overruled_because": indicator.overruled_because,
        }
        if shape and shape.kind == filled["kind"]:
            filled |= {f"label_{number}": label for number, label in enumerate(shape.labels, 1)}
            filled |= {"unit": shape.unit, "lowest": shape.lowest, "highest": shape.highest}
        return cls(formdata=None, data=filled)

    def validate(self, extra_validators: Any = None) -> bool:
        """Also whether the settings fit the kind of answer."""
        is_valid: bool = super().validate(extra_validators)
        if is_valid:
            try:
                self.shape()
            except BadShape as bad:
                part = {"labels": "label_1"}.get(bad.part, bad.part)
                self[part].errors = [misfit_words(bad.part)]
                return False
        return is_valid

    @property
    def labels(self) -> list[StringField]:
        """The fields for words that go with an answer, as many as this kind has."""
        if self.kind.data not in list(AnswerKind):
            return []
        most = max(facts_of(AnswerKind(self.kind.data)).labels)
        return [self[f"label_{number}"] for number in range(1, most + 1)]

    def shape(self) -> AnswerShape:
        """How it is answered; `BadShape` when the settings do not fit. What the kind has not is left out."""
        kind = AnswerKind(self.kind.data)
        facts = facts_of(kind)
        labels = tuple(text_of(field) for field in self.labels)
        return AnswerShape(
            kind,
            labels if any(labels) else (),
            text_of(self.unit) if facts.has_unit else "",
            self.lowest.data if "lowest" in facts.movable else None,
            self.highest.data if "highest" in facts.movable else None,
        )

    def draft(self) -> Draft:
        """What was filled in."""
        seen = text_of(self.built)
        return Draft(
            text_of(self.asked),
            self.shape(),
            int(self.sensitivity.data),
            text_of(self.overruled_because),
            int(seen) if seen.isdecimal() and len(seen) < MOST_DIGITS else None,
        )


class TryoutForm(ContributionForm):
    """Whether a question was clear to somebody who tried to answer it. What they answered is not in it."""

    indicator_id = HiddenField(validators=[InputRequired(), is_uuid])
    built = IntegerField(validators=[InputRequired(), NumberRange(min=1)])
    seconds = IntegerField(validators=[Optional(), NumberRange(1, AN_HOUR)])
    clear = RadioField(
        _l("Was it clear what was asked?"),
        choices=[
            Choice(Agreement.YES, _l("Yes")),
            Choice(Agreement.MORE_OR_LESS, _l("More or less")),
            Choice(Agreement.NO, _l("No")),
        ],
        validators=[InputRequired(_l("Choose one of the three."))],
    )
    note = TextAreaField(
        _l("What would make it better?"), filters=[tidy], validators=[Length(max=500, message=_TOO_LONG)]
    )


class SignStanceForm(ContributionForm):
    """Where somebody stands on a sign, and why."""

    indicator_id = HiddenField(validators=[InputRequired(), is_uuid])
    position = position_field(_l("Is this a good sign to look at?"))
    reason = reason_field()


class SignDecisionForm(Form):
    """What the group does with a sign."""

    decision = RadioField(
        _l("What do we do with this sign?"),
        choices=[
            Choice(Decision.MEASURE, _l("We measure it: we ask this question again and again")),
            Choice(Decision.STORY, _l("We tell it as a story: no number fits")),
            Choice(Decision.NOT_MEASURED, _l("We leave it alone on purpose: counting would spoil it")),
            Choice("none", _l("Still open")),
        ],
        validators=[InputRequired(_l("Choose one of the answers."))],
    )

    def chosen(self) -> Decision | None:
        """What was chosen; None when it is open."""
        return None if self.decision.data == "none" else Decision(self.decision.data)


class CautionForm(Form):
    """A phrase to be careful with; or, with `switch`, a hint that is no longer given, or given again."""

    language = RadioField(
        _l("In which language?"),
        choices=[Choice(code, name) for code, name in LANGUAGES.items()],
        validators=[InputRequired(_l("Choose one of the answers."))],
    )
    phrase = StringField(
        _l("Which word, or words?"),
        filters=[tidy],
        validators=[DataRequired(_l("Write a word, or a few.")), Length(max=80, message=_TOO_LONG)],
    )
    reason = TextAreaField(
        _l("Why can it hurt people?"), filters=[tidy], validators=[Length(max=300, message=_TOO_LONG)]
    )
    suggestion = TextAreaField(
        _l("What can be said instead?"), filters=[tidy], validators=[Length(max=300, message=_TOO_LONG)]
    )
    switch = HiddenField()

    def validate_reason(self, field: TextAreaField) -> None:
        """Nobody learns anything of a word that is wrong without a reason."""
        if not self.switch.data and not field.data:
            raise ValidationError(str(_l("Say why, in a sentence.")))

    def validate_suggestion(self, field: TextAreaField) -> None:
        """Nor of one without another way to say it."""
        if not self.switch.data and not field.data:
            raise ValidationError(str(_l("Say how you would put it.")))
