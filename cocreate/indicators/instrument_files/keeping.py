"""Reading a version as we keep it ourselves: over and over, so each text is read once."""

from functools import lru_cache

from cocreate.indicators.instrument_files.reading import read_instrument
from cocreate.indicators.scoring import Answers, Instrument


@lru_cache(maxsize=256)
def read_kept(text: str) -> Instrument:
    """What stands in this text. Who holds a changed text holds another key, so nothing here grows old."""
    return read_instrument(text.encode())


def answers_in(text: str, key: str) -> Answers | None:
    """How this item is answered; nothing when there is no such item."""
    definition = read_kept(text)
    return next((definition.answers[item.answers] for item in definition.items if item.key == key), None)


def asked_in(text: str, key: str) -> str:
    """What this item asks; nothing when there is no such item."""
    return next((item.text for item in read_kept(text).items if item.key == key), "")
