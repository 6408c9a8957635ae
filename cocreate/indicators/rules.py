"""What is decided about a sign, in which rhythm people are asked, where a small step goes."""

from enum import StrEnum
from typing import Final

TRIED: Final = 2  # people who tried a question before it is asked in earnest
SENSITIVE: Final = 2  # from here on a question is delicate, of 0 to 3


class Decision(StrEnum):
    """What a group does with a sign: count it, tell it, or leave it alone on purpose."""

    MEASURE = "measure"
    STORY = "story"
    NOT_MEASURED = "not_measured"


class Rhythm(StrEnum):
    """When people are asked again."""

    ONCE = "once"  # the baseline and nothing more
    DATES = "dates"
    MEETINGS = "meetings"  # after so many meetings that each person attended


class Direction(StrEnum):
    """Where a small step went, seen from where somebody wants to go. All of them are steps."""

    TOWARDS = "towards"
    ASIDE = "aside"
    BACK = "back"
