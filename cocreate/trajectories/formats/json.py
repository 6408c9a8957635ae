"""JSON from strangers: no swarms, no bottomless nesting, no endless numbers."""

import json
import re
from typing import Any, Final, NoReturn

from cocreate.trajectories.formats.imported import MapFileError, without_rubbish
from cocreate.trajectories.formats.sentences import marked as _l

MAX_BRACKETS: Final = 300_000
MAX_COMMAS: Final = 2_000_000
MAX_KEYS: Final = 700_000
MAX_LONG: Final = 1_000_000

_KEY: Final = re.compile(rb",\s*\"")  # texts have commas too, but seldom before a quote

Item = dict[str, Any]


def read_json(data: bytes) -> Any:
    """What stands in a JSON document."""
    if (
        data.count(b"[") + data.count(b"{") > MAX_BRACKETS
        or data.count(b",") > MAX_COMMAS
        or sum(1 for _ in _KEY.finditer(data)) > MAX_KEYS
    ):
        raise MapFileError(_l("This file holds more than %(limit)s parts."), {"limit": MAX_BRACKETS})
    _refuse_long_texts(data)
    try:
        with without_rubbish():
            return json.loads(data.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        raise MapFileError(
            _l("We do not know the letters of this file. Save it as UTF-8 and try again.")
        ) from error
    except json.JSONDecodeError as error:
        raise MapFileError(
            _l("Line %(line)s: this is not well-formed JSON (at character %(column)s)."),
            {"line": error.lineno, "column": error.colno},
        ) from error
    except RecursionError as error:
        raise MapFileError(_l("Things in this file are nested too deep.")) from error
    except ValueError as error:
        raise MapFileError(_l("A number in this file is too long to read.")) from error


def _refuse_long_texts(data: bytes) -> None:
    """One letter that takes four bytes makes all the others of a long text as wide."""
    bare = data.replace(b'\\"', b"''") if b'\\"' in data else data
    for start in range(0, len(bare) - MAX_LONG, MAX_LONG):
        if bare.find(b'"', start, start + MAX_LONG) < 0:
            raise MapFileError(
                _l("Line %(line)s: a text here is longer than %(limit)s letters."),
                {"line": bare.count(b"\n", 0, start) + 1, "limit": MAX_LONG},
            )


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


def as_items(items: object, part: str) -> list[Item]:
    """A list of objects; MapFileError names the part of the file that is none."""
    if not isinstance(items, list):
        raise MapFileError(_l("The part “%(part)s” of this file is not a list."), {"part": part})
    for number, item in enumerate(items, start=1):
        if not isinstance(item, dict):
            raise MapFileError(
                _l("Item %(number)s under “%(part)s” is not an object."), {"number": number, "part": part}
            )
    return items


def word(item: Item, key: str, part: str, number: int) -> str:
    """A text that must be there."""
    value = item.get(key)
    if not isinstance(value, str) or not value:
        raise MapFileError(
            _l("Item %(number)s under “%(part)s” has no “%(key)s”."),
            {"number": number, "part": part, "key": key},
        )
    return value


def text_at(item: Item, key: str) -> str:
    """A text that may be there."""
    value = item.get(key)
    return value if isinstance(value, str) else ""
