"""Moments on a clock of a place, and counting on from them: whatever is stored, a page can be drawn."""

from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

# A calendar has a first and a last day; no zone is further from UTC than one day.
EARLIEST: Final = datetime(1, 1, 2, tzinfo=UTC)
LATEST: Final = datetime(9999, 12, 30, tzinfo=UTC)


def within(at: datetime) -> datetime:
    """This moment, or the nearest one that every clock can show."""
    return min(max(at, EARLIEST), LATEST)


def on_clock(at: datetime, zone: str) -> datetime:
    """This moment on the clock of a place."""
    return within(at).astimezone(ZoneInfo(zone))


def later(at: datetime, minutes: int) -> datetime:
    """So many minutes later; less than none is earlier."""
    try:
        return within(within(at) + timedelta(minutes=minutes))
    except OverflowError:
        return LATEST if minutes > 0 else EARLIEST
