"""Proposing, answering what others propose, deciding."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from cocreate.core.forms import Choice, Form, is_uuid, tidy
from cocreate.impacts.rules import Facets, Horizon, Lens, Level, Position, Realism, Stage
from cocreate.spaces.arrivals import ContributionForm

_TOO_LONG = _l("This is longer than we can keep. Please make it shorter.")


def position_field(question: str) -> RadioField:
    """Where somebody stands; nothing is chosen beforehand."""
    return RadioField(
        question,
        choices=[
            Choice(Position.FOR, _l("I am for it")),
            Choice(Position.OBJECTION, _l("I object")),
            Choice(Position.DONT_KNOW, _l("I don't know")),
        ],
        validators=[InputRequired(_l("Choose one of the three. “I don't know” is fine."))],
    )


def reason_field() -> TextAreaField:
    """Why; always if they like."""
    return TextAreaField(
        _l("Would you like to say why?"), filters=[tidy], validators=[Length(max=500, message=_TOO_LONG)]
    )


class ImpactForm(ContributionForm):
    """A change that somebody wants."""

    statement = TextAreaField(
        _l("What do you want to achieve together?"),
        filters=[tidy],
        validators=[DataRequired(_l("Say it in your own words.")), Length(max=500, message=_TOO_LONG)],
    )


class StanceForm(ContributionForm):
    """Where somebody stands on which proposal, and why."""

    impact_id = HiddenField(validators=[InputRequired(), is_uuid])
    position = position_field(_l("Where do you stand?"))
    reason = reason_field()
    wording = TextAreaField(
        _l("Would you say it in another way?"),
        filters=[tidy],
        validators=[Length(max=500, message=_TOO_LONG)],
    )


class WordingForm(ContributionForm):
    """How somebody would say it."""

    impact_id = HiddenField(validators=[InputRequired(), is_uuid])
    text = TextAreaField(
        _l("How would you say it?"),
        filters=[tidy],
        validators=[DataRequired(_l("Say it in your own words.")), Length(max=500, message=_TOO_LONG)],
    )


class RemarkForm(ContributionForm):
    """What somebody wants to say about it."""

    impact_id = HiddenField(validators=[InputRequired(), is_uuid])
    text = TextAreaField(
        _l("What do you want to say about it?"),
        filters=[tidy],
        validators=[DataRequired(_l("Write a few words.")), Length(max=1000, message=_TOO_LONG)],
    )


class RealismForm(ContributionForm):
    """Whether it asks too much of people, or expects too little of them."""

    impact_id = HiddenField(validators=[InputRequired(), is_uuid])
    answer = RadioField(
        _l("Is this fair to the people it is about?"),
        choices=[
            Choice(Realism.TOO_BIG, _l("It is too big: people would be promised what cannot come")),
            Choice(Realism.FAIR, _l("It is possible, and worth the effort")),
            Choice(Realism.TOO_SMALL, _l("It is too small: it talks people down")),
            Choice(Realism.DONT_KNOW, _l("I don't know")),
        ],
        validators=[InputRequired(_l("Choose one of the four. “I don't know” is fine."))],
    )
    reason = reason_field()


class FacetsForm(Form):
    """What kind of change it is; each may stay open."""

    level = SelectField(
        _l("For whom does it change?"),
        choices=[
            Choice("", _l("Not said")),
            Choice(Level.INDIVIDUAL, _l("For one person")),
            Choice(Level.COLLECTIVE, _l("For a group or a neighbourhood")),
        ],
    )
    is_prevention = SelectField(
        _l("Does it prevent something?"),
        choices=[Choice("", _l("Not said")), Choice("yes", _l("Yes")), Choice("no", _l("No"))],
    )
    horizon = SelectField(
        _l("When would you notice it?"),
        choices=[
            Choice("", _l("Not said")),
            Choice(Horizon.NOW, _l("Soon")),
            Choice(Horizon.LATER, _l("Only later")),
            Choice(Horizon.NEXT_GENERATION, _l("With the next generation")),
            Choice(Horizon.ELSEWHERE, _l("Somewhere else")),
        ],
    )
    lens = SelectField(
        _l("What is it about most?"),
        choices=[
            Choice("", _l("Not said")),
            Choice(Lens.EFFECTIVENESS, _l("That it works")),
            Choice(Lens.MEANING, _l("What it means to people")),
            Choice(Lens.CRAFT, _l("Good work by professionals")),
        ],
    )

    def facets(self) -> Facets:
        """What was filled in."""
        prevents = {"yes": True, "no": False}
        return Facets(
            Level(self.level.data) if self.level.data else None,
            prevents.get(self.is_prevention.data),
            Horizon(self.horizon.data) if self.horizon.data else None,
            Lens(self.lens.data) if self.lens.data else None,
        )


class DecisionForm(Form):
    """How far it has come."""

    stage = RadioField(
        _l("How far is it?"),
        choices=[
            Choice(Stage.PROPOSED, _l("Proposed")),
            Choice(Stage.IN_DISCUSSION, _l("We talk about it")),
            Choice(Stage.AGREED, _l("We agree")),
            Choice(Stage.RETIRED, _l("No longer now")),
        ],
        validators=[InputRequired(_l("Choose one of the answers."))],
    )


class AbsorptionForm(Form):
    """Which other one says the same."""

    other_id = HiddenField(validators=[InputRequired(_l("Choose which one says the same.")), is_uuid])


class AdoptionForm(Form):
    """Whether the proposer says it that way from now on."""

    taken = HiddenField()
