"""Moods without words, and whether a summary is right."""

from enum import StrEnum


class Mood(StrEnum):
    """How somebody is here, as the weather: from bright to stormy. None of them is better than another."""

    SUN = "sun"
    CLOUDS = "clouds"
    RAIN = "rain"
    STORM = "storm"
    FOG = "fog"


class IsRight(StrEnum):
    """What somebody says of a summary that was read back."""

    RIGHT = "right"
    NOT_QUITE = "not_quite"
    NOT_CLEAR = "not_clear"  # I did not understand it
