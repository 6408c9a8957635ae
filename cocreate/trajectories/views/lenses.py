"""What the lenses on a map say: sentences for a browser that fills in the numbers by itself."""

import uuid
from collections.abc import Callable
from typing import Final

from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from cocreate.spaces.queries import VoiceFacts, voices_of
from cocreate.trajectories.views.blueprint import blueprint

LOOKED_AT: Final = 200  # numbers among which every plural form of every language occurs
Sentence = str | dict[str, str]


@blueprint.app_template_global()
def lens_voices(space_id: uuid.UUID) -> list[VoiceFacts]:
    """The voices whose stops somebody may want to see alone."""
    return voices_of(space_id)


@blueprint.app_template_global()
def lens_sentences() -> dict[str, Sentence]:
    """Each sentence with `{names}` where facts come; with forms by plural category where they differ."""
    return {**_told(), **_counted()}


def _told() -> dict[str, Sentence]:
    place = {"at": "{at}", "all": "{all}"}
    text = {"text": "{text}"}
    return {
        "match": _("%(at)s of %(count)s", at="{at}", count="{n}"),
        "noMatch": _("These words do not stand in what you see here."),
        "place": _("Stop %(at)s of %(all)s", **place),
        "placeTold": _("Stop %(at)s of %(all)s: %(text)s", **place, **text),
        "placeWhen": _("Stop %(at)s of %(all)s, %(when)s: %(text)s", **place, **text, when="{when}"),
        "choose": _("Choose a stop first. Then you can see what led to it and what came of it."),
        "chosen": _("What led to “%(text)s”, and what came of it.", **text),
        "threadOf": _("You see what led to “%(text)s”, and what came of it.", **text),
        "aside": _("outside this view"),
    }


def _counted() -> dict[str, Sentence]:
    n = {"count": "{n}"}
    shown = {"shown": "{shown}", **n}
    said: dict[str, Callable[[int], str]] = {
        "planned": lambda i: ngettext("%(count)s planned", "%(count)s planned", i, **n),
        "asPlanned": lambda i: ngettext("%(count)s went as planned", "%(count)s went as planned", i, **n),
        "changed": lambda i: ngettext("%(count)s changed", "%(count)s changed", i, **n),
        "dropped": lambda i: ngettext("%(count)s dropped", "%(count)s dropped", i, **n),
        "open": lambda i: ngettext("%(count)s still to come", "%(count)s still to come", i, **n),
        "happened": lambda i: ngettext("%(count)s happened", "%(count)s happened", i, **n),
        "emerged": lambda i: ngettext(
            "%(count)s that nobody planned", "%(count)s that nobody planned", i, **n
        ),
        "folded": lambda i: ngettext(
            "%(count)s folded stop was not searched.", "%(count)s folded stops were not searched.", i, **n
        ),
        "partly": lambda i: ngettext(
            "You look at %(shown)s of %(count)s stop.",
            "You look at %(shown)s of %(count)s stops.",
            i,
            **shown,
        ),
    }
    return {name: forms(say) for name, say in said.items()}


def forms(say: Callable[[int], str]) -> dict[str, str]:
    """A sentence in each plural category of the language being spoken, by the name that browsers know."""
    category = get_locale().plural_form
    examples = {category(number): number for number in reversed(range(LOOKED_AT))}
    return {name: say(number) for name, number in examples.items()}
