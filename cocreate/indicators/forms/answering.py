"""Answering: one question at a time, or a whole sheet of paper at once."""

import uuid
from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from cocreate.core.audience import Visibility
from cocreate.core.db import new_id
from cocreate.core.forms import Form, as_uuid, is_uuid, text_of, tidy
from cocreate.indicators.service.answering import Given, Place
from cocreate.indicators.service.sheets import PaperSheet
from cocreate.spaces.arrivals import AUDIENCES, ContributionForm


class AnswerForm(ContributionForm):
    """What somebody answers to one question, or why they do not. What fits depends on the question."""

    round_id = HiddenField(validators=[InputRequired(), is_uuid])
    item_id = HiddenField(validators=[InputRequired(), is_uuid])
    value = TextAreaField()
    have = StringField()
    wish = StringField()
    missing = HiddenField()
    visibility = RadioField(
        _l("Who may see these words?"), choices=AUDIENCES, default=Visibility.MAKER, validators=[Optional()]
    )

    @property
    def has_words(self) -> bool:
        """The page of the round asks again by itself."""
        return False

    def place(self) -> Place:
        """Which question of which round."""
        return Place(uuid.UUID(self.round_id.data), uuid.UUID(self.item_id.data))

    def given(self) -> Given:
        """What is answered."""
        return Given(
            text_of(self.value),
            text_of(self.have),
            text_of(self.wish),
            text_of(self.missing),
            is_by_helper=bool(self.is_by_helper.data),
        )


class SheetForm(Form):
    """A sheet of paper: whose it is. Its questions are added by `sheet_form`."""

    id = HiddenField(validators=[Optional(), is_uuid])  # the same form twice is one sheet
    workshop_id = HiddenField(validators=[Optional(), is_uuid])  # at which meeting it was filled in
    step_id = HiddenField(validators=[Optional(), is_uuid])  # in which part of that
    corrects = StringField(filters=[tidy])  # the label of which it may change the answers
    label = StringField(
        _l("What stands on the sheet?"),
        description=_l("A number or a word, never a name. The same label is the same person, each time."),
        filters=[tidy],
        validators=[
            DataRequired(_l("Type what stands on the sheet.")),
            Length(max=40, message=_l("Use at most 40 letters.")),
        ],
    )
    voice_id = RadioField(
        _l("From where does this person speak?"),
        description=_l("Only for a new label. Who is known already keeps their voice."),
        validate_choice=False,
        validators=[Optional(), is_uuid],
    )

    def sheet(self, items: Sequence[uuid.UUID]) -> PaperSheet:
        """What stands on it; `items` are its questions, in order."""
        return PaperSheet(
            text_of(self.label),
            as_uuid(self.voice_id.data),
            [(item_id, self.given(number)) for number, item_id in enumerate(items, 1)],
            as_uuid(self.id.data) or new_id(),
            text_of(self.corrects),
            as_uuid(self.workshop_id.data),
            as_uuid(self.step_id.data),
        )

    def given(self, number: int) -> Given:
        """What stands at one question of the sheet."""
        value, have, wish, missing = (
            text_of(self[f"q{number}_{part}"]) for part in ("value", "have", "wish", "missing")
        )
        return Given(value, have, wish, missing)


class TakeBackSheetForm(Form):
    """Which sheet is taken back, and of which meeting the next one is."""

    workshop_id = HiddenField(validators=[Optional(), is_uuid])
    step_id = HiddenField(validators=[Optional(), is_uuid])
    label = HiddenField(validators=[DataRequired()])


def sheet_form(questions: int) -> type[SheetForm]:
    """The form of a sheet with so many questions; each may be left empty or skipped with a reason."""
    kinds = {"value": TextAreaField, "have": StringField, "wish": StringField, "missing": HiddenField}
    fields = {
        f"q{number}_{part}": kind() for number in range(1, questions + 1) for part, kind in kinds.items()
    }
    return type("FilledSheetForm", (SheetForm,), fields)
