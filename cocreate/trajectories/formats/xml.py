"""XML from strangers as a light tree: no entities, no document types, no bottomless nesting."""

import re
from codecs import BOM_UTF8, getincrementaldecoder
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
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
MAX_NAMES: Final = 2_000  # of elements, attributes and namespaces, each counted once
MAX_ADDRESS: Final = 1_000  # letters of a namespace
MAX_VALUES: Final = 700_000  # attributes in the whole file

_NO_LIMITS: Final[Mapping[str, int]] = MappingProxyType({})
_WIDE: Final = {
    b"\xff\xfe": "utf-16-le",
    b"\xfe\xff": "utf-16-be",
    b"<\x00": "utf-16-le",
    b"\x00<": "utf-16-be",
}
_LINKS: Final = frozenset({"edge", "arrowlink", "relationship"})
_PIECE: Final = 1024 * 1024
_LONG_TAG: Final = re.compile(rb"<[^<]{10000,}")
_ATTRIBUTE: Final = re.compile(rb"\s[\w:.-]+\s*=\s*[\"']")


@dataclass(slots=True, eq=False)
class Element:
    """One element by its local name; `parts` are its texts and children in order.

    A map of the largest size holds a third of a million of them: each is as light as it can be.
    """

    tag: str
    line: int
    said: tuple[str, ...] = ()  # name, value, name, value
    parts: "tuple[str | Element, ...]" = ()

    @property
    def attributes(self) -> dict[str, str]:
        """Values by local name."""
        return dict(zip(self.said[::2], self.said[1::2], strict=True))

    def get(self, name: str, other: str = "") -> str:
        """One of its values; `other` when it has none by that name."""
        names = self.said[::2]
        return self.said[2 * names.index(name) + 1] if name in names else other

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
        text = "".join(self._letters())
        if self.keeps_spaces:
            return text
        return "\n".join(" ".join(line.split()) for line in text.strip().splitlines())

    def _letters(self) -> Iterator[str]:
        """Its texts, no longer than anybody looks at."""
        room = MAX_RAW
        for part in self.parts:
            if isinstance(part, str) and room > 0:
                yield part[:room]
                room -= len(part)

    @property
    def keeps_spaces(self) -> bool:
        """Whether every space in it was meant (`xml:space`)."""
        return self.get("space") == "preserve"

    def required(self, name: str) -> str:
        """An attribute that must be there."""
        value = self.get(name).strip()
        if not value:
            raise MapFileError(
                _l("Line %(line)s: “%(element)s” has no “%(attribute)s”."),
                {"line": self.line, "element": self.tag[:80], "attribute": name},
            )
        return value


def read_xml(data: bytes, root: str, most: Mapping[str, int] = _NO_LIMITS) -> Element:
    """The tree of an XML document whose outermost element is `root`; `most` of an element may be there."""
    try:
        known, encoding = _with_known_letters(data)
        _refuse_swarms(known)
        with without_rubbish():
            top = _Builder(most, encoding).read(known)
    except MapFileError:
        raise
    except (ValueError, LookupError) as error:
        raise MapFileError(
            _l("We do not know the letters of this file. Save it as UTF-8 and try again.")
        ) from error
    if top.tag.lower() != root:
        raise MapFileError(
            _l("Line %(line)s: the file begins with “%(found)s”, but “%(expected)s” was expected."),
            {"line": top.line, "found": top.tag[:80], "expected": root},
        )
    return top


