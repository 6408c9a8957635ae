"""A phrase with a reason and a suggestion."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrase:
    """What to be careful with, in one language; `forms` are those that its endings alone do not give."""

    language: str
    phrase: str
    reason: str
    suggestion: str
    forms: tuple[str, ...] = ()
