"""JSON from strangers: small, shallow, each name once, numbers kept exactly as they were written."""

import json
import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Final, NoReturn

from cocreate.indicators.scoring.limits import shown
from cocreate.indicators.scoring.refusal import InstrumentError
from cocreate.indicators.scoring.refusal import marked as _l

FORMAT: Final = "cocreate-instrument"
FORMAT_VERSION: Final = 1
MAX_MEGABYTES: Final = 1
MAX_BYTES: Final = MAX_MEGABYTES * 1024 * 1024
MAX_DEPTH: Final = 12  # our own files go 8 deep
MAX_BRACKETS: Final = 100_000
MAX_DIGITS: Final = 40

_TEXT: Final = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"?', re.DOTALL)
_EXPONENT: Final = re.compile(r"[eE][+-]?0*\d{3,}$")


def read_json(data: bytes) -> object:
    """What stands in the document; numbers with a point come as Decimal."""
    if not data.strip():
        raise InstrumentError(_l("This file is empty."))
    if len(data) > MAX_BYTES:
        raise too_large()
    if data.count(b"[") + data.count(b"{") > MAX_BRACKETS:
        raise InstrumentError(_l("This file holds more than %(limit)s parts."), limit=MAX_BRACKETS)
    _refuse_depth(data)
    try:
        content: object = json.loads(
            data.decode("utf-8-sig"),
            parse_float=_decimal,
            parse_constant=_refuse_constant,
            object_pairs_hook=_refuse_twins,
        )
    except UnicodeDecodeError as error:
        raise InstrumentError(
            _l("We do not know the letters of this file. Save it as UTF-8 and try again.")
        ) from error
    except json.JSONDecodeError as error:
        raise InstrumentError(
            _l("Line %(line)s: this is not well-formed JSON (at character %(column)s)."),
            line=error.lineno,
            column=error.colno,
        ) from error
    except InstrumentError:
        raise
    except ValueError as error:
        raise InstrumentError(_l("A number in this file is too long to read.")) from error
    return content


def too_large() -> InstrumentError:
    """What to say of a file past the limit."""
    return InstrumentError(_l("This file is larger than %(megabytes)s MB."), megabytes=MAX_MEGABYTES)


def _refuse_depth(data: bytes) -> None:
    depth = 0
    for bracket in re.finditer(rb"[\[{\]}]", _TEXT.sub(b"", data)):
        depth += 1 if bracket[0] in b"[{" else -1
        if depth > MAX_DEPTH:
            raise InstrumentError(_l("Things in this file are nested too deep."))


def _refuse_twins(pairs: Iterable[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, content in pairs:
        if name in found:
            raise InstrumentError(
                _l("“%(key)s” is written twice in the same part of this file."), key=shown(name)
            )
        found[name] = content
    return found


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _decimal(text: str) -> Decimal:
    """Exactly what was written; an exponent of three digits is no number of a questionnaire."""
    if len(text) > MAX_DIGITS or _EXPONENT.search(text):
        raise ValueError(text[:MAX_DIGITS])
    return Decimal(text)
