"""The built-in words of the agenda, in the reader's language."""

from collections.abc import Callable, Mapping
from typing import Any, Final, Protocol

from flask_babel import gettext as _
from flask_babel import ngettext as _n

from cocreate.indicators.queries.ballots import Paper
from cocreate.workshops.agenda_words import CARRIED, PART_WORDS
from cocreate.workshops.library import WORDS
from cocreate.workshops.queries.screen import Told
from cocreate.workshops.rules import Phase, StepKind
from cocreate.workshops.sketches import QUESTIONS


class Part(Protocol):
    """A step of a meeting, or the sketch of one."""

    @property
    def kind(self) -> str:
        """Which activity."""

    @property
    def title(self) -> str:
        """Its own name, or nothing."""

    @property
    def prompt(self) -> str:
        """Its own question, or nothing."""

    @property
    def settings(self) -> dict[str, Any]:
        """What only this activity needs, and the key of its words."""


def step_title(step: Part) -> str:
    """The name of a step: its own, else that of the ready agenda it comes from, else of its activity."""
    return step.title or _of_agenda(step)[0] or activity_name(step.kind)


def _of_agenda(step: Part) -> tuple[str, str]:
    title, prompt = PART_WORDS.get(step.settings.get(WORDS, ""), ("", ""))
    return str(title), str(prompt)


def phase_name(phase: str) -> str:
    """The name of a move."""
    names: dict[Phase, str] = {
        Phase.DEFINE: _("explore"),
        Phase.DISCOVER: _("tell"),
        Phase.DREAM: _("imagine"),
        Phase.DESIGN: _("renew"),
        Phase.DELIVER: _("make it happen"),
    }
    return names[Phase(phase)]


def activity_name(kind: str) -> str:
    """The name of an activity."""
    names: dict[StepKind, str] = {
        StepKind.WELCOME: _("Welcome"),
        StepKind.CHECK_IN: _("How are you here?"),
        StepKind.PAIR_TALK: _("In pairs"),
        StepKind.MOMENTS: _("Moments"),
        StepKind.FACTORS: _("What helped"),
        StepKind.IMPACTS: _("What we want"),
        StepKind.STANCES: _("Do we want this?"),
        StepKind.INDICATORS: _("How we would notice"),
        StepKind.REALISM: _("Is it fair?"),
        StepKind.CHOOSE: _("Choose together"),
        StepKind.MAP: _("Our map"),
        StepKind.MEASURE: _("How it is now"),
        StepKind.READ_BACK: _("Is this right?"),
        StepKind.COMMITMENTS: _("What I will do"),
        StepKind.OPEN_QUESTION: _("A question"),
        StepKind.BREAK: _("Break"),
        StepKind.THANKS: _("Thank you"),
        StepKind.CHECK_OUT: _("How do you leave?"),
        StepKind.CLOSE: _("Close"),
    }
    return names[StepKind(kind)]


def step_question(step: Part) -> str:
    """What the step asks: its own words, else those of a ready agenda, else the built-in ones."""
    return step.prompt or _of_agenda(step)[1] or built_in_question(step.kind)


def built_in_question(kind: str) -> str:
    """What an activity asks when nobody chose other words."""
    built_in: dict[StepKind, str] = {
        StepKind.WELCOME: _("Welcome. Good that you are here."),
        StepKind.CHECK_IN: _("How are you here today?"),
        StepKind.PAIR_TALK: _("Tell each other about a moment that was good."),
        StepKind.MOMENTS: _("Tell about a moment that mattered. What happened?"),
        StepKind.FACTORS: _("What helped, in the moments that we told?"),
        StepKind.IMPACTS: _("What do you want to achieve together?"),
        StepKind.STANCES: _("Do we want this? Read it, and say where you stand."),
        StepKind.INDICATORS: _("How would you notice that it comes nearer?"),
        StepKind.REALISM: _("Is this fair to the people it is about?"),
        StepKind.CHOOSE: _("Which signs do you want to start with?"),
        StepKind.MAP: _("How did it go? Draw the road together."),
        StepKind.MEASURE: _("How is it now? Answer for yourself."),
        StepKind.READ_BACK: _("This is what we heard. Is it right?"),
        StepKind.COMMITMENTS: _("What will you do yourself?"),
        StepKind.OPEN_QUESTION: _("What do you want to say?"),
        StepKind.BREAK: _("Time for a break."),
        StepKind.THANKS: _("Thank you for your time."),
        StepKind.CHECK_OUT: _("How do you leave today?"),
        StepKind.CLOSE: _("Thank you. This is what you leave behind."),
    }
    return built_in[StepKind(kind)]


# Built when spoken, in the language of the page.
_COUNTED: Final[Mapping[str, Callable[[int], Any]]] = {
    "moment": lambda many: _n("%(num)s moment", "%(num)s moments", many),
    "working_factor": lambda many: _n("%(num)s thing that helped", "%(num)s things that helped", many),
    "impact": lambda many: _n("%(num)s wish", "%(num)s wishes", many),
    "indicator": lambda many: _n("%(num)s sign", "%(num)s signs", many),
    "reply": lambda many: _n("%(num)s answer", "%(num)s answers", many),
    "commitment": lambda many: _n("%(num)s promise", "%(num)s promises", many),
}


def told_words(topic: str, found: Told) -> str:
    """How many there are, for the room; what somebody keeps to themselves counts, and is not shown."""
    if found.told == found.shown:
        return str(_COUNTED[topic](found.told))
    return str(_("%(told)s told, %(shown)s shown here", told=found.told, shown=found.shown))


def who_chose(paper: Paper) -> str:
    """Whose list it is that is shown in a meeting."""
    if paper.panel:
        return str(_("From a list for %(voice)s alone: nobody else chooses.", voice=paper.panel.name))
    if paper.choosing.workshop_id:
        return str(_("From the list of this meeting."))
    return str(_("From a list for everybody in this space, also for who is not here."))


def limit_words(left: int, most: int) -> str:
    """How many things somebody can still tell in a part that asks for so many."""
    if left == 0:
        told = _(
            "You told all that we ask for in this part. Thank you. Something better? Take one back first."
        )
    elif left == most:
        told = _n("You can tell one thing in this part.", "You can tell %(num)d things in this part.", left)
    else:
        told = _n("You can tell one more thing.", "You can tell %(num)d more things.", left)
    return str(told)


def questions_of(step: Part) -> list[str]:
    """What two people take along when they talk: the own questions of who leads, else ready ones."""
    own = [str(each) for each in step.settings.get(QUESTIONS, []) if str(each).strip()]
    ready = [str(each) for each in CARRIED.get(step.settings.get(WORDS, ""), ())]
    return (
        own
        or ready
        or [
            _("Tell about a moment when it was good. What happened?"),
            _("Why did it matter to you?"),
            _("What made it possible?"),
            _("What was hard?"),
            _("What do you wish, when you think of this?"),
        ]
    )
