"""The connecting words of a story, looked up once for a page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from flask_babel import gettext as _

from cocreate.trajectories.rules import NodeState, Relation
from cocreate.trajectories.story import Opening

ByRelation = Mapping[Relation, str]
ByState = Mapping[NodeState, str]

_WAYS: Final = frozenset({Relation.LED_TO, Relation.TURNED_INTO, Relation.INSPIRED, Relation.PLANNED_NEXT})


class Phrases:
    """Sentences without their full stop. No form asks anything of the words that are filled in.

    `%(stop)s` is what is told now, `%(from)s` what it hangs on, `%(others)s` one or more other stops. A form
    says “that” or “there” only where what it means was the last thing named; else it has a `%(from)s`.
    """

    ways: Final = _WAYS
    plans: Final = frozenset({NodeState.PLANNED, NodeState.DROPPED})

    def __init__(self) -> None:
        self.openings: Mapping[Opening, str] = {
            Opening.FIRST: _("It began with %(stop)s"),
            Opening.ANOTHER: _("Something else began with %(stop)s"),
            Opening.LOOSE: _("On its own on the map stands %(stop)s"),
        }
        self.loose_too = (_("Also on its own stands %(stop)s"), _("On its own stands %(stop)s too"))
        self._leads = {True: (_that_led_to(), _that_plan()), False: (_from_led_to(), _plan_after())}
        self.ways_on = (
            self._leads[True][0][Relation.LED_TO],
            _("And that led to %(stop)s"),
            _("Out of that came %(stop)s"),
        )
        self.states = _states()
        self.states_too = {
            NodeState.CHANGED: _("That too went differently than planned."),
            NodeState.EMERGED: _("Nobody had planned that either."),
        }
        self.changed: str = _("%(stop)s went differently than planned")
        self.unintended: str = _("That was not meant to happen.")
        self.also, self.into = _also(), _into()
        self.asides = _asides()
        self.returns = {True: _from_there(self._leads[True][0]), False: _from_here(self._leads[False][0])}
        self.itself = _itself()
        self.labelled: str = _("%(told)s, in their words: %(label)s")
        self.voiced = (
            _("%(told)s, says %(voice)s"),
            _("%(told)s, adds %(voice)s"),
            _("%(told)s, as %(voice)s tells it"),
        )
        self.somebody: str = _("somebody")
        self.notes = {False: _notes_here(), True: _notes_about()}

    def leads(self, *, follows: bool) -> tuple[ByRelation, ByState]:
        """How a stop hangs on what was told just before (“that”), or on something that is named again."""
        return self._leads[follows]


@dataclass(frozen=True, slots=True)
class InPassing:
    """How one says what helped or what was in the way: at once, with the stop named again, after another one
    of the same, after one of the other sort, and of what did the same before."""

    plain: str
    named: str
    also: str
    contrast: str
    again: str


def _asides() -> Mapping[Relation, InPassing]:
    helped: str = _("What helped: %(stop)s")
    return {
        Relation.MADE_POSSIBLE: InPassing(
            helped,
            _("What helped with %(from)s: %(stop)s"),
            _("What also helped: %(stop)s"),
            helped,
            _("What helped here too: %(stop)s"),
        ),
        Relation.HINDERED: InPassing(
            _("What got in the way: %(stop)s"),
            _("What got in the way of %(from)s: %(stop)s"),
            _("What also got in the way: %(stop)s"),
            _("But something got in the way: %(stop)s"),
            _("What got in the way here too: %(stop)s"),
        ),
    }


def _that_led_to() -> ByRelation:
    return {
        Relation.LED_TO: _("That led to %(stop)s"),
        Relation.TURNED_INTO: _("That turned into %(stop)s"),
        Relation.INSPIRED: _("From that grew %(stop)s"),
        Relation.MADE_POSSIBLE: _("That made something possible: %(stop)s"),
        Relation.HINDERED: _("What got in the way: %(stop)s"),
        Relation.MEANT: _("What that meant: %(stop)s"),
        Relation.PLANNED_NEXT: _("The plan went on with %(stop)s"),
    }


def _from_led_to() -> ByRelation:
    return {
        Relation.LED_TO: _("%(from)s led to %(stop)s"),
        Relation.TURNED_INTO: _("%(from)s turned into %(stop)s"),
        Relation.INSPIRED: _("From %(from)s grew %(stop)s"),
        Relation.MADE_POSSIBLE: _("%(from)s made something possible: %(stop)s"),
        Relation.HINDERED: _("What got in the way of %(from)s: %(stop)s"),
        Relation.MEANT: _("What %(from)s meant: %(stop)s"),
        Relation.PLANNED_NEXT: _("After %(from)s the plan went on with %(stop)s"),
    }


def _that_plan() -> ByState:
    return {
        NodeState.PLANNED: _("The next plan was %(stop)s"),
        NodeState.DROPPED: _("It was planned that %(stop)s would follow, but that was dropped"),
    }


def _plan_after() -> ByState:
    return {
        NodeState.PLANNED: _("After %(from)s the next plan was %(stop)s"),
        NodeState.DROPPED: _(
            "After %(from)s it was planned that %(stop)s would follow, but that was dropped"
        ),
    }


def _from_there(that_led_to: ByRelation) -> ByRelation:
    back: str = _("From there the road led back to %(stop)s")
    return {
        **that_led_to,
        **dict.fromkeys(_WAYS, back),
        Relation.PLANNED_NEXT: _("The plan was to go back to %(stop)s"),
    }


def _from_here(from_led_to: ByRelation) -> ByRelation:
    back: str = _("From %(from)s the road led back to %(stop)s")
    return {
        **from_led_to,
        **dict.fromkeys(_WAYS, back),
        Relation.PLANNED_NEXT: _("After %(from)s the plan was to go back to %(stop)s"),
    }


def _itself() -> ByRelation:
    return {
        **dict.fromkeys(Relation, _("After %(from)s the same came once more")),
        Relation.HINDERED: _("%(from)s got in its own way"),
        Relation.PLANNED_NEXT: _("After %(from)s the plan was to do that once more"),
    }


def _states() -> ByState:
    return {
        NodeState.PLANNED: _("That was the plan."),
        NodeState.CHANGED: _("It went differently than planned."),
        NodeState.DROPPED: _("That was the plan, but it was dropped."),
        NodeState.EMERGED: _("Nobody had planned that."),
    }


def _also() -> ByRelation:
    """What else the same can be said of."""
    return {
        Relation.LED_TO: _("What also led to it: %(others)s"),
        Relation.TURNED_INTO: _("What also turned into it: %(others)s"),
        Relation.INSPIRED: _("It also grew from %(others)s"),
        Relation.MADE_POSSIBLE: _("What also helped: %(others)s"),
        Relation.HINDERED: _("It also got in the way of %(others)s"),
        Relation.MEANT: _("It was also the meaning of %(others)s"),
        Relation.PLANNED_NEXT: _("It was also the plan after %(others)s"),
    }


def _into() -> ByRelation:
    """What else it hangs on, where nothing of the sort was said of it yet: without “also”."""
    return {
        Relation.LED_TO: _("What led to it: %(others)s"),
        Relation.TURNED_INTO: _("What turned into it: %(others)s"),
        Relation.INSPIRED: _("It grew from %(others)s"),
        Relation.MADE_POSSIBLE: _("What helped: %(others)s"),
        Relation.HINDERED: _("It got in the way of %(others)s"),
        Relation.MEANT: _("It was the meaning of %(others)s"),
        Relation.PLANNED_NEXT: _("It was the plan after %(others)s"),
    }


def _notes_here() -> Mapping[str, str]:
    return {
        "note": _("More about this"),
        "moment": _("A moment that was told about this"),
        "moment told by": _("A moment about this, told by %(voice)s"),
        "desired_impact": _("What people want with this"),
        "indicator": _("How people notice this"),
        "working_factor": _("What helped here"),
    }


def _notes_about() -> Mapping[str, str]:
    return {
        "note": _("More about %(stop)s"),
        "moment": _("A moment that was told about %(stop)s"),
        "moment told by": _("A moment about %(stop)s, told by %(voice)s"),
        "desired_impact": _("What people want with %(stop)s"),
        "indicator": _("How people notice %(stop)s"),
        "working_factor": _("What helped with %(stop)s"),
    }
