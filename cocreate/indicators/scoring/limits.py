"""What a name, a text, a number and a list may be, each with the sentence for when it is not."""

import re
from collections.abc import Collection, Iterable
from fractions import Fraction
from typing import Final, Protocol

from cocreate.core.tables import UNSEEN
from cocreate.indicators.scoring.parts import Span
from cocreate.indicators.scoring.refusal import InstrumentError
from cocreate.indicators.scoring.refusal import marked as _l

MAX_ITEMS: Final = 200
MAX_OPTIONS: Final = 50
MAX_PARTS: Final = 100  # scales, cut-offs of a scale, flags, groups
MAX_TABLE: Final = 5_000
MAX_TEXT: Final = 1_000
MAX_NOTE: Final = 5_000
MAX_KEY: Final = 60
MAX_VERSION: Final = 100_000
MAX_SENSITIVITY: Final = 3
MAX_NUMBER: Final = 10**9
KEY: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}")


class _Named(Protocol):
    @property
    def key(self) -> str: ...


def check_span(span: Span, place: str) -> None:
    """That some number lies in it, and each end is given once."""
    ends = [end for end in (span.at_least, span.above, span.at_most, span.below) if end is not None]
    if not ends or not span.is_possible:
        raise InstrumentError(
            _l("%(place)s: say from where (at_least or above) to where (at_most or below), one end or both."),
            place,
        )
    for end in ends:
        check_number(end, place)


def check_above_zero(number: object, place: str) -> None:
    """A number that can weigh or multiply."""
    if check_number(number, place) <= 0:
        raise InstrumentError(_l("%(place)s: this number must be more than zero."), place)


def check_number(number: object, place: str) -> Fraction:
    """The number itself, when it can be counted with exactly."""
    exact = Fraction(number) if isinstance(number, int | Fraction) else None
    if exact is None or isinstance(number, bool) or abs(exact) > MAX_NUMBER or exact.denominator > MAX_NUMBER:
        raise inexact(place)
    return exact


def check_text(text: str, place: str, most: int) -> None:
    """Words that people can read."""
    if not text.strip():
        raise InstrumentError(_l("%(place)s: words are missing here."), place)
    if len(text) > most:
        raise InstrumentError(_l("%(place)s: this text is longer than %(limit)s letters."), place, limit=most)
    if UNSEEN.search(text):
        raise InstrumentError(_l("%(place)s: there are letters here that nobody can see."), place)


def check_key(key: str, place: str) -> None:
    """A name for machines, that can stand in a file and in an address."""
    if not KEY.fullmatch(key):
        raise InstrumentError(
            _l("%(place)s: “%(key)s” is no name. Use at most %(limit)s letters (a-z), digits, - and _."),
            place,
            key=shown(key),
            limit=MAX_KEY,
        )


def check_keys(parts: Iterable[_Named], place: str) -> None:
    """Names that are all different."""
    met: set[str] = set()
    for number, part in enumerate(parts):
        check_key(part.key, f"{place}[{number}].key")
        if part.key in met:
            raise twice(part.key, f"{place}[{number}].key")
        met.add(part.key)


def check_size(parts: Collection[object], place: str, least: int, most: int) -> None:
    """A list that is neither too short nor too long."""
    if not least <= len(parts) <= most:
        raise InstrumentError(
            _l("%(place)s: there must be %(least)s to %(most)s of these, not %(count)s."),
            place,
            least=least,
            most=most,
            count=len(parts),
        )


def shown(text: str) -> str:
    """A text out of a file, short and harmless enough to be repeated in a sentence."""
    return " ".join(UNSEEN.sub("", text).split())[:80]


def unknown(key: str, place: str) -> InstrumentError:
    """What to say when something names what is not there."""
    return InstrumentError(_l("%(place)s: there is no “%(key)s” here."), place, key=shown(key))


def twice(key: str, place: str) -> InstrumentError:
    """What to say when something is there for the second time."""
    return InstrumentError(_l("%(place)s: “%(key)s” is here already."), place, key=shown(key))


def inexact(place: str) -> InstrumentError:
    """What to say of a number that is too large, or too fine."""
    return InstrumentError(_l("%(place)s: this is no number that we can count with exactly."), place)
