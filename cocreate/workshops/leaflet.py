"""The harvest as a leaflet: what `leaflet.typ` sets on A4, in the reader's language."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import ngettext

from cocreate.core.i18n import current_language
from cocreate.impacts.rules import Position
from cocreate.trajectories.drawing.parts import FONTS
from cocreate.trajectories.drawing.standalone import whole_svg
from cocreate.trajectories.faces import picture_of
from cocreate.workshops.models import Workshop
from cocreate.workshops.queries.harvest import Harvest, Quote, Shelf, Wish
from cocreate.workshops.words import activity_name, step_question

TEMPLATE: Final = Path(__file__).with_name("leaflet.typ")
Section = dict[str, Any]


def leaflet(workshop: Workshop, harvest: Harvest, below: str) -> dict[str, Any]:
    """The plan: the head, and sections of quotes; the map last, as large as a page."""
    drawn = picture_of(harvest.map) if harvest.map else None
    sections = [
        _text(_("What happens next"), workshop.what_next),
        *_present(harvest),
        _section(_("What we agreed"), map(_wish, harvest.agreed)),
        _section(_("What somebody objects to"), map(_wish, harvest.objected)),
        _section(_("What was promised"), _quotes(harvest.shelves["commitment"])),
        _section(_("Read back together"), ({"said": words} for words in harvest.summaries)),
        _shelf(_("Moments that were told"), harvest.shelves["moment"]),
        _shelf(activity_name("factors"), harvest.shelves["working_factor"]),
        _section(activity_name("impacts"), map(_wish, harvest.open)),
        _shelf(activity_name("indicators"), harvest.shelves["indicator"]),
        _section(_("Chosen together"), ({"said": words} for words in harvest.chosen)),
        *_answers(workshop, harvest),
    ]
    return {
        "title": workshop.title,
        "below": below,
        "language": current_language(),
        "fonts": FONTS,
        "sections": [section for section in sections if section["items"]],
        "map": {"title": activity_name("map"), "svg": whole_svg(drawn)} if drawn else None,
        "foot": _("For the people who were there. What somebody takes back is not in a new copy."),
    }


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


def private_words(shelf: Shelf) -> str:
    """How much stays with who told it, and is not here."""
    if not shelf.private:
        return ""
    words: str = ngettext(
        "One more was told, which stays with who told it.",
        "%(num)s more were told, which stay with who told them.",
        shelf.private,
    )
    return words


def _present(harvest: Harvest) -> Iterable[Section]:
    yield _text(_("Who was there"), " · ".join(heard_in(harvest)))
    yield _text(_("Who was not there"), " · ".join(voice.name for voice in harvest.missing))


def _answers(workshop: Workshop, harvest: Harvest) -> Iterable[Section]:
    for step, shelf in harvest.replies_by_step(workshop.steps):
        yield _shelf(step_question(step), shelf)


def _text(heading: str, text: str) -> Section:
    return _section(heading, [{"said": text}] if text else [])


def _shelf(heading: str, shelf: Shelf) -> Section:
    return {**_section(heading, _quotes(shelf)), "note": private_words(shelf)}


def _section(heading: str, items: Iterable[dict[str, Any]]) -> Section:
    return {"heading": heading, "items": list(items), "note": ""}


def _quotes(shelf: Shelf) -> Iterable[dict[str, Any]]:
    for heading, quotes in shelf.groups:
        for place, quote in enumerate(quotes):
            yield {**_quote(quote), "under": heading if place == 0 else ""}


def _quote(quote: Quote) -> dict[str, Any]:
    first, *more = quote.words
    who = [quote.signed, quote.voice.name if quote.voice else None]
    return {"quote": first, "more": more, "by": ", ".join(filter(None, who))}


def _wish(wish: Wish) -> dict[str, Any]:
    missing = ", ".join(voice.name for voice in wish.missing)
    notes = [_stand(wish), _("Not heard yet: %(voices)s", voices=missing) if missing else ""]
    return {
        "quote": wish.statement,
        "more": [
            *filter(None, notes),
            *(_("Objects: %(why)s", why=" ".join(each.words)) for each in wish.objections),
        ],
        "by": wish.voice.name if wish.voice else "",
    }


def _stand(wish: Wish) -> str:
    split = wish.stands.overall.split
    if not split:
        return ""
    words: str = _(
        "%(yes)s for · %(no)s object · %(unsure)s don't know",
        yes=split[Position.FOR],
        no=split[Position.OBJECTION],
        unsure=split[Position.DONT_KNOW],
    )
    return words
