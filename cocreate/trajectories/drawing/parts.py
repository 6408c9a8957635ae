"""A drawn picture taken apart: what lies where, what it says, and parts of it on a piece of paper."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple, Self
from xml.etree.ElementTree import Element, tostring

from defusedxml.ElementTree import fromstring

from cocreate.trajectories.drawing.markup import n

NAMESPACE: Final = "http://www.w3.org/2000/svg"
# By name, because what sets type on paper knows no `system-ui`; the first that the machine has is taken.
FONTS: Final = ("Noto Sans", "DejaVu Sans", "Liberation Sans", "Arial")
AROUND_NODE: Final = (130.0, 72.0)  # px from the middle of a node to what may still belong to it
AROUND_EDGE: Final = 70.0  # px around a line: its words and its end
_NUMBER: Final = re.compile(r"-?\d+(?:\.\d+)?")


class Window(NamedTuple):
    """A rectangle of a picture, in px."""

    x: float
    y: float
    width: float
    height: float

    def meets(self, other: "Window") -> bool:
        """Whether the two have something in common."""
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as its elements; reading it again leaves the string alone."""

    root: Element
    view: Window
    groups: tuple[tuple[Element, list[tuple[Window, Element]]], ...]  # each part with where it lies

    @classmethod
    def read(cls, svg: str) -> Self:
        """Take apart what `picture_svg` drew."""
        # Without the namespace its elements have short names, and come back without prefixes.
        root: Element = fromstring(svg.replace(f' xmlns="{NAMESPACE}"', "", 1))
        view = Window(*(float(part) for part in root.attrib["viewBox"].split()))
        groups = ((group, [(_place(part), part) for part in group]) for group in root.iterfind("g"))
        return cls(root, view, tuple(groups))

    def smallest_letter(self) -> float:
        """The size in px of the smallest words in it."""
        sizes = (float(text.get("font-size", "12")) for text in self.root.iter("text"))
        return min(sizes, default=12.0)

    def lines(self) -> Iterator[str]:
        """What each node says, as far as it fits in its box."""
        for text in self.root.iterfind("g[@class='nodes']/g/text[@class='words']"):
            yield " ".join("".join(line.itertext()) for line in text)

    def is_empty(self, window: Window) -> bool:
        """Whether nothing of it lies in the window."""
        return not any(place.meets(window) for _, parts in self.groups for place, _ in parts)

    def drawn_on(self, window: Window, *, wordless: bool = False) -> str:
        """What of it lies in the window, as a picture of its own; `wordless`: the shapes only."""
        root = Element("svg", {**self.root.attrib, "xmlns": NAMESPACE, "font-family": ", ".join(FONTS)})
        for name, value in {
            "viewBox": " ".join(map(n, window)),
            "width": n(window.width),
            "height": n(window.height),
        }.items():
            root.set(name, value)
        for group, parts in self.groups:
            kept = Element("g", group.attrib)
            kept.extend(_bare(part, wordless) for place, part in parts if place.meets(window))
            root.append(kept)
        return str(tostring(root, encoding="unicode"))


def _bare(part: Element, wordless: bool) -> Element:
    """A part without its tooltip, which paper cannot show, and without words when none are wanted."""
    left_out = {"title", "text"} if wordless else {"title"}
    if not any(inner.tag in left_out for inner in part):
        return part
    bare = Element(part.tag, part.attrib)
    bare.extend(_bare(inner, wordless) for inner in part if inner.tag not in left_out)
    return bare


def _place(part: Element) -> Window:
    """Where a node or a step lies, generously."""
    if part.get("transform"):
        x, y = (float(number) for number in _NUMBER.findall(part.attrib["transform"])[:2])
        across, down = AROUND_NODE
        return Window(x - across, y - down, 2 * across, 2 * down)
    numbers = [float(number) for path in part.iter("path") for number in _NUMBER.findall(path.get("d", ""))]
    left, top = min(numbers[::2], default=0.0), min(numbers[1::2], default=0.0)
    width, height = max(numbers[::2], default=0.0) - left, max(numbers[1::2], default=0.0) - top
    pad = AROUND_EDGE
    return Window(left - pad, top - pad, width + 2 * pad, height + 2 * pad)
