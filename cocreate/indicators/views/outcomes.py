"""What came out of a choosing, ready for a page: signs with their words, groups with their names."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from markupsafe import Markup

from cocreate.indicators.chips import Hand, chips_svg
from cocreate.indicators.models import Choosing
from cocreate.indicators.outcome import Group, Outcome, Winner
from cocreate.indicators.queries.choosing import listed, outcome_for
from cocreate.spaces.access import Here
from cocreate.spaces.queries import VoiceFacts, voices_of


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign in a result: its place, its words (none when they are not for these eyes any more)."""

    id: str
    place: int
    words: str | None
    price: float | None
    is_fair: bool
    is_plain: bool


@dataclass(frozen=True, slots=True)
class Party:
    """People who are shown together, with the names of their voices."""

    name: str
    voices: list[VoiceFacts]
    group: Group

    @property
    def voice(self) -> VoiceFacts | None:
        """The voice, when it is one."""
        return self.voices[0] if len(self.group.voices) == 1 and self.voices else None


@dataclass(frozen=True, slots=True)
class Told:
    """A result as a page tells it."""

    outcome: Outcome
    won: list[Sign]
    plain: list[Sign]
    parties: list[Party]
    total: Group | None
    picture: Markup

    @property
    def paid(self) -> list[Sign]:
        """What was bought with chips."""
        return [sign for sign in self.won if sign.price is not None]

    @property
    def filled(self) -> list[Sign]:
        """What approvals alone added."""
        return [sign for sign in self.won if sign.price is None]


def told_outcome(here: Here, choosing: Choosing) -> Told | None:
    """What this viewer may see of what came out; nothing while it is open, or with too few people."""
    outcome = outcome_for(here.viewer, choosing)
    if outcome is None:
        return None
    words = {sign.id: sign.words for sign in listed(here.viewer, choosing)}
    fair = {winner.item for winner in outcome.winners}

    def sign(place: int, item: str, price: float | None) -> Sign:
        return Sign(item, place, words.get(item), price, item in fair, item in outcome.plain)

    won = [sign(place, each.item, each.price) for place, each in enumerate(outcome.winners, 1)]
    parties = _parties(here, outcome)
    return Told(
        outcome,
        won,
        [sign(place, item, None) for place, item in enumerate(outcome.plain, 1)],
        parties,
        outcome.total,
        _picture(parties, outcome.winners),
    )


def _parties(here: Here, outcome: Outcome) -> list[Party]:
    known = {str(voice.id): voice for voice in voices_of(here.space.id)}
    found = []
    for group in outcome.groups:
        voices = [known[voice] for voice in group.voices if voice in known]
        if len(outcome.groups) == 1 and len(group.voices) > 1:
            name = _("Everybody together")
        elif len(group.voices) == 1:
            name = voices[0].name if voices else _("Without a voice")
        else:
            name = _("Small voices together")
        found.append(Party(name, voices, group))
    return found


def _picture(parties: Sequence[Party], winners: Sequence[Winner]) -> Markup:
    paid = [winner.item for winner in winners if winner.price is not None]
    hands = [
        Hand(
            party.name,
            party.voice.css if party.voice else "voice-together",
            party.voice.key if party.voice else "together",
            party.group.chips,
            [party.group.paid.get(item, 0.0) for item in paid],
        )
        for party in parties
    ]
    if not hands or not paid:
        return Markup()
    told = [
        _(
            "%(name)s: %(chips)s chips, %(left)s left.",
            name=hand.name,
            chips=round(hand.chips),
            left=round(hand.left),
        )
        for hand in hands
    ]
    svg = chips_svg(hands, _("Who paid for which sign"), " ".join(told))
    return Markup(svg)  # noqa: S704 (it escapes every text)
