"""What each activity is on a tablet, for who leads, on the big screen, and afterwards: in words."""

from dataclasses import dataclass

from flask_babel import gettext as _

from cocreate.workshops.rules import StepKind


@dataclass(frozen=True, slots=True)
class Surfaces:
    """One row of the table: what happens where. Empty: nothing of its own there."""

    stage: str
    console: str = ""
    screen: str = ""
    harvest: str = ""


def surfaces() -> dict[StepKind, Surfaces]:
    """The whole table, in the reader's language."""
    return {**_coming_in(), **_telling(), **_wanting(), **_deciding(), **_leaving()}


def _coming_in() -> dict[StepKind, Surfaces]:
    return {
        StepKind.WELCOME: Surfaces(
            _("Reads what happens with what they tell."),
            _("Who comes in, by voice."),
            _("The code to join, very large."),
            _("Who was there, by voice, and who was missing."),
        ),
        StepKind.CHECK_IN: Surfaces(
            _("Taps how they are here, without words."),
            _("How many tapped. You show what came out."),
            _("How the room is here, when you show it and enough people tapped."),
            _("How the room was here, as you showed it."),
        ),
        StepKind.PAIR_TALK: Surfaces(
            _("Sees the questions to take along, and the time."),
            _("The clock."),
            _("The questions and the clock."),
        ),
        StepKind.BREAK: Surfaces(_("Sees when we go on."), _("The clock."), _("When we go on.")),
    }


def _telling() -> dict[StepKind, Surfaces]:
    told = _("What was told, in people's own words.")
    arrive = _("What is told, as it arrives. Put it on the screen, group it, set it aside.")
    return {
        StepKind.MOMENTS: Surfaces(
            _("Tells a moment: what happened, why it mattered, what made it possible."),
            arrive,
            _("Moments that may be shown, without names."),
            told,
        ),
        StepKind.FACTORS: Surfaces(
            _("Reads moments, and taps or writes what helped."),
            arrive,
            _("What helped, and in how many moments."),
            told,
        ),
        StepKind.OPEN_QUESTION: Surfaces(
            _("Answers your question."), arrive, _("Answers that may be shown."), told
        ),
        StepKind.MAP: Surfaces(
            _("Lets the map grow by answering questions."),
            _("Stops, as they arrive."),
            _("The map, as it grows."),
            _("The map."),
        ),
    }


def _wanting() -> dict[StepKind, Surfaces]:
    return {
        StepKind.IMPACTS: Surfaces(
            _("Proposes what they want, and says where they stand on what others want."),
            _("Proposals, as they arrive. Group them. You show how each voice stands."),
            _("Proposals that may be shown. How each voice stands, when you show it."),
            _("What was agreed, what somebody objects to, and whose voice is missing."),
        ),
        StepKind.STANCES: Surfaces(
            _("Reads proposals one at a time: for it, against it, or not sure; and why."),
            _("How many people said where they stand, by voice."),
            _("How each voice stands, when you show it and enough people said so."),
            _("What was agreed, what somebody objects to, and whose voice is missing."),
        ),
        StepKind.INDICATORS: Surfaces(
            _("Says by what small sign they would notice."),
            _("Signs, as they arrive. Group them."),
            _("Signs that may be shown."),
            _("The signs that people named."),
        ),
    }


def _deciding() -> dict[StepKind, Surfaces]:
    return {
        StepKind.REALISM: Surfaces(
            _("Says of each wish: too big, too small, or fair to people."),
            _("You show what came out."),
            _("What people think, by voice, when you show it."),
            _("What you showed of it. It also stands on the page of each wish."),
        ),
        StepKind.CHOOSE: Surfaces(
            _("Ticks the signs to begin with. Nobody sees who chose what."),
            _("How many have chosen, and the button to count it."),
            _("How many have chosen; after counting, what was chosen."),
            _("What was chosen."),
        ),
        StepKind.MEASURE: Surfaces(
            _("Answers questions one at a time. Every question can be skipped."),
            _("The clock."),
            _("How many have answered, never what."),
            _("It stands in the library, where enough people answered."),
        ),
        StepKind.READ_BACK: Surfaces(
            _("Reads what you heard, and says whether it is right and clear."),
            _("You write what you heard. You see where people say: not quite."),
            _("What you heard, in large letters."),
            _("What was read back, and how people would say it."),
        ),
        StepKind.COMMITMENTS: Surfaces(
            _("Writes what they will do themselves, and by when."),
            _("Promises, as they arrive."),
            _("Promises that may be shown."),
            _("What was promised."),
        ),
    }


def _leaving() -> dict[StepKind, Surfaces]:
    return {
        StepKind.THANKS: Surfaces(
            _("Reads what they get for their time, and what that can mean for benefits."),
            _("The way to hours and thanks."),
            _("Thank you."),
        ),
        StepKind.CHECK_OUT: Surfaces(
            _("Taps how they leave, without words."),
            _("How many tapped. You show what came out."),
            _("How the room leaves, beside how it came, when enough people tapped."),
            _("How the room left, as you showed it."),
        ),
        StepKind.CLOSE: Surfaces(
            _("Gets eight words to come back with."),
            _("You close the meeting."),
            _("Take your eight words with you."),
            _("They open what came out of the meeting."),
        ),
    }
