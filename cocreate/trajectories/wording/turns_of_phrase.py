"""The connecting words of a story, looked up once for a page."""

from collections.abc import Mapping
from typing import Final

from flask_babel import gettext as _

from cocreate.trajectories.rules import NodeState, Relation
from cocreate.trajectories.story import Opening

ByRelation = Mapping[Relation, str]
ByState = Mapping[NodeState, str]

_WAYS: Final = frozenset({Relation.LED_TO, Relation.TURNED_INTO, Relation.INSPIRED, Relation.PLANNED_NEXT})


class Phrases:
    """Sentences without their full stop. No form asks anything of the words that are filled in.

    `%(stop)s` is what is told now, `%(from)s` what it hangs on, `%(others)s` one or more other stops.
    """

    ways: Final = _WAYS
    plans: Final = frozenset({NodeState.PLANNED, NodeState.DROPPED})

    def __init__(self) -> None:
        self.openings = {
            Opening.FIRST: _("It began with %(stop)s"),
            Opening.ANOTHER: _("Something else began with %(stop)s"),
            Opening.LOOSE: _("On its own on the map: %(stop)s"),
        }
        self._leads = {True: (_that_led_to(), _that_plan()), False: (_from_led_to(), _plan_after())}
        self.states = _states()
        self.unintended: str = _("That was not the intention.")
        self.also = _also()
        self.asides = {
            Relation.MADE_POSSIBLE: _("What made it possible: %(stop)s"),
            Relation.HINDERED: _("What got in the way: %(stop)s"),
        }
        self.asides_again = {
            Relation.MADE_POSSIBLE: _("What made this possible too: %(stop)s"),
            Relation.HINDERED: _("What got in the way here too: %(stop)s"),
        }
        self.came_back = _("From there we came back to %(stop)s")
        self.returns = {
            Relation.HINDERED: _("What got in the way again: %(stop)s"),
            Relation.PLANNED_NEXT: _("The plan was to come back to %(stop)s"),
        }
        self.itself = _("And that came back again")
        self.labelled = _("%(told)s (in their words: “%(label)s”)")
        self.voiced = _("%(told)s, says %(voice)s")
        self.references = _references()

    def leads(self, *, follows: bool) -> tuple[ByRelation, ByState]:
        """How a stop hangs on what was told just before (“that”), or on something that is named again."""
        return self._leads[follows]


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


def _states() -> ByState:
    return {
        NodeState.PLANNED: _("That was the plan."),
        NodeState.CHANGED: _("It went differently from the plan."),
        NodeState.DROPPED: _("That was the plan, but it was dropped."),
        NodeState.EMERGED: _("Nobody had planned that."),
    }


def _also() -> ByRelation:
    return {
        Relation.LED_TO: _("What also led to it: %(others)s"),
        Relation.TURNED_INTO: _("What also turned into it: %(others)s"),
        Relation.INSPIRED: _("It also grew from %(others)s"),
        Relation.MADE_POSSIBLE: _("What also made it possible: %(others)s"),
        Relation.HINDERED: _("It also got in the way of %(others)s"),
        Relation.MEANT: _("What also meant this: %(others)s"),
        Relation.PLANNED_NEXT: _("It was also the plan after %(others)s"),
    }


def _references() -> Mapping[str, str]:
    return {
        "note": _("More about this"),
        "moment": _("A moment that was told about this"),
        "desired_impact": _("What people want with this"),
        "indicator": _("How people notice this"),
        "working_factor": _("What helped here"),
    }
