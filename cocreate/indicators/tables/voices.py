"""Which voice stands in a table, so that nobody is alone with theirs."""

from collections import Counter
from collections.abc import Container, Mapping
from typing import Final

OTHER: Final = "other"


def shown_voices(
    voices: Mapping[str, str | None], least: int, counted: Container[str] | None = None
) -> dict[str, str]:
    """By person, the voice that may stand in the table: an empty one where it may not. Only who is `counted`
    makes a voice larger; everybody, when nobody is named.

    Voices of fewer than `least` people are one: the others. When even these are too few, the next smallest
    voice joins them, so that neither a voice nor those outside all voices that are told are few people.
    """
    some = [voice for person, voice in voices.items() if counted is None or person in counted]
    sizes = Counter(voice for voice in some if voice)
    told = {voice for voice, size in sizes.items() if size >= least}
    others = len(some) - sum(sizes[voice] for voice in told)
    while told and 0 < others < least:
        smallest = min(told, key=lambda voice: (sizes[voice], voice))
        told.remove(smallest)
        others += sizes[smallest]
    rest = OTHER if told else ""
    return {person: voice if voice in told else rest for person, voice in voices.items()}
