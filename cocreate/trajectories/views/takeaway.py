"""Maps to take away: a picture, a poster for the wall, a page that opens from a stick."""

import re
import unicodedata
import uuid
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final, TypeVar

from flask import current_app, render_template, send_file
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from markupsafe import Markup

from cocreate.core.assets import read_asset
from cocreate.core.beside import beside
from cocreate.core.db import session, utcnow
from cocreate.core.i18n import current_language
from cocreate.core.press import PressError, has_press, set_in_type
from cocreate.core.problems import DomainError, NotFound
from cocreate.core.security import limiter
from cocreate.spaces.access import enter
from cocreate.spaces.queries import SpaceFacts
from cocreate.spaces.rules import Act
from cocreate.trajectories.drawing import DARK, LIGHT, Palette, graph_data
from cocreate.trajectories.drawing.samples import kind_sample, relation_sample, state_sample, voice_sample
from cocreate.trajectories.drawing.standalone import Inlined, inlined, walk, whole_svg
from cocreate.trajectories.drawing.wall import TEMPLATE, Entry, Words, poster, wall
from cocreate.trajectories.faces import kind_names, outline_of, picture_of, relation_names, state_names
from cocreate.trajectories.queries import Map
from cocreate.trajectories.rules import NodeKind, NodeState, Relation
from cocreate.trajectories.views.blueprint import blueprint
from cocreate.trajectories.views.maps import seen_map

MAP: Final = "/spaces/<uuid:space_id>/trajectories/<uuid:trajectory_id>"
LONGEST_NAME: Final = 60
OFTEN: Final = "60 per minute"  # one at a time is set anyway, and who waits longer is told so
NOT_NOW: Final = _l(
    "We could not put this map on paper just now. Try again in a minute."
    " The drawing and the page always work."
)
Sort = TypeVar("Sort", NodeState, NodeKind, Relation)
blueprint.add_app_template_global(has_press)


class NotPrintedError(DomainError):
    """The press had no time, or this map is too much for it."""

    status = 503


@dataclass(frozen=True, slots=True)
class Taken:
    """What somebody takes away: what they may see, and nothing of who they are."""

    space: SpaceFacts
    map: Map

    @property
    def title(self) -> str:
        """What it is called."""
        return self.map.trajectory.title or self.space.name

    @property
    def below(self) -> str:
        """Whose it is, how much, and of which day."""
        stops = ngettext("%(num)s stop", "%(num)s stops", len(self.map.nodes))
        today = current_app.jinja_env.filters["local_date"](utcnow(), self.space.timezone)
        return f"{self.space.name} · {stops} · {today}"


