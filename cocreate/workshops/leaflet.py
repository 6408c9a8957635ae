"""The harvest as a leaflet: what `leaflet.typ` sets on A4, in the words of the page and of its reader."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any, Final

from flask import current_app
from flask_babel import gettext as _
from flask_babel import ngettext

from cocreate.core.i18n import current_language
from cocreate.impacts.queries import Answers
from cocreate.impacts.rules import Position, Realism, Tally
from cocreate.indicators.queries.ballots import Paper
from cocreate.replies.words import check_words, mood_words
from cocreate.spaces.queries import SpaceFacts
from cocreate.spaces.vocabulary import word
from cocreate.trajectories.drawing.parts import FONTS
from cocreate.trajectories.drawing.standalone import whole_svg
from cocreate.trajectories.faces import picture_of
from cocreate.workshops.models import Workshop
from cocreate.workshops.queries.harvest import Harvest, Wish
from cocreate.workshops.queries.quotes import Quote, ReadBack, Shelf
from cocreate.workshops.queries.results import Moods, Result, Vote
from cocreate.workshops.words import step_question, step_title, who_chose

TEMPLATE: Final = Path(__file__).with_name("leaflet.typ")
Section = dict[str, Any]
Item = dict[str, Any]
Split = Mapping[StrEnum, int]


def leaflet(workshop: Workshop, harvest: Harvest, space: SpaceFacts, below: str) -> dict[str, Any]:
    """The plan: the head, and sections of quotes; the map last, as large as a page."""
    drawn = picture_of(harvest.map) if harvest.map else None
    return {
        "title": workshop.title,
        "below": below,
        "wait": "" if workshop.closed_at else until_now_words(),
        "language": current_language(),
        "fonts": FONTS,
        "sections": [each for each in _sections(workshop, harvest, space) if each["items"] or each["note"]],
        "aside": set_aside_words(harvest),
        "map": {"title": _("Our map"), "note": stops_later_words(harvest), "svg": whole_svg(drawn)}
        if drawn
        else None,
        "foot": _("For the people who were there. What somebody takes back is not in a new copy."),
    }


def _sections(workshop: Workshop, harvest: Harvest, space: SpaceFacts) -> Iterable[Section]:
    shelves = harvest.shelves
    yield _text(_("What happens next"), workshop.what_next)
    yield _text(_("Who was there"), " · ".join(heard_in(harvest)))
    yield _text(_("Who was not there"), " · ".join(voice.name for voice in harvest.missing))
    wishes = partial(_wish, space=space)
    yield _section(_("What we agreed"), map(wishes, harvest.agreed))
    yield _section(_("Agreed after the meeting"), map(wishes, harvest.agreed_later))
    yield _section(_("What somebody objects to"), map(wishes, harvest.objected))
    yield _shelf(_("What was promised"), shelves["commitment"])
    yield _section(_("Read back together"), map(_read_back, harvest.read_back))
    yield _shelf(_("Moments that were told"), shelves["moment"])
    yield _shelf(word("working_factor", space), shelves["working_factor"])
    yield _section(word("impact", space), map(wishes, harvest.open), private_words(shelves["impact"]))
    yield _shelf(word("indicator", space), shelves["indicator"])
    yield from _chosen(harvest, space)
    for step, shelf in harvest.answers:
        yield _shelf(step_question(step), shelf)
    for result in harvest.results:
        yield _section(step_title(result.step), _result(result))
    if harvest.is_empty:
        yield _section(
            _("Nothing was told that others may read"), (), _("What people keep for themselves is not here.")
        )


def _chosen(harvest: Harvest, space: SpaceFacts) -> Iterable[Section]:
    said, paper = harvest.chosen, harvest.choice.counted
    if harvest.choice.uncounted:
        said, paper = [uncounted_words(harvest.choice.uncounted, space)], harvest.choice.uncounted
    if said and paper:
        yield _section(_("Chosen together"), [{"said": words} for words in said], who_chose(paper))


def heard_in(harvest: Harvest) -> list[str]:
    """Who was there, by voice."""
    found = [
        ngettext("%(voice)s: %(num)s person", "%(voice)s: %(num)s people", count, voice=voice.name)
        for voice, count in harvest.present
    ]
    if harvest.without_voice:
        found.append(
            ngettext(
                "Without a voice: %(num)s person", "Without a voice: %(num)s people", harvest.without_voice
            )
        )
    return found


def until_now_words() -> str:
    """That the meeting still goes on."""
    words: str = _(
        "This is how it looks until now. People who were there read it when the meeting is closed."
    )
    return words


def private_words(shelf: Shelf) -> str:
    """How much stays with who told it, and is not here."""
    if not shelf.private:
        return ""
    words: str
    if shelf.quotes:
        words = ngettext(
            "One more was told, which stays with who told it.",
            "%(num)s more were told, which stay with who told them.",
            shelf.private,
        )
    else:
        words = ngettext(
            "One thing was told, which stays with who told it.",
            "%(num)s things were told, which stay with who told them.",
            shelf.private,
        )
    return words


def set_aside_words(harvest: Harvest) -> str:
    """How much of everything who leads set aside: never what it is, nor where it stood."""
    if not harvest.set_aside:
        return ""
    words: str = ngettext(
        "Who leads set one thing aside. It is not here. Who told it can read why.",
        "Who leads set %(num)s things aside. They are not here. Who told them can read why.",
        harvest.set_aside,
    )
    return words


def agreed_later_words(wish: Wish, space: SpaceFacts) -> str:
    """Since when it is agreed, where that was after the meeting."""
    if wish.agreed_later is None:
        return ""
    words: str = _("Agreed since %(day)s, after the meeting.", day=_day(wish.agreed_later, space))
    return words


def uncounted_words(paper: Paper, space: SpaceFacts) -> str:
    """That the room chose, and nobody had counted it when the meeting closed."""
    words: str = _("What people chose is not counted yet.")
    if paper.choosing.closed_at:
        day = _day(paper.choosing.closed_at, space)
        words = _("What people chose was counted after the meeting, on %(day)s.", day=day)
    return words


def stops_later_words(harvest: Harvest) -> str:
    """How many stops came onto the map after the meeting."""
    if not harvest.stops_later:
        return ""
    words: str = ngettext(
        "This is the map as it was when the meeting closed. One stop came later.",
        "This is the map as it was when the meeting closed. %(num)s stops came later.",
        harvest.stops_later,
    )
    return words


def _day(when: datetime, space: SpaceFacts) -> str:
    return str(current_app.jinja_env.filters["local_date"](when, space.timezone))


def _text(heading: str, text: str) -> Section:
    return _section(heading, [{"said": text}] if text else [])


def _shelf(heading: str, shelf: Shelf) -> Section:
    return _section(heading, _quotes(shelf), private_words(shelf))


def _section(heading: str, items: Iterable[Item], note: str = "") -> Section:
    return {"heading": heading, "items": list(items), "note": note}


def _quotes(shelf: Shelf) -> Iterable[Item]:
    for heading, quotes in shelf.groups:
        for place, quote in enumerate(quotes):
            yield {**_quote(quote), "under": heading if place == 0 else ""}


def _quote(quote: Quote, *also: str) -> Item:
    first, *more = quote.words
    by_on = quote.facts.get("by_on")
    if by_on:
        more.append(_("by %(day)s", day=current_app.jinja_env.filters["day_words"](by_on)))
    who = [quote.signed, quote.voice.name if quote.voice else None, *also]
    return {"quote": first, "more": more, "by": ", ".join(filter(None, who))}


def _wish(wish: Wish, space: SpaceFacts) -> Item:
    missing = ", ".join(voice.name for voice in wish.missing)
    return {
        "quote": wish.statement,
        "more": [since] if (since := agreed_later_words(wish, space)) else [],
        "by": f"{_('Proposed by')} {wish.voice.name}" if wish.voice else "",
        "rows": _stands(wish.stands),
        "others": [_quote(each, _("objects")) for each in wish.objections],
        "after": _("Not heard yet: %(voices)s", voices=missing) if missing else "",
    }


def _stands(stands: Answers) -> list[tuple[str, str]]:
    rows = [(voice.name, _counts(tally)) for voice, tally in stands.by_voice]
    is_more = len(rows) > 1 and stands.overall.split
    return [(_("All together"), _counts(stands.overall)), *rows] if is_more else rows


def _counts(tally: Tally) -> str:
    words: str
    if not tally.split:
        words = ngettext("%(num)s person took a stance", "%(num)s people took a stance", tally.total)
        return words
    words = _(
        "%(yes)s for · %(no)s object · %(unsure)s don't know",
        yes=tally.split[Position.FOR],
        no=tally.split[Position.OBJECTION],
        unsure=tally.split[Position.DONT_KNOW],
    )
    if tally.missing:
        words += " · " + ngettext(
            "%(num)s more person took a stance", "%(num)s more people took a stance", tally.missing
        )
    return words


def answered_words(shown: Mapping[str, int]) -> str:
    """How many people answered what to a sentence that was read back."""
    words = check_words()
    return " · ".join(f"{words[answer]}: {count}" for answer, count in shown.items())


def _read_back(each: ReadBack) -> Item:
    return {
        "quote": each.text,
        "more": [answered_words(each.shown)] if each.shown else [],
        "others": [_quote(other) for other in each.others],
    }


def _result(result: Result) -> Iterable[Item]:
    if result.moods is not None:
        return [_moods(result.moods)]
    shown = [_vote(vote) for vote in result.votes if vote.is_shown]
    return shown or [{"said": _("Not enough people to show.")}]


def _moods(moods: Moods) -> Item:
    if not moods.shown:
        return {"said": _("Not enough people to show.")}
    rows = [(words, str(moods.shown[mood])) for mood, words in mood_words().items() if mood in moods.shown]
    others = ngettext(
        "%(num)s person answered something else.", "%(num)s people answered something else.", moods.others
    )
    return {"rows": rows, "after": others if moods.others else ""}


def _vote(vote: Vote) -> Item:
    by_voice = vote.answers.by_voice
    rows = [(voice.name, _fair(tally, tally.split)) for voice, tally in by_voice if tally.split]
    few = ", ".join(voice.name for voice, tally in by_voice if not tally.is_shown)
    overall = vote.answers.overall
    if len(by_voice) > 1 and overall.split:
        rows.append((_("All together"), _fair(overall, overall.split)))
    return {
        "quote": vote.words,
        "rows": rows,
        "after": _("Not enough people to show: %(voices)s", voices=few) if few else "",
    }


def _fair(tally: Tally, split: Split) -> str:
    words: str = _(
        "%(fair)s fair · %(big)s too much · %(small)s too little · %(unsure)s don't know",
        fair=split[Realism.FAIR],
        big=split[Realism.TOO_BIG],
        small=split[Realism.TOO_SMALL],
        unsure=split[Realism.DONT_KNOW],
    )
    if tally.missing:
        words += " · " + ngettext(
            "%(num)s more person answered", "%(num)s more people answered", tally.missing
        )
    return words
