"""Roles, acts, voices and words: what a space is made of."""

import re
from dataclasses import dataclass
from enum import StrEnum

from cocreate.core.audience import Viewer


class Role(StrEnum):
    """What somebody is in a space."""

    READER = "reader"
    PARTICIPANT = "participant"
    FACILITATOR = "facilitator"
    STEWARD = "steward"


class Act(StrEnum):
    """What somebody may want to do in a space."""

    READ = "read"
    TAKE_BACK = "take_back"
    CONTRIBUTE = "contribute"
    FACILITATE = "facilitate"
    STEWARD = "steward"


ALLOWED: dict[Role, frozenset[Act]] = {
    # Taking back always works, also for who was a participant once and only reads now.
    Role.READER: frozenset({Act.READ, Act.TAKE_BACK}),
    Role.PARTICIPANT: frozenset({Act.READ, Act.TAKE_BACK, Act.CONTRIBUTE}),
    Role.FACILITATOR: frozenset({Act.READ, Act.TAKE_BACK, Act.CONTRIBUTE, Act.FACILITATE}),
    Role.STEWARD: frozenset(Act),
}


def may(viewer: Viewer, act: Act, owner_id: object = None) -> bool:
    """Whether this viewer may do this. With an owner: only the owner may, whatever the role.

    The one function that answers. What somebody may *see* of a space is `core.audience.sees`.
    """
    if viewer.role is None:
        return act is Act.READ and viewer.sees_public and owner_id is None
    if owner_id is not None and owner_id != viewer.membership_id:
        return False
    return act in ALLOWED[Role(viewer.role)]


def is_of_panel(viewer: Viewer, voice_id: object) -> bool:
    """Whether this viewer acts for the panel with this voice.

    Who leads the space is not of a panel, also when they once took its voice.
    """
    return may(viewer, Act.CONTRIBUTE) and not may(viewer, Act.FACILITATE) and viewer.voice_id == voice_id


FEWEST = 5  # PRODUCT, invariant 9: no number of fewer people; a space may ask for more,
MOST_FEWEST = 50  # and no more than this


class Activity(StrEnum):
    """What can be open for contributions."""

    MOMENTS = "moments"
    IMPACTS = "impacts"
    INDICATORS = "indicators"
    MAP = "map"
    CHOOSING = "choosing"
    MEASURING = "measuring"
    STEPS = "steps"
    MOODS = "moods"
    REPLIES = "replies"
    COMMITMENTS = "commitments"
    READING_BACK = "reading_back"


class Term(StrEnum):
    """The words a space may replace by its own."""

    IMPACT = "impact"
    INDICATOR = "indicator"
    MOMENT = "moment"
    WORKING_FACTOR = "working_factor"
    TRAJECTORY = "trajectory"


@dataclass(frozen=True, slots=True)
class VoiceWish:
    """Whether anything can be agreed without a voice, how many people of it one hopes to hear, and whether
    the signs that it proposes are its own.
    """

    is_needed: bool = True
    people: int | None = None
    is_panel: bool = False


@dataclass(frozen=True, slots=True)
class VoiceSketch:
    """A voice as it is set up: its key, its pictogram (a heroicon), its place in the palette."""

    key: str
    icon: str
    tone: int
    name: str | None = None


BUILT_IN_VOICES = (
    VoiceSketch("resident", "home", 1),
    VoiceSketch("youth", "bolt", 2),
    VoiceSketch("professional", "heart", 3),
    VoiceSketch("policymaker", "building-library", 4),
)
OWN_VOICE_ICONS = (
    "sun",
    "book-open",
    "hand-raised",
    "puzzle-piece",
    "key",
    "musical-note",
    "star",
    "sparkles",
)
OWN_VOICES_MAX = 8
IMPORTED = "polis-"  # how the keys begin of voices that came in with a conversation


def sketch_voices(own_names: list[str]) -> tuple[VoiceSketch, ...]:
    """The four built-in voices and the own ones, each with a key, a pictogram and a colour."""
    own = []
    for index, name in enumerate(own_names[:OWN_VOICES_MAX]):
        key = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:24] or "voice"
        own.append(VoiceSketch(f"own-{index + 1}-{key}", OWN_VOICE_ICONS[index], 5 + index % 4, name))
    return BUILT_IN_VOICES + tuple(own)
