"""XML from strangers as a light tree: no entities, no document types, no bottomless nesting."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from cocreate.trajectories.formats.imported import MAX_RAW, MapFileError, without_rubbish
from cocreate.trajectories.formats.sentences import marked as _l

MAX_DEPTH: Final = 1_000
MAX_ELEMENTS: Final = 350_000
MAX_ATTRIBUTES: Final = 1_000
MAX_TAG: Final = 2_000_000
MAX_VALUES: Final = 800_000  # attributes in the whole file

_NO_LIMITS: Final[Mapping[str, int]] = MappingProxyType({})
_LONG_TAG: Final = re.compile(rb"<[^<]{10000,}")
_ATTRIBUTE: Final = re.compile(rb"\s[\w:.-]+\s*=\s*[\"']")


@dataclass(slots=True, eq=False)
class Element:
    """One element by its local name; `parts` are its texts and children in order."""

    tag: str
    attributes: dict[str, str]
    line: int
    parts: list["str | Element"] = field(default_factory=list)

    def children(self, *tags: str) -> Iterator["Element"]:
        """Child elements, those with one of `tags` if any is given."""
        return (part for part in self.parts if isinstance(part, Element) and (not tags or part.tag in tags))

    def child(self, *tags: str) -> "Element | None":
        """First child with one of `tags`."""
        return next(self.children(*tags), None)

    def find(self, tag: str) -> "Element | None":
        """First element called `tag` inside, at any depth."""
        return next((element for element in self.walk() if element.tag == tag), None)

    def walk(self) -> Iterator["Element"]:
        """This element and all inside it, in document order."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            if element.parts:
                waiting.extend([part for part in reversed(element.parts) if isinstance(part, Element)])

    def own_text(self) -> str:
        """The text directly in this element; spaces are tidied, unless it asks to keep them."""
        text = "".join(part for part in self.parts if isinstance(part, str))[:MAX_RAW]
        if self.keeps_spaces:
            return text
        return "\n".join(" ".join(line.split()) for line in text.strip().splitlines())

    @property
    def keeps_spaces(self) -> bool:
        """Whether every space in it was meant (`xml:space`)."""
        return self.attributes.get("space") == "preserve"

    def required(self, name: str) -> str:
        """An attribute that must be there."""
        value = self.attributes.get(name, "").strip()
        if not value:
            raise MapFileError(
                _l("Line %(line)s: “%(element)s” has no “%(attribute)s”."),
                {"line": self.line, "element": self.tag[:80], "attribute": name},
            )
        return value


def read_xml(data: bytes, root: str, most: Mapping[str, int] = _NO_LIMITS) -> Element:
    """The tree of an XML document whose outermost element is `root`; `most` of an element may be there."""
    _refuse_swarms(data, most)
    with without_rubbish():
        top = _Builder().read(_with_known_letters(data))
    if top.tag.lower() != root:
        raise MapFileError(
            _l("Line %(line)s: the file begins with “%(found)s”, but “%(expected)s” was expected."),
            {"line": top.line, "found": top.tag[:80], "expected": root},
        )
    return top


def _refuse_swarms(data: bytes, most: Mapping[str, int]) -> None:
    """Say no at a glance to what would keep the parser busy for seconds."""
    for tag, limit in most.items():
        # Other elements may begin with the same letters; only what is far too much is refused here.
        if data.count(b"<" + tag.encode()) > limit + 1_000:
            raise MapFileError(_l("This file holds more than %(limit)s items."), {"limit": limit})
    if data.count(b"<") > 2 * MAX_ELEMENTS:
        raise MapFileError(_l("This file holds more than %(limit)s parts."), {"limit": MAX_ELEMENTS})
    for long in _LONG_TAG.finditer(data):
        if len(long[0]) > MAX_TAG:
            raise MapFileError(
                _l("Line %(line)s: a text here is longer than %(limit)s letters."),
                {"line": _line_at(data, long.start()), "limit": MAX_TAG},
            )
        if sum(1 for _ in _ATTRIBUTE.finditer(long[0])) > MAX_ATTRIBUTES:
            raise MapFileError(
                _l("Line %(line)s: one element has more than %(limit)s attributes."),
                {"line": _line_at(data, long.start()), "limit": MAX_ATTRIBUTES},
            )


def _line_at(data: bytes, place: int) -> int:
    return data.count(b"\n", 0, place) + 1


class _Builder:
    """Target of the parser: builds the tree and guards its size."""

    def __init__(self) -> None:
        self._top: Element | None = None
        self._open: list[Element] = []
        self._count = 0
        self._values = 0
        self._parser = DefusedXMLParser(target=self, forbid_dtd=True)
        self._expat: Any = self._parser.parser

    def read(self, data: bytes) -> Element:
        """Parse the whole document."""
        try:
            self._parser.feed(data)
            self._parser.close()
        except ParseError as error:
            line, column = error.position
            raise MapFileError(
                _l("Line %(line)s: this is not well-formed XML (at character %(column)s)."),
                {"line": line, "column": column + 1},
            ) from error
        except DefusedXmlException as error:
            raise MapFileError(
                _l("Line %(line)s: the file defines its own entities or document type. Not safe to read."),
                {"line": self._line()},
            ) from error
        except MapFileError:
            raise
        except (ValueError, LookupError) as error:
            raise MapFileError(
                _l("We do not know the letters of this file. Save it as UTF-8 and try again.")
            ) from error
        if self._top is None:
            raise MapFileError(_l("This file is empty."))
        return self._top

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element opens."""
        self._count += 1
        self._values += len(attributes)
        if self._count > MAX_ELEMENTS or self._values > MAX_VALUES:
            raise MapFileError(_l("This file holds more than %(limit)s parts."), {"limit": MAX_ELEMENTS})
        if len(self._open) >= MAX_DEPTH:
            raise MapFileError(
                _l("Line %(line)s: things are nested more than %(limit)s deep."),
                {"line": self._line(), "limit": MAX_DEPTH},
            )
        if any("}" in name for name in attributes):
            attributes = {_local(name): value for name, value in attributes.items()}
        element = Element(_local(tag), attributes, self._expat.CurrentLineNumber)
        if self._open:
            self._open[-1].parts.append(element)
        else:
            self._top = element
        self._open.append(element)

    def end(self, tag: str) -> None:  # noqa: ARG002 (the parser's own signature)
        """The innermost element closes."""
        self._open.pop()

    def data(self, text: str) -> None:
        """Text in the innermost element."""
        if self._open:
            self._open[-1].parts.append(text)

    def close(self) -> None:
        """The document ends."""

    def _line(self) -> int:
        return int(self._expat.CurrentLineNumber)


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _with_known_letters(data: bytes) -> bytes:
    """Bytes that the parser can read: older mindmaps are in Western European letters without saying so."""
    start = data.lstrip()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"encoding" in start[:200].partition(b"?>")[0]:
        return start if start.startswith(b"<") else data
    try:
        start.decode("utf-8")
    except UnicodeDecodeError:
        return start.decode("cp1252", "replace").encode()
    return start
