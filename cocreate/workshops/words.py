"""The built-in words of the agenda, in the reader's language."""

from flask_babel import gettext as _

from cocreate.workshops.models import Step
from cocreate.workshops.rules import StepKind


def step_title(kind: str) -> str:
    """The name of a step on the agenda."""
    titles: dict[StepKind, str] = {
        StepKind.WELCOME: _("Welcome"),
        StepKind.MOMENTS: _("Moments"),
        StepKind.IMPACTS: _("What we want"),
        StepKind.INDICATORS: _("How we would notice"),
        StepKind.REALISM: _("Is it fair?"),
        StepKind.CHOOSE: _("Choose together"),
        StepKind.MAP: _("Our map"),
        StepKind.MEASURE: _("How it is now"),
        StepKind.CLOSE: _("Close"),
    }
    return titles[StepKind(kind)]


def step_question(step: Step) -> str:
    """What the step asks: the facilitator's own words, else the built-in ones."""
    built_in: dict[StepKind, str] = {
        StepKind.WELCOME: _("Welcome. Good that you are here."),
        StepKind.MOMENTS: _("Tell about a moment that mattered. What happened?"),
        StepKind.IMPACTS: _("What do you want to achieve together?"),
        StepKind.INDICATORS: _("How would you notice that it comes nearer?"),
        StepKind.REALISM: _("Is this fair to the people it is about?"),
        StepKind.CHOOSE: _("Which signs do you want to start with?"),
        StepKind.MAP: _("How did it go? Draw the road together."),
        StepKind.MEASURE: _("How is it now? Answer for yourself."),
        StepKind.CLOSE: _("Thank you. This is what you leave behind."),
    }
    return step.prompt or built_in[StepKind(step.kind)]
