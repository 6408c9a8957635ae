"""A map on paper for the wall: one large sheet, or several to glue together; and the same as one picture.

Everything here is a plan in points (1/72 inch) for `wall.typ`, which sets it; nothing here knows what does.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from pathlib import Path
from typing import Any, Final, NamedTuple

from cocreate.trajectories.drawing.parts import FONTS, Picture, Window
from cocreate.trajectories.drawing.words import seen, width_of

TEMPLATE: Final = Path(__file__).with_name("wall.typ")
MM: Final = 72 / 25.4
SHORT, LONG = 297 * MM, 420 * MM  # of A3
MARGIN: Final = 12 * MM
OVERLAP: Final = 12 * MM  # of sheets that are glued together
STRIP: Final = 7 * MM  # below a sheet, for its name
LEAST_LETTER: Final = 6.0  # pt; below that a map for the wall needs more sheets
LARGEST: Final = 1.7  # pt for a px, so that a map of three stops is not shouted
COLUMN, ROW, HEADING = 56 * MM, 7.4 * MM, 7 * MM  # of the legend
GAP: Final = 7 * MM
TITLE, BELOW = 26.0, 11.0  # letters
PNG_PX: Final = 2.0  # pixels for a px of the picture
PNG_SIDE: Final = 8_000  # pixels
PNG_AREA: Final = 32_000_000  # pixels; they take four bytes each while they are drawn
PX: Final = 0.75  # pt
LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Entry(NamedTuple):
    """One line of the legend: a sample, and what it stands for."""

    svg: str
    text: str


@dataclass(frozen=True, slots=True)
class Words:
    """What stands on the paper besides the map, in the language of the reader."""

    title: str
    below: str
    description: str
    language: str
    in_full: str  # above the texts that did not fit in their boxes
    glue: str  # how sheets become one map
    sheet: str  # below a sheet, with {name}, {number} and {count} where they come
    legend: Mapping[str, Sequence[Entry]]


class Paper(NamedTuple):
    """A page, in pt; `scale` is how much larger than on A3 everything but the picture is."""

    width: float
    height: float
    margin: float
    scale: float = 1.0

    @property
    def across(self) -> float:
        """What can be printed on, from left to right."""
        return self.width - 2 * self.margin


def wall(svg: str, texts: Sequence[str], words: Words) -> dict[str, Any]:
    """One A3 page, or a first page and sheets to glue when the smallest words were below 6 pt."""
    picture = Picture.read(svg)
    is_tall = picture.view.height > picture.view.width
    paper = Paper(SHORT, LONG, MARGIN) if is_tall else Paper(LONG, SHORT, MARGIN)
    frame = _frame(words, paper)
    room = paper.height - 2 * MARGIN - frame["head"] - frame["foot"] - 2 * GAP
    scale = min(paper.across / picture.view.width, room / picture.view.height, LARGEST)
    plan = frame | {"rest": {"name": words.in_full, "texts": _cut(picture, texts)}}
    if scale * picture.smallest_letter() >= LEAST_LETTER:
        return plan | {"whole": _drawn(picture, picture.view, scale)}
    grid = min(_grids(picture), key=lambda each: (len(each.windows), -each.scale))
    return plan | _sheets(picture, grid, words) | {"overview": _overview(picture, grid, paper, room)}


def poster(svg: str, words: Words) -> tuple[dict[str, Any], float]:
    """The picture with its title and legend on a page of its own size, and for that page pixels per inch."""
    picture = Picture.read(svg)
    width, height = picture.view.width * PX, picture.view.height * PX
    grown = min(max(width / 900, 1.0), 4.0)
    margin = 18 * grown
    least = COLUMN * grown * max(len(words.legend), 1)
    paper = Paper(max(width, least) + 2 * margin, 0, margin, grown)
    frame = _frame(words, paper)
    tall = height + frame["head"] + frame["foot"] + 2 * GAP * grown + 2 * margin
    frame["paper"]["height"] = tall
    most = min(PNG_SIDE / max(paper.width, tall), sqrt(PNG_AREA / (paper.width * tall)))
    ppi = 72 * min(PNG_PX / PX, most)
    return frame | {"whole": _drawn(picture, picture.view, PX), "rest": {"name": "", "texts": []}}, ppi


def _frame(words: Words, paper: Paper) -> dict[str, Any]:
    """Paper, title and legend, and how high the last two are."""
    grown = paper.scale
    title = seen(words.title)
    size = next((size for size in (TITLE, 20.0) if width_of(title, size * grown) <= paper.across), 16.0)
    lines = ceil(width_of(title, size * grown) / paper.across)
    rows = _rows(words.legend, paper.across / (COLUMN * grown))
    return {
        "title": title,
        "below": seen(words.below),
        "alt": seen(words.description),
        "language": words.language,
        "fonts": FONTS,
        "paper": paper._asdict(),
        "letters": {"title": size * grown, "below": BELOW * grown},
        "gap": GAP * grown,
        "legend": {
            "column": COLUMN * grown,
            "row": ROW * grown,
            "heading": HEADING * grown,
            "groups": [
                {"name": name, "columns": [_entries(part) for part in _split(entries, rows)]}
                for name, entries in words.legend.items()
            ],
        },
        "head": (lines * size * 1.25 + BELOW * 1.6) * grown,
        "foot": (HEADING + rows * ROW) * grown if words.legend else 0.0,
    }


def _rows(legend: Mapping[str, Sequence[Entry]], columns: float) -> int:
    """The fewest rows with which the legend fits in so many columns."""
    most = max(map(len, legend.values()), default=0)
    for rows in range(1, most):
        if sum(ceil(len(entries) / rows) for entries in legend.values()) <= columns:
            return rows
    return most


def _split(entries: Sequence[Entry], rows: int) -> Iterator[Sequence[Entry]]:
    columns = ceil(len(entries) / rows)
    even = ceil(len(entries) / columns)
    return (entries[start : start + even] for start in range(0, len(entries), even))


def _entries(entries: Sequence[Entry]) -> list[dict[str, str]]:
    return [{"svg": entry.svg, "text": seen(entry.text)} for entry in entries]


def _drawn(picture: Picture, window: Window, scale: float, *, wordless: bool = False) -> dict[str, Any]:
    return {
        "svg": picture.drawn_on(window, wordless=wordless),
        "width": window.width * scale,
        "height": window.height * scale,
    }


def _cut(picture: Picture, texts: Sequence[str]) -> list[str]:
    """The texts of which the picture shows a part only."""
    whole = {_squeezed(line) for line in picture.lines()}
    return [said for said in map(seen, texts) if _squeezed(said) not in whole]


def _squeezed(text: str) -> str:
    return text.replace("-", "").replace(" ", "")


class _Grid(NamedTuple):
    """Sheets that together hold a picture: each a window on it, by its name."""

    paper: Paper
    scale: float  # pt for a px
    windows: dict[str, Window]


def _grids(picture: Picture) -> Iterator[_Grid]:
    """The sheets needed with the paper lying, and with the paper standing."""
    least = LEAST_LETTER / picture.smallest_letter()
    for paper in (Paper(LONG, SHORT, MARGIN), Paper(SHORT, LONG, MARGIN)):
        across, down = paper.across, paper.height - 2 * MARGIN - STRIP
        columns = max(ceil((picture.view.width * least - OVERLAP) / (across - OVERLAP)), 1)
        rows = max(ceil((picture.view.height * least - OVERLAP) / (down - OVERLAP)), 1)
        # What is left over on the last sheets makes all of it larger.
        wide, high = columns * (across - OVERLAP) + OVERLAP, rows * (down - OVERLAP) + OVERLAP
        scale = min(wide / picture.view.width, high / picture.view.height, LARGEST)
        left = picture.view.x - (wide / scale - picture.view.width) / 2
        top = picture.view.y - (high / scale - picture.view.height) / 2
        windows = {
            f"{_letter(row)}{column + 1}": Window(
                left + column * (across - OVERLAP) / scale,
                top + row * (down - OVERLAP) / scale,
                across / scale,
                down / scale,
            )
            for row in range(rows)
            for column in range(columns)
        }
        kept = {name: window for name, window in windows.items() if not picture.is_empty(window)}
        yield _Grid(paper, scale, kept)


def _letter(row: int) -> str:
    return LETTERS[row % 26] * (row // 26 + 1)


def _sheets(picture: Picture, grid: _Grid, words: Words) -> dict[str, Any]:
    count = len(grid.windows)
    sheets = [
        _drawn(picture, window, grid.scale)
        | {"label": words.sheet.format(name=name, number=number, count=count)}
        for number, (name, window) in enumerate(grid.windows.items(), 1)
    ]
    return {"sheets": sheets, "sheet_paper": grid.paper._asdict(), "overlap": OVERLAP, "glue": words.glue}


def _overview(picture: Picture, grid: _Grid, paper: Paper, room: float) -> dict[str, Any]:
    """The whole picture without words, and where on it each sheet lies."""
    windows = grid.windows.values()
    left, top = min(each.x for each in windows), min(each.y for each in windows)
    whole = Window(
        left,
        top,
        max(each.x + each.width for each in windows) - left,
        max(each.y + each.height for each in windows) - top,
    )
    scale = min(paper.across / whole.width, (room - 3 * BELOW) / whole.height)
    sheets = [
        {
            "name": name,
            "x": (each.x - left) * scale,
            "y": (each.y - top) * scale,
            "width": each.width * scale,
            "height": each.height * scale,
        }
        for name, each in grid.windows.items()
    ]
    return _drawn(picture, whole, scale, wordless=True) | {"sheets": sheets}
