"""What is pinned on a node besides its words: whose voice told it, how many stops are folded into it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from cocreate.trajectories.drawing.look import LIGHT
from cocreate.trajectories.drawing.markup import said
from cocreate.trajectories.layout import BOX, Point

VOICE_AT: Final = Point(BOX.width / 2 - 22, -BOX.height / 2)  # above the pictogram, clear of the words
FOLDED_AT: Final = Point(BOX.width / 2 - 48, -BOX.height / 2 - 7)
STACK: Final = (7, 3.5)  # px that the boxes below a folded one stick out, the lowest first
BADGE_LETTER: Final = 13
BADGE_HIGH: Final = 22


@dataclass(frozen=True, slots=True)
class Mark:
    """Facts about a node that its picture carries.

    `voice` is the CSS class of the voice that told it, `told` its place in telling order from 1 (0 when not
    known), `folded` how many other stops are folded into it, `pinned` whether a hand put it where it stands.
    """

    voice: str = ""
    told: int = 0
    folded: int = 0
    pinned: bool = False


class VoiceMark(NamedTuple):
    """The small shape of a voice around (0, 0), about 16 px across, and its colour by day."""

    outline: str
    colour: str


VOICES: Final[Mapping[str, VoiceMark]] = {
    "voice-resident": VoiceMark("M-8 0a8 8 0 1 0 16 0a8 8 0 1 0-16 0z", "#0a5fa3"),
    "voice-youth": VoiceMark("M0-10 9.5 7h-19z", "#b04400"),
    "voice-professional": VoiceMark("M-7-7H7V7H-7z", "#0b6b4b"),
    "voice-policymaker": VoiceMark("M0-10 10 0 0 10-10 0z", "#742c67"),
    "voice-5": VoiceMark("M-3-9h6v6h6v6h-6v6h-6v-6h-6v-6h6z", "#735f00"),
    "voice-6": VoiceMark("M0 10 9.5-7h-19z", "#38377f"),
    "voice-7": VoiceMark("M0-11 3-3 11 0 3 3 0 11-3 3-11 0-3-3z", "#b81c50"),
    "voice-8": VoiceMark("M-10-5h20V5h-20z", "#4a3a2f"),
}
OTHER_VOICE: Final = VoiceMark("M-4.5-8h9L9 0 4.500 8h-9L-9 0z", LIGHT.ink_soft)


def attributes(mark: Mark) -> str:
    """What a script and a stylesheet can read off a node, as attributes."""
    return "".join(
        (
            f' data-voice="{said(mark.voice)}"' if mark.voice else "",
            f' data-told="{mark.told}"' if mark.told else "",
            f' data-folded="{mark.folded}"' if mark.folded else "",
            ' data-pinned="true"' if mark.pinned else "",
        )
    )


def voice_mark(voice: str, way: int) -> str:
    """The shape of the voice on the upper edge of its box; `way` is −1 where reading goes right to left."""
    if not voice:
        return ""
    shape = VOICES.get(voice, OTHER_VOICE)
    return (
        f'<path class="voice-mark {said(voice)}" d="{shape.outline}" fill="{shape.colour}"'
        f' stroke="{LIGHT.sheet}" transform="translate({-way * VOICE_AT.x:g} {VOICE_AT.y:g})"/>'
    )


def stack(folded: int, outline: str, way: int) -> str:
    """The boxes that lie below a folded one."""
    if not folded:
        return ""
    return "".join(
        f'<path class="below" d="{outline}" fill="{LIGHT.sheet}" stroke="{LIGHT.ink_soft}"'
        f' transform="translate({way * out:g} {out:g}){" scale(-1 1)" if way < 0 else ""}"/>'
        for out in STACK
    )


def badge(folded: int, way: int) -> str:
    """“+37” on the upper edge of a folded box."""
    if not folded:
        return ""
    words = f"+{folded}"
    half = 4.5 * len(words) + 6
    high = BADGE_HIGH / 2
    return (
        f'<g class="badge" transform="translate({way * FOLDED_AT.x:g} {FOLDED_AT.y:g})">'
        f'<path d="M{high - half:g}-{high:g}H{half - high:g}a{high:g} {high:g} 0 0 1 0 {BADGE_HIGH}'
        f'H{high - half:g}a{high:g} {high:g} 0 0 1 0-{BADGE_HIGH}z" fill="{LIGHT.accent}" stroke="none"/>'
        f'<text y="4.5" font-size="{BADGE_LETTER}" text-anchor="middle" fill="{LIGHT.sheet}"'
        f' stroke="none">{words}</text></g>'
    )
