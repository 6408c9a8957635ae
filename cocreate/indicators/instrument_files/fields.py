"""Looking into a document: each value of the expected sort, or refused with the place where it stands."""

import re
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final, TypeVar

from cocreate.indicators.scoring.limits import KEY, MAX_NUMBER, MAX_TABLE, check_size, inexact, shown
from cocreate.indicators.scoring.refusal import InstrumentError
from cocreate.indicators.scoring.refusal import marked as _l

Choice = TypeVar("Choice", bound=StrEnum)

_FRACTION: Final = re.compile(r"(-?[0-9]{1,18})/([1-9][0-9]{0,9})")


class Part:
    """A value in a document, and where it stands."""

    __slots__ = ("content", "place")

    def __init__(self, content: object, place: str) -> None:
        self.content, self.place = content, place

    def text(self) -> str:
        """It is a text."""
        if not isinstance(self.content, str):
            raise InstrumentError(_l("%(place)s: this is not a text."), self.place)
        return self.content

    def number(self) -> Fraction:
        """It is a number, or a text such as "25/7" where no decimals would be exact."""
        written = self.content
        if isinstance(written, str) and (found := _FRACTION.fullmatch(written)):
            return Fraction(int(found[1]), int(found[2]))
        if isinstance(written, bool) or not isinstance(written, int | Decimal):
            raise InstrumentError(_l("%(place)s: this is not a number."), self.place)
        if not -MAX_NUMBER <= written <= MAX_NUMBER:
            raise inexact(self.place)
        return Fraction(written)

    def whole(self) -> int:
        """It is a whole number."""
        number = self.number()
        if number.denominator != 1:
            raise InstrumentError(_l("%(place)s: this is not a whole number."), self.place)
        return int(number)

    def is_true(self) -> bool:
        """It is true or false."""
        if not isinstance(self.content, bool):
            raise InstrumentError(_l("%(place)s: this must be true or false."), self.place)
        return self.content

    def one_of(self, choices: type[Choice]) -> Choice:
        """It is one of our words."""
        for choice in choices:
            if self.content == choice.value:
                return choice
        raise InstrumentError(
            _l("%(place)s: this must be one of: %(choices)s."), self.place, choices=", ".join(choices)
        )

    def parts(self) -> list["Part"]:
        """It is a list, of these."""
        if not isinstance(self.content, list):
            raise InstrumentError(_l("%(place)s: this is not a list."), self.place)
        check_size(self.content, self.place, 0, MAX_TABLE)
        return [Part(each, f"{self.place}[{number}]") for number, each in enumerate(self.content)]

    def named(self) -> dict[str, "Part"]:
        """It is an object, of these by any name."""
        if not isinstance(self.content, dict):
            raise InstrumentError(_l("%(place)s: this must be an object, with names and values."), self.place)
        check_size(self.content, self.place, 0, MAX_TABLE)
        return {name: Part(each, self._inside(name)) for name, each in self.content.items()}

    def fields(self, *known: str) -> "Fields":
        """It is an object, with no names but these: a name misspelt would change what answers come to."""
        found = self.named()
        for name, part in found.items():
            if name not in known:
                raise InstrumentError(_l("%(place)s: we do not know what this is."), part.place)
        return Fields(found, self.place)

    def _inside(self, name: str) -> str:
        said = name if KEY.fullmatch(name) else f"“{shown(name)}”"
        return f"{self.place}.{said}" if self.place else said


class Fields:
    """The values of an object, by name."""

    def __init__(self, parts: Mapping[str, Part], place: str) -> None:
        self._parts, self._place = parts, place

    def __getitem__(self, name: str) -> Part:
        if name not in self._parts:
            place = f"{self._place}.{name}" if self._place else name
            raise InstrumentError(_l("%(place)s: this is missing."), place)
        return self._parts[name]

    def get(self, name: str) -> Part | None:
        """The value, None when it is not there."""
        return self._parts.get(name)

    def text(self, name: str) -> str:
        """A text that may be left out."""
        return self[name].text() if name in self._parts else ""

    def number(self, name: str) -> Fraction | None:
        """A number that may be left out."""
        return self[name].number() if name in self._parts else None

    def whole(self, name: str) -> int | None:
        """A whole number that may be left out."""
        return self[name].whole() if name in self._parts else None

    def is_true(self, name: str, *, otherwise: bool) -> bool:
        """True or false, or left out."""
        return self[name].is_true() if name in self._parts else otherwise

    def one_of(self, name: str, otherwise: Choice) -> Choice:
        """One of our words, or left out."""
        return self[name].one_of(type(otherwise)) if name in self._parts else otherwise

    def parts(self, name: str) -> list[Part]:
        """A list that may be left out."""
        return self[name].parts() if name in self._parts else []
