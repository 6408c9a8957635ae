"""Growing a map by answering."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from cocreate.core.forms import Choice, is_uuid, tidy
from cocreate.spaces.arrivals import ContributionForm
from cocreate.trajectories.rules import MAX_TEXT, GrowQuestion, NodeState

QUESTIONS = [
    Choice(GrowQuestion.WHAT_NEXT, _l("What came next?")),
    Choice(GrowQuestion.WHAT_ELSE, _l("What else grew from this?")),
    Choice(GrowQuestion.WHAT_HINDERED, _l("What got in the way?")),
    Choice(GrowQuestion.WHAT_HELPED, _l("What made it possible?")),
    Choice(GrowQuestion.WHAT_MEANT, _l("What did it mean?")),
]
STATES = [
    Choice(NodeState.HAPPENED, _l("It happened")),
    Choice(NodeState.PLANNED, _l("It was planned")),
    Choice(NodeState.EMERGED, _l("It happened, nobody planned it")),
    Choice(NodeState.DROPPED, _l("It was planned, but dropped")),
]


class GrowForm(ContributionForm):
    """An answer that becomes the next node."""

    touched_id = HiddenField(validators=[Optional(), is_uuid])
    question = RadioField(_l("Which question do you answer?"), choices=QUESTIONS, validators=[Optional()])
    state = RadioField(_l("Planned, or did it happen?"), choices=STATES, default=NodeState.HAPPENED)
    text = TextAreaField(
        _l("Your answer"),
        filters=[tidy],
        validators=[
            DataRequired(_l("Write a few words. They become the next stop on the road.")),
            Length(max=MAX_TEXT, message=_l("This is longer than we can keep. Please make it shorter.")),
        ],
    )
