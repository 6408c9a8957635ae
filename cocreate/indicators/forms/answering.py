"""Answering: one question at a time, or a whole sheet of paper at once."""

import uuid

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from cocreate.core.audience import Visibility
from cocreate.core.forms import is_uuid, text_of
from cocreate.indicators.service.answering import Given, Place
from cocreate.spaces.arrivals import AUDIENCES, ContributionForm


class AnswerForm(ContributionForm):
    """What somebody answers to one question, or why they do not. What fits depends on the question."""

    round_id = HiddenField(validators=[InputRequired(), is_uuid])
    item_id = HiddenField(validators=[InputRequired(), is_uuid])
    value = TextAreaField()
    have = StringField()
    wish = StringField()
    missing = HiddenField()
    is_by_helper = BooleanField(_l("Somebody else writes this down for me"))
    visibility = RadioField(
        _l("Who may see these words?"), choices=AUDIENCES, default=Visibility.MAKER, validators=[Optional()]
    )

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