@blueprint.get(f"{MAP}/picture.svg")
def take_drawing(space_id: uuid.UUID, trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """The map as a drawing that other programs open."""
    taken = _take(space_id, trajectory_id)
    return as_file(whole_svg(picture_of(taken.map)).encode(), taken.title, "svg", "image/svg+xml")


@blueprint.get(f"{MAP}/map.html")
def take_page(space_id: uuid.UUID, trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """The map as one page that opens without a server."""
    taken = _take(space_id, trajectory_id)
    seen = taken.map
    page = render_template(
        "trajectories/standalone.html",
        title=taken.title,
        below=taken.below,
        direction="ltr",
        brought=_brought(seen),
        picture=picture_of(seen),
        legend={
            name: [Entry(Markup(entry.svg), entry.text) for entry in entries]  # noqa: S704 (drawn by us)
            for name, entries in _legend(seen).items()
        },
        walk=walk(outline_of(seen)),
        kinds=kind_names(),
        states=state_names(),
        relations=relation_names(),
        voices=seen.voices,
        notes={node.id: node.note for node in seen.nodes},
    )
    return as_file(page.encode(), taken.title, "html", "text/html")


@blueprint.get(f"{MAP}/picture.png")
@limiter.limit(OFTEN)
def take_picture(space_id: uuid.UUID, trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """The map as a picture to send or show."""
    taken = _take(space_id, trajectory_id, printed=True)
    drawn, words = picture_of(taken.map), _words(taken)
    plan, ppi = beside(lambda: poster(drawn, words))
    return as_file(_set(plan, "png", ppi), taken.title, "png", "image/png")


@blueprint.get(f"{MAP}/wall.pdf")
@limiter.limit(OFTEN)
def take_wall(space_id: uuid.UUID, trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """The map on A3, for the wall."""
    taken = _take(space_id, trajectory_id, printed=True)
    drawn, words = picture_of(taken.map), _words(taken)
    plan = beside(lambda: wall(drawn, [node.text for node in taken.map.nodes], words))
    return as_file(_set(plan, "pdf"), taken.title, "pdf", "application/pdf")


def _take(space_id: uuid.UUID, trajectory_id: uuid.UUID, *, printed: bool = False) -> Taken:
    here = enter(space_id, Act.READ)
    seen = seen_map(here.viewer, trajectory_id)
    if not seen.nodes or (printed and not has_press()):
        raise NotFound
    return Taken(here.space, seen)


def _set(plan: Mapping[str, Any], form: str, ppi: float = 144.0) -> bytes:
    session().rollback()  # nobody's connection waits for paper
    try:
        return set_in_type(TEMPLATE, plan, form, ppi)
    except PressError as error:
        current_app.logger.warning("A map was not printed: %s", error)
        raise NotPrintedError(NOT_NOW) from error


def as_file(content: bytes, title: str, ending: str, mimetype: str) -> ResponseReturnValue:
    """Something to take away, named after the map."""
    answer = send_file(
        BytesIO(content), mimetype, as_attachment=True, download_name=f"{_name(title)}.{ending}", etag=False
    )
    # Like every page that hangs on who asks: nothing of it stays behind on a shared tablet.
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _name(title: str) -> str:
    """A file name out of what people called their map: letters and digits of any script, no more."""
    letters = unicodedata.normalize("NFC", title)
    kept = re.sub(r"[^\w\u0300-\u036f]+", "-", letters).replace("_", "-")
    # What comes before keeps it from being a name that some system has for itself, like “con”.
    return f"cocreate-{kept[:LONGEST_NAME].strip('-') or _('map')}".lower()


def _words(taken: Taken) -> Words:
    return Words(
        title=taken.title,
        below=taken.below,
        description=ngettext("A map with %(num)s stop.", "A map with %(num)s stops.", len(taken.map.nodes)),
        language=current_language(),
        in_full=_("In full: what did not fit in the map"),
        glue=_("Lay the sheets on each other so that the crosses meet, and glue them together."),
        sheet=_("Sheet %(name)s, %(number)s of %(count)s", name="{name}", number="{number}", count="{count}"),
        legend=_legend(taken.map),
    )


def _legend(seen: Map) -> dict[str, list[Entry]]:
    """What occurs on this map, and how it is drawn."""
    states, kinds = {node.state for node in seen.nodes}, {node.kind for node in seen.nodes}
    voices = sorted({(voice.tone, voice.css, voice.name) for voice in seen.voices.values()})
    groups: dict[str, list[Entry]] = {
        _("How it went"): _entries(NodeState, states, state_sample, state_names()),
        _("What it is"): _entries(NodeKind, kinds, kind_sample, kind_names()),
        _("The lines"): _entries(
            Relation, {edge.relation for edge in seen.edges}, relation_sample, relation_names()
        ),
        _("Who told it"): [Entry(voice_sample(css), name) for _tone, css, name in voices],
    }
    return {name: entries for name, entries in groups.items() if entries}


def _entries(
    every: type[Sort], used: Set[Sort], draw: Callable[[Sort], str], names: Mapping[str, str]
) -> list[Entry]:
    return [Entry(draw(each), names[each]) for each in every if each in used]


def _brought(seen: Map) -> Inlined:
    drawn = {name: _drawn(seen, palette) for name, palette in (("light", LIGHT), ("dark", DARK))}
    styles = [_own("css/tokens.css"), _own("css/takeaway.css")]
    return inlined(drawn, styles, _own("vendor/vis-network.min.js"), _own("js/takeaway.js"))


def _drawn(seen: Map, palette: Palette) -> dict[str, Any]:
    drawn = graph_data(seen.nodes, seen.edges, seen.points, palette=palette)
    for node in drawn["nodes"]:
        if node["state"] == NodeState.DROPPED:
            # The canvas draws steps under its nodes: through a faded one they would strike out its words.
            node["opacity"] = 1
            node["font"]["color"] = node["color"]["border"] = palette.ink_soft
    return drawn


def _own(path: str) -> str:
    asset = read_asset(path)
    if asset is None:
        raise RuntimeError(f"{path} is missing.")
    return asset.content.decode()
