"""How people are here, what they answer and promise, and whether a summary is right."""

from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, RadioField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from cocreate.core.forms import TEXT_MAX, Choice, Form, is_day, is_uuid, tidy
from cocreate.replies.rules import IsRight, Mood
from cocreate.spaces.arrivals import ContributionForm

_TOO_LONG = _l("This is longer than we can keep. Please make it shorter.")
SENTENCE_MAX = 500  # of a summary: one sentence that can be read aloud


class MoodForm(ContributionForm):
    """How somebody is here, without words. Nothing is chosen beforehand."""

    step_id = HiddenField(validators=[InputRequired(), is_uuid])
    mood = RadioField(
        _l("Tap what fits. No answer is better than another."),
        choices=[
            Choice(Mood.SUN, _l("Sunny")),
            Choice(Mood.CLOUDS, _l("A bit of everything")),
            Choice(Mood.RAIN, _l("Rainy")),
            Choice(Mood.STORM, _l("Stormy")),
            Choice(Mood.FOG, _l("Misty")),
        ],
        validators=[InputRequired(_l("Tap one of them, or skip it."))],
    )


class ReplyForm(ContributionForm):
    """What somebody answers to an open question."""

    step_id = HiddenField(validators=[InputRequired(), is_uuid])
    text = TextAreaField(
        _l("Your answer"),
        filters=[tidy],
        validators=[
            DataRequired(_l("Write a few words, or skip this question.")),
            Length(max=TEXT_MAX, message=_TOO_LONG),
        ],
    )


class CommitmentForm(ContributionForm):
    """What somebody will do, and by when."""

    text = TextAreaField(
        _l("I am going to …"),
        filters=[tidy],
        validators=[
            DataRequired(_l("Write what you will do. Small is fine.")),
            Length(max=TEXT_MAX, message=_TOO_LONG),
        ],
    )
    by_on = DateField(_l("By when?"), validators=[Optional(), is_day])


class SummaryForm(Form):
    """What who leads has heard, in one sentence."""

    workshop_id = HiddenField(validators=[InputRequired(), is_uuid])
    text = TextAreaField(
        _l("What did you hear? One sentence at a time."),
        filters=[tidy],
        validators=[
            DataRequired(_l("Write one sentence.")),
            Length(max=SENTENCE_MAX, message=_l("This is too long to read back. Make it two sentences.")),
        ],
    )


class SummaryCheckForm(ContributionForm):
    """Whether a summary is right, and how somebody would say it."""

    summary_id = HiddenField(validators=[InputRequired(), is_uuid])
    answer = RadioField(
        _l("Is this right?"),
        choices=[
            Choice(IsRight.RIGHT, _l("Yes, that is right")),
            Choice(IsRight.NOT_QUITE, _l("Not quite")),
            Choice(IsRight.NOT_CLEAR, _l("I don't understand it")),
        ],
        validators=[InputRequired(_l("Choose one of the three."))],
    )
    text = TextAreaField(
        _l("How would you say it?"), filters=[tidy], validators=[Length(max=TEXT_MAX, message=_TOO_LONG)]
    )