def _refuse_swarms(data: bytes) -> None:
    """Say no at a glance to what would keep the parser busy for seconds."""
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
    """Builds the tree while the file is parsed, and stops at once when it is too much.

    It hears expat itself, past the parser that keeps out entities: that takes half the time.
    """

    def __init__(self, most: Mapping[str, int], encoding: str | None) -> None:
        self._top: Element | None = None
        self._open: list[Element] = []
        self._inside: list[list[str | Element]] = []
        # One more than that: a topic may only say what the map is called.
        self._room = {tag: limit + 1 for tag, limit in most.items()}
        self._most = most
        self._count = 0
        self._values = 0
        self._names: dict[str, str] = {}  # local names by those that the parser gives
        self._parser: Any = DefusedXMLParser(target=self, forbid_dtd=True, encoding=encoding)
        self._expat: Any = self._parser.parser
        self._expat.DefaultHandlerExpand = None
        self._expat.StartElementHandler = self._start
        self._expat.EndElementHandler = self._end
        self._expat.CharacterDataHandler = self._data
        self._expat.StartNamespaceDeclHandler = self._namespace

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
        finally:
            # They know each other: without this, a refused file stays in memory until somebody cleans up.
            self._parser = self._expat = None
        if self._top is None:
            raise MapFileError(_l("This file is empty."))
        return self._top

    def close(self) -> None:
        """The document ends."""

    def _start(self, tag: str, said: list[str]) -> None:
        local = self._names.get(tag) or self._local(tag)
        self._count += 1
        self._values += len(said) // 2
        if self._count > MAX_ELEMENTS or self._values > MAX_VALUES:
            raise MapFileError(_l("This file holds more than %(limit)s parts."), {"limit": MAX_ELEMENTS})
        if local in self._room:
            self._take(local)
        if len(self._open) >= MAX_DEPTH:
            raise MapFileError(
                _l("Line %(line)s: things are nested more than %(limit)s deep."),
                {"line": self._line(), "limit": MAX_DEPTH},
            )
        element = Element(local, self._expat.CurrentLineNumber)
        if said:
            said[::2] = [self._names.get(name) or self._local(name) for name in said[::2]]
            element.said = tuple(said)
        if self._inside:
            self._inside[-1].append(element)
        elif self._top is None:
            self._top = element
        self._open.append(element)
        self._inside.append([])

    def _take(self, local: str) -> None:
        self._room[local] -= 1
        if self._room[local] < 0:
            sentence = (
                _l("This file holds more than %(limit)s links.")
                if local in _LINKS
                else _l("This file holds more than %(limit)s items.")
            )
            raise MapFileError(sentence, {"limit": self._most[local]})

    def _end(self, _tag: str) -> None:
        element, inside = self._open.pop(), self._inside.pop()
        if inside:
            element.parts = tuple(inside)

    def _data(self, text: str) -> None:
        if self._inside:
            self._inside[-1].append(text)

    def _namespace(self, prefix: str | None, address: str | None) -> None:
        """Each is one more name to remember, and the parser says it before every name it is about."""
        if len(address or "") > MAX_ADDRESS:
            raise MapFileError(
                _l("Line %(line)s: a text here is longer than %(limit)s letters."),
                {"line": self._line(), "limit": MAX_ADDRESS},
            )
        self._local(f"{prefix} {address}")

    def _local(self, name: str) -> str:
        if len(self._names) >= MAX_NAMES:
            raise MapFileError(
                _l("This file has more than %(limit)s names for its parts."), {"limit": MAX_NAMES}
            )
        return self._names.setdefault(name, name.rpartition("}")[2])

    def _line(self) -> int:
        return int(self._expat.CurrentLineNumber)


def _with_known_letters(data: bytes) -> tuple[bytes, str | None]:
    """Bytes in which a "<" is one byte, and how to read them where they themselves say otherwise or nothing.

    Older mindmaps are in Western European letters without saying so.
    """
    wide = _WIDE.get(data[:2])
    if wide:
        return _in_utf_8(data, wide), "utf-8"
    start = data.lstrip()
    if b"encoding" in start[:200].partition(b"?>")[0]:
        return (start if start.startswith(b"<") else data), None
    try:
        start.decode("utf-8")
    except UnicodeDecodeError:
        return start.decode("cp1252", "replace").encode(), None
    return start, None


def _in_utf_8(data: bytes, encoding: str) -> bytes:
    """The same letters, a piece at a time: all of them at once would take four bytes each."""
    decoder = getincrementaldecoder(encoding)()
    pieces = (
        decoder.decode(data[at : at + _PIECE], final=at + _PIECE >= len(data)).encode()
        for at in range(0, len(data), _PIECE)
    )
    return b"".join(pieces).removeprefix(BOM_UTF8).lstrip()
