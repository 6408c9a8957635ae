"""What all pictures of answers share: rounds with their names, groups of people, points and tables."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel.dates import format_date
from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _
from markupsafe import Markup

from cocreate.core.i18n import current_language
from cocreate.indicators.drawing import RoundName, mark_svg
from cocreate.indicators.figures import Figure, in_tenths
from cocreate.indicators.models import Round
from cocreate.indicators.queries.figures import Line
from cocreate.indicators.queries.shown import Shown
from cocreate.spaces.queries import VoiceFacts

MOST_LONG_NAMES = 4  # rounds; more have room for a number only
OTHERS = "others"  # the key of people who are shown together with other voices
Parts = tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """A round as it is named on the page."""

    name: str
    short: str
    when: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Whose answers: a voice, small voices together (others), or all together (without a key)."""

    key: str
    css: str
    name: str


@dataclass(frozen=True, slots=True)
class Scene:
    """What the pictures of one page have in common."""

    rounds: Sequence[RoundFacts]
    voices: Mapping[str, VoiceFacts]

    def groups(self, line: Line) -> list[Group]:
        """The voices that are shown anywhere in a line, in the order of the space; all together first."""
        there = {voice for shown in line.by_round if shown for voice in shown.figures.by_voice}
        found = [Group("", "", _("All together"))]
        found += [Group(key, each.css, each.name) for key, each in self.voices.items() if key in there]
        if None in there:
            found.append(Group(OTHERS, "", _("Smaller groups together")))
        return found

    def rows(self, line: Line) -> Iterator[tuple[RoundFacts, Group, Parts]]:
        """Everything that is shown of a line, round by round."""
        for each, shown in zip(self.rounds, line.by_round, strict=True):
            for group in self.groups(line):
                parts = parts_of(shown, group)
                if parts:
                    yield each, group, parts

    def names(self, line: Line) -> list[RoundName]:
        """The rounds as they stand under a picture, with how many people each of them is about."""
        found = []
        for each, shown, is_asked in zip(self.rounds, line.by_round, line.is_asked, strict=True):
            parts = parts_of(shown, ALL)
            people = str(parts[0].n) if parts else ""
            name = each.name if len(self.rounds) <= MOST_LONG_NAMES else each.short
            found.append(RoundName(name, each.when, people, is_asked))
        return found


@dataclass(frozen=True, slots=True)
class Point:
    """What is said of one round in a few words: of how many people, or why nothing."""

    name: str
    when: str
    value: str = ""
    note: str = ""
    people: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, what it is called, how it is read, and what its marks mean."""

    title: str
    svg: Markup
    how: str
    legend: Sequence[tuple[Markup, str]] = ()
    ends: str = ""


@dataclass(frozen=True, slots=True)
class Drawn:
    """All that is shown of one question."""

    points: Sequence[Point]
    pictures: Sequence[Picture] = ()
    head: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = field(default_factory=tuple)


ALL = Group("", "", "")


def scene_of(rounds: Sequence[Round], voices: Sequence[VoiceFacts], timezone: str) -> Scene:
    """The rounds and voices of a page, named in its language."""
    return Scene(
        [
            RoundFacts(
                round_name(each.number),
                str(each.number),
                _day(each.opened_at, timezone),
                each.closed_at is None,
            )
            for each in rounds
        ],
        {voice.key: voice for voice in voices},
    )


def round_name(number: int) -> str:
    """The baseline, or which round."""
    return str(_("Baseline")) if number == 0 else str(_("Round %(number)s", number=number))


def _day(at: datetime, timezone: str) -> str:
    return str(format_date(at.astimezone(ZoneInfo(timezone)), "d MMM yy", locale=current_language()))


def parts_of(shown: Shown | None, group: Group) -> Parts:
    """The figures of a group in one round, part by part; nothing when they may not be shown."""
    if shown is None:
        return ()
    if not group.key:
        return shown.figures.together
    return shown.figures.by_voice.get(None if group.key == OTHERS else group.key, ())


def points_of(scene: Scene, line: Line, say: Callable[[Parts], tuple[str, str]]) -> list[Point]:
    """What is said of each round: `say` gives what stands large, and a few words beside it."""
    found = []
    for each, shown, is_asked in zip(scene.rounds, line.by_round, line.is_asked, strict=True):
        parts = parts_of(shown, ALL)
        if not is_asked:
            found.append(Point(each.name, each.when, note=str(_("not asked like this"))))
        elif parts:
            value, note = say(parts)
            found.append(Point(each.name, each.when, value, note, parts[0].n))
        else:
            found.append(Point(each.name, each.when, note=too_few(each)))
    return found


def too_few(round_: RoundFacts) -> str:
    """Why nothing is shown of a round."""
    return str(_("Not enough people to show yet") if round_.is_open else _("Not enough people to show"))


def people(number: int) -> str:
    """How many people."""
    return str(ngettext("%(num)s person", "%(num)s people", number))


def mean_told(number: float | Decimal) -> str:
    """A mean, with one decimal."""
    return str(format_decimal(in_tenths(number), "0.0"))


def plain(number: float) -> str:
    """A number as short as it can be written."""
    return str(format_decimal(number, "0.#"))


def keys_of(groups: Sequence[Group]) -> list[tuple[Markup, str]]:
    """A legend of marks."""
    return [(Markup(mark_svg(each.key, each.css)), each.name) for each in groups]  # noqa: S704 (it escapes)


def not_told() -> str:
    """Why a figure has no number."""
    return str(_("not shown, so that nobody is recognised"))
