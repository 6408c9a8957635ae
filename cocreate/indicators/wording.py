"""How signs and questions read: kinds of answers, delicacy, cost, how far a sign has come."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import ngettext

from cocreate.indicators.cost import A_MINUTE, minutes_for
from cocreate.indicators.kinds import AnswerKind
from cocreate.indicators.rules import TRIED, Decision


def kind_words() -> dict[str, tuple[str, str]]:
    """Each kind of answer: what it is called, and when it fits."""
    return {
        AnswerKind.SMILEYS: (_("Faces"), _("How it feels, without reading much.")),
        AnswerKind.YES_MORE_OR_LESS_NO: (_("Yes, more or less, no"), _("Something that is so, or is not.")),
        AnswerKind.SCALE_0_10: (_("From 0 to 10"), _("How much, when nothing at all is an answer too.")),
        AnswerKind.SCALE_1_10: (_("From 1 to 10"), _("A mark, as at school.")),
        AnswerKind.FIVE_POINTS: (_("Five steps in words"), _("Steps that you name yourself.")),
        AnswerKind.COUNT: (_("A number"), _("Something you can count: times, people, days.")),
        AnswerKind.DYAD: (_("Between two words"), _("Two good things that pull at each other.")),
        AnswerKind.TRIAD: (_("Between three words"), _("What carries most weight of three things.")),
        AnswerKind.HAVE_AND_WISH: (_("What I have and what I wish"), _("Where what is enough differs.")),
        AnswerKind.OPEN: (_("In own words"), _("A story that no number can tell.")),
    }


def label_words(kind: str) -> list[str]:
    """What each word that goes with an answer is for, in their order."""
    ends = [_("The lowest end, in words"), _("The highest end, in words")]
    steps = [_("Step %(number)s", number=number) for number in range(1, 6)]
    faces = [_("Under face %(number)s", number=number) for number in range(1, 6)]
    return {
        AnswerKind.FIVE_POINTS: steps,
        AnswerKind.SMILEYS: faces,
        AnswerKind.YES_MORE_OR_LESS_NO: [
            _("Instead of “yes”"),
            _("Instead of “more or less”"),
            _("Instead of “no”"),
        ],
        AnswerKind.DYAD: [_("The word on one side"), _("The word on the other side")],
        AnswerKind.TRIAD: [_("The first corner"), _("The second corner"), _("The corner on top")],
    }.get(AnswerKind(kind), ends)


def example_labels(kind: str) -> tuple[str, ...]:
    """Words for a kind that needs them, to show what it looks like before somebody wrote their own."""
    return {
        AnswerKind.FIVE_POINTS: (_("never"), _("seldom"), _("sometimes"), _("often"), _("always")),
        AnswerKind.DYAD: (_("one side"), _("the other side")),
        AnswerKind.TRIAD: (_("one thing"), _("another thing"), _("a third thing")),
    }.get(AnswerKind(kind), ())


def misfit_words(part: str) -> str:
    """What to say of a setting that does not fit."""
    words: dict[str, str] = {
        "labels": _("Write all of these words, each of them different. At most 200 letters for each."),
        "unit": _("Say what is counted. For example: times a week."),
        "lowest": _("Use a whole number from 0 to 1,000,000."),
        "highest": _("The highest must be above the lowest, and at most 1,000,000."),
    }
    return words[part]


def delicacy_words() -> tuple[str, ...]:
    """How delicate a question is, from 0 to 3."""
    return (_("not delicate"), _("a little personal"), _("delicate"), _("hard to tell"))


def cost_words(seconds: int) -> str:
    """What answering one question costs, in words."""
    if seconds <= A_MINUTE:
        return str(_("about %(seconds)s seconds", seconds=seconds))
    return length_words([seconds])


def length_words(seconds: Sequence[int]) -> str:
    """What answering a list of questions costs, in words."""
    return str(ngettext("about %(num)s minute", "about %(num)s minutes", minutes_for(seconds)))


def decision_words() -> dict[str, str]:
    """What a group does with a sign."""
    return {
        Decision.MEASURE: _("We measure it"),
        Decision.STORY: _("We tell it as a story"),
        Decision.NOT_MEASURED: _("We leave it alone on purpose"),
    }


def state_words(decision: str | None, kind: str | None, tried: int) -> str:
    """How far a sign has come."""
    if decision:
        return decision_words()[decision]
    if kind is None:
        return str(_("A sign"))
    if not tried:
        return str(_("A question"))
    return str(_("Tried out by %(tried)s of %(needed)s", tried=min(tried, TRIED), needed=TRIED))


def clear_words() -> dict[str, str]:
    """Whether a question was clear."""
    return {"yes": _("clear"), "more_or_less": _("more or less clear"), "no": _("not clear")}
