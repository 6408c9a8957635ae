"""Pictograms: one sprite out of the heroicons package, kept by the browser."""

import re
from functools import cache

from heroicons.jinja import heroicon_outline
from markupsafe import Markup

NAMES = tuple(
    """
    adjustments-horizontal arrow-down arrow-down-tray arrow-left arrow-path
    arrow-path-rounded-square arrow-right arrow-trending-up arrow-up arrow-up-tray arrow-uturn-left
    arrow-uturn-right arrows-pointing-out arrows-right-left arrows-up-down bolt book-open building-library
    calendar-days chart-bar chat-bubble-bottom-center-text chat-bubble-left-right check-circle
    currency-euro
    chevron-down clipboard-document-list clock cloud device-tablet document-duplicate
    ellipsis-horizontal-circle exclamation-circle eye eye-slash flag forward gift
    globe-europe-africa hand-raised hand-thumb-up heart home home-modern information-circle key
    light-bulb link lock-closed lock-open magnifying-glass magnifying-glass-minus
    magnifying-glass-plus map minus moon musical-note no-symbol pause pencil play plus
    presentation-chart-bar printer puzzle-piece qr-code question-mark-circle scale signal-slash
    sparkles speaker-wave
    square-2-stack star sun trash user user-group users view-columns x-mark
    """.split()  # noqa: SIM905
)
_PATH = re.compile(r"<(?:path|circle)[^>]*/>")


@cache
def icon(name: str, css: str = "", turns: bool = False, address: str = "") -> Markup:
    """A pictogram beside words that say the same; `turns` mirrors it where reading runs the other way."""
    if name not in NAMES:
        raise KeyError(f"The pictogram “{name}” is not in the sprite.")
    names = " ".join(filter(None, ("icon", "icon-turns" if turns else "", css)))
    return Markup(  # noqa: S704 (names are ours)
        f'<svg class="{names}" width="24" height="24" aria-hidden="true" focusable="false">'
        f'<use href="{address}#{name}"/></svg>'
    )


@cache
def sprite() -> bytes:
    """Every pictogram we use, each under its name."""
    symbols = "".join(
        f'<symbol id="{name}" viewBox="0 0 24 24">{"".join(_PATH.findall(heroicon_outline(name)))}</symbol>'
        for name in NAMES
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg">{symbols}</svg>'.encode()
