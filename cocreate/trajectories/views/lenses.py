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
    at, n = {"at": "{at}", "all": "{all}", "text": "{text}", "when": "{when}"}, {"count": "{n}"}
    place = {"at": at["at"], "all": at["all"]}
    told = {**place, "text": at["text"]}
    return {
        "planned": forms(lambda i: ngettext("%(count)s planned", "%(count)s planned", i, **n)),
        "asPlanned": forms(
            lambda i: ngettext("%(count)s went as planned", "%(count)s went as planned", i, **n)
        ),
        "changed": forms(lambda i: ngettext("%(count)s changed", "%(count)s changed", i, **n)),
        "dropped": forms(lambda i: ngettext("%(count)s dropped", "%(count)s dropped", i, **n)),
        "open": forms(lambda i: ngettext("%(count)s still to come", "%(count)s still to come", i, **n)),
        "happened": forms(lambda i: ngettext("%(count)s happened", "%(count)s happened", i, **n)),
        "emerged": forms(
            lambda i: ngettext("%(count)s that nobody planned", "%(count)s that nobody planned", i, **n)
        ),
        "match": _("%(at)s of %(count)s", at="{at}", count="{n}"),
        "noMatch": _("These words do not stand in what you see here."),
        "place": _("Stop %(at)s of %(all)s", **place),
        "placeTold": _("Stop %(at)s of %(all)s: %(text)s", **told),
        "placeWhen": _("Stop %(at)s of %(all)s, %(when)s: %(text)s", **told, when=at["when"]),
        "choose": _("Choose a stop first. Then you can see what led to it and what came of it."),
        "chosen": _("What led to “%(text)s”, and what came of it.", text=at["text"]),
        "threadOf": _("You see what led to “%(text)s”, and what came of it.", text=at["text"]),
        "partly": forms(
            lambda i: ngettext(
                "You look at %(shown)s of %(count)s stop.",
                "You look at %(shown)s of %(count)s stops.",
                i,
                shown="{shown}",
                **n,
            )
        ),
        "aside": _("outside this view"),
    }


def forms(say: Callable[[int], str]) -> dict[str, str]:
    """A sentence in each plural category of the language being spoken, by the name that browsers know."""
    category = get_locale().plural_form
    found: dict[str, str] = {}
    for number in range(LOOKED_AT):
        found.setdefault(category(number), say(number))
    return found
