"""A map that stands alone: an SVG file, and what goes into a page that opens without a server."""

import json
import re
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from markupsafe import Markup

from cocreate.trajectories.drawing.look import LIGHT
from cocreate.trajectories.drawing.markup import n
from cocreate.trajectories.drawing.parts import Picture
from cocreate.trajectories.outline import OutlineItem

# What ends a block of data or a line of script before its time, as JSON can write it otherwise.
_ESCAPES: Final = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}
_SOURCE_MAP: Final = re.compile(r"^//[#@] sourceMappingURL=.*$", re.MULTILINE)
_STYLE: Final = (
    f"svg{{background:{LIGHT.sheet};color-scheme:light}}"
    "text{font-family:system-ui,'Segoe UI',Roboto,'Noto Sans','DejaVu Sans',sans-serif}"
)


@dataclass(frozen=True, slots=True)
class Inlined:
    """What a page brings along: its policy, which allows nothing else, and finished blocks."""

    policy: str
    style: Markup
    data: Markup
    scripts: Markup


def whole_svg(svg: str) -> str:
    """A drawn picture as a file: its paper and its letters do not hang on a page around it."""
    view = Picture.read(svg).view
    # Attributes are escaped, so the first > ends the tag.
    opening, rest = svg.split(">", 1)
    paper = (
        f'<rect x="{n(view.x)}" y="{n(view.y)}" width="{n(view.width)}" height="{n(view.height)}"'
        f' fill="{LIGHT.sheet}"/>'
    )
    names, drawing = rest.split("</desc>", 1)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return f"{head}{opening}>{names}</desc><style>{_STYLE}</style>{paper}{drawing}"


def inlined(data: Mapping[str, Any], styles: Sequence[str], library: str, module: str) -> Inlined:
    """Blocks for a page: `data` as JSON for `module`, which finds `library` already there."""
    style = "\n".join(map(_one_way, styles))
    scripts = [_one_way(_SOURCE_MAP.sub("", library)), _one_way(module)]
    allowed = " ".join(map(_mark, scripts))
    policy = (
        f"default-src 'none'; script-src {allowed}; style-src {_mark(style)}; base-uri 'none';"
        " form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
    told = json.dumps(data, separators=(",", ":")).translate(_ESCAPES)
    first, second = scripts
    # Ours or the library's, and checked for what would end them; the data has no < at all.
    return Inlined(
        policy,
        Markup(f"<style>{style}</style>"),  # noqa: S704
        Markup(f'<script type="application/json" id="map-data">{told}</script>'),  # noqa: S704
        Markup(f'<script>{first}</script><script type="module">{second}</script>'),  # noqa: S704
    )


def _one_way(text: str) -> str:
    """Text as a browser will read it out of a page, so that its mark fits; nothing in it ends its element."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    if re.search(r"</(?:script|style)|<!--", text, re.IGNORECASE):
        raise ValueError("This cannot stand inside a page.")
    return text


def _mark(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def walk(items: Sequence[OutlineItem]) -> Iterator[tuple[str, OutlineItem | None]]:
    """An outline as a row of events, however deep: `item` with the item; `down`, `up`, `end` with None."""
    branch = [iter(items)]
    while branch:
        item = next(branch[-1], None)
        if item is None:
            branch.pop()
            if branch:
                yield "up", None
                yield "end", None
            continue
        yield "item", item
        if item.children:
            yield "down", None
            branch.append(iter(item.children))
        else:
            yield "end", None
