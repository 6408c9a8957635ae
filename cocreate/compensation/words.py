"""Amounts and hours in the language of the page, and what is said about payments by itself."""

from flask_babel import format_currency
from flask_babel import gettext as _
from flask_babel import ngettext as _n

from cocreate.compensation.models import ThanksNote
from cocreate.compensation.rules import in_euros


def euros(cents: int) -> str:
    """An amount as the language of the page writes it."""
    return str(format_currency(in_euros(cents), "EUR"))


def duration(minutes: int) -> str:
    """How long, in words."""
    hours, rest = divmod(minutes, 60)
    told = [str(_n("%(num)s hour", "%(num)s hours", hours))] if hours else []
    if rest or not hours:
        told.append(str(_n("%(num)s minute", "%(num)s minutes", rest)))
    return " ".join(told)


def offer_words(told: ThanksNote) -> str:
    """What people get: the space's own words, else who knows it."""
    return told.offer or _("Do you get something for your time? Who leads the meeting tells you.")


def note_words(told: ThanksNote) -> str:
    """What a payment can do: the space's own words, else the built-in ones."""
    return told.note or built_in_note()


def built_in_note() -> str:
    """The same warning for everybody: nobody should lose money by being thanked."""
    sentence: str = _(
        "Do you get benefits or an allowance? Money can count as income, and sometimes a voucher does too. "
        "Ask first what it means for you: at the town hall, or somebody who helps you with money. "
        "You may always say no, or say yes later."
    )
    return sentence
