"""How a mood and an answer to a summary read."""

from flask_babel import gettext as _

from cocreate.replies.models import MoodMark, SummaryCheck
from cocreate.replies.rules import IsRight, Mood


def mood_words() -> dict[str, str]:
    """Each mood in a word: none of them is better than another."""
    return {
        Mood.SUN: _("Sunny"),
        Mood.CLOUDS: _("A bit of everything"),
        Mood.RAIN: _("Rainy"),
        Mood.STORM: _("Stormy"),
        Mood.FOG: _("Misty"),
    }


def check_words() -> dict[str, str]:
    """Each answer to a summary, in a few words."""
    return {
        IsRight.RIGHT: _("Yes, that is right"),
        IsRight.NOT_QUITE: _("Not quite"),
        IsRight.NOT_CLEAR: _("I don't understand it"),
    }


def said_in_mood(made: MoodMark) -> list[str]:
    """What its maker reads back."""
    return [mood_words().get(made.mood, made.mood)]


def said_in_check(made: SummaryCheck) -> list[str]:
    """What its maker reads back."""
    return [words for words in (check_words().get(made.answer, made.answer), made.text) if words]
