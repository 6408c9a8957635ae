"""The words of the ready agendas, in the reader's language."""

from collections.abc import Mapping
from typing import Any, Final

from flask_babel import lazy_gettext as _l

from cocreate.workshops.library import Agenda

# Title and for whom.
AGENDA_WORDS: Final[Mapping[Agenda, tuple[Any, Any]]] = {
    Agenda.MOMENTS: (
        _l("From moments to impact"),
        _l("You tell what happened, draw it, and find what you want and how you would notice."),
    ),
    Agenda.YOUTH_PANEL: (
        _l("Youth panel finds its own signs"),
        _l("A panel says what it wants, how it would notice, and where it starts."),
    ),
    Agenda.WALK: (
        _l("Moments walk"),
        _l("You walk in pairs past places where something happened, and tell about it after."),
    ),
    Agenda.ROAD: (
        _l("Draw our road"),
        _l("For people who did something together: what was the plan, and what really happened?"),
    ),
    Agenda.CASE: (
        _l("Learn from one case"),
        _l("For professionals: one tells, the others ask first and think along after."),
    ),
    Agenda.COUNCIL: (
        _l("Three people visit the council"),
        _l("Three people tell, the council asks, and says what it will do."),
    ),
    Agenda.MEASURING: (
        _l("Measuring round"),
        _l("Everybody answers the questionnaire, each for themselves. For a round that is open."),
    ),
    Agenda.DEFINE: (_l("1. Explore"), _l("What is this about, and who else should be here?")),
    Agenda.DISCOVER: (_l("2. Tell"), _l("When was it good, and what helped then?")),
    Agenda.DREAM: (_l("3. Imagine"), _l("What do you want to achieve together?")),
    Agenda.DESIGN: (_l("4. Renew"), _l("How would you notice, and with which signs do you start?")),
    Agenda.DELIVER: (_l("5. Make it happen"), _l("What happened, and what will each of you do?")),
}
FIVE_WORDS: Final = (
    _l("Five meetings, from exploring to doing"),
    _l("A series for a group that meets more often: explore, tell, imagine, renew, make it happen."),
)

# Of single parts, under the key in their settings: title (empty: that of the activity) and what it asks.
PART_WORDS: Final[Mapping[str, tuple[Any, Any]]] = {
    "panel.impacts": ("", _l("What do you want to be different, for you and for others?")),
    "panel.indicators": (_l("Our signs"), _l("How would you notice that yourself, on an ordinary day?")),
    "walk.welcome": ("", _l("We go outside. Walk in pairs, and stop where something happened.")),
    "walk.pair_talk": (
        _l("Walk together"),
        _l("Stop at a place that means something to you. What happened there?"),
    ),
    "walk.moments": (_l("What we saw"), _l("Back inside. Which moment stays with you? What happened?")),
    "road.welcome": ("", _l("Welcome. Today you draw the road that you took together.")),
    "road.map": (
        _l("The road that we took"),
        _l("What was the plan? And what really happened? Detours count too."),
    ),
    "road.factors": ("", _l("What helped you on this road?")),
    "case.welcome": ("", _l("Welcome. Use no names today. What is told here stays here.")),
    "case.moments": (
        _l("The case"),
        _l("One of you tells: what happened? The others listen. Then add what you know yourself."),
    ),
    "case.ask": (_l("Only questions"), _l("What do you want to know? Give no advice yet.")),
    "case.advise": (_l("Think along"), _l("What do you see? What would you try?")),
    "case.factors": ("", _l("What helped here, also a little?")),
    "case.commitments": (_l("What I take along"), _l("What will you try yourself, in the coming weeks?")),
    "council.welcome": ("", _l("Welcome. Three people tell what they lived through. You listen first.")),
    "council.moments": (_l("Three people tell"), _l("What happened, and why did it matter to you?")),
    "council.ask": (_l("The council asks"), _l("What do you want to know from the three? What touched you?")),
    "council.commitments": (_l("What the council does"), _l("What will you do with it, and when?")),
    "measuring.welcome": ("", _l("Welcome. You answer for yourself. You can skip every question.")),
    "measuring.missed": (_l("What was missing"), _l("Which question did you miss? Or which one felt wrong?")),
    "define.pair_talk": (_l("Get to know each other"), _l("What brought you here? What do you hope for?")),
    "define.about": (_l("What it is about"), _l("What is this really about, for you?")),
    "define.missing": (_l("Who is missing"), _l("Who is not here, and should be? How do we reach them?")),
    "dream.picture": (
        _l("It worked"),
        _l("It is five years later, and it went well. What do you see around you?"),
    ),
    "deliver.map": (
        _l("The road that we took"),
        _l("What did you plan, and what really happened since you began?"),
    ),
}

# What two people take along when nobody chose other questions, by the key of the part.
CARRIED: Final[Mapping[str, tuple[Any, ...]]] = {
    "walk.pair_talk": (
        _l("Which place means something to you?"),
        _l("What happened there?"),
        _l("What was it like for you?"),
    ),
    "define.pair_talk": (
        _l("What brought you here?"),
        _l("What goes well already?"),
        _l("What do you hope for?"),
    ),
}
