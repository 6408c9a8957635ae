"""All trajectories of a space: one after the other, two beside each other, and where they meet."""

import uuid

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from cocreate.core.audience import Viewer
from cocreate.core.problems import NotFound
from cocreate.spaces.access import enter
from cocreate.spaces.rules import Act
from cocreate.trajectories.drawing.network_of_maps import Network, Spot, lay_out, network_data, network_svg
from cocreate.trajectories.kinship import FACTOR, Course, Crossing, course, crossings, meetings
from cocreate.trajectories.models import Trajectory
from cocreate.trajectories.queries import Map, map_of, trajectories_seen
from cocreate.trajectories.views.blueprint import blueprint

PICTURES = 12  # small pictures on one page; a map beyond them is told in words
SMALL = 80  # stops that are still a picture when it is small


@blueprint.get("/spaces/<uuid:space_id>/trajectories")
def index(space_id: uuid.UUID) -> ResponseReturnValue:
    """Every trajectory of the space that this viewer may see something of."""
    here = enter(space_id, Act.READ)
    found = trajectories_seen(here.viewer)
    drawn = [trajectory for trajectory, count in found if count <= SMALL][:PICTURES]
    return render_template(
        "trajectories/index.html",
        here=here,
        space=here.space,
        trajectories=found,
        maps={trajectory.id: map_of(here.viewer, trajectory) for trajectory in drawn},
    )


@blueprint.get("/spaces/<uuid:space_id>/trajectories/compare")
def compare(space_id: uuid.UUID) -> ResponseReturnValue:
    """Two maps beside each other; without two of them the page asks which."""
    here = enter(space_id, Act.READ)
    found = {trajectory.id: trajectory for trajectory, _count in trajectories_seen(here.viewer)}
    chosen = [request.args.get(side, type=uuid.UUID) for side in ("a", "b")]
    if any(each is not None and each not in found for each in chosen):
        raise NotFound
    is_pair = None not in chosen and chosen[0] != chosen[1]
    maps = [_whole(here.viewer, found[each]) for each in chosen if each is not None] if is_pair else []
    return render_template(
        "trajectories/compare.html",
        here=here,
        space=here.space,
        trajectories=list(found.values()),
        chosen=chosen,
        maps=maps,
        rows=_rows([course(each.nodes, each.edges) for each in maps]),
        shared=meetings(*maps) if is_pair else [],
        subject_names=subject_names(),
    )


@blueprint.get("/spaces/<uuid:space_id>/trajectories/network")
def network(space_id: uuid.UUID) -> ResponseReturnValue:
    """Where the trajectories of the space meet: what helped in several, and what several are about."""
    here = enter(space_id, Act.READ)
    trajectories = [trajectory for trajectory, _count in trajectories_seen(here.viewer)]
    found = crossings(here.viewer, [each.id for each in trajectories])
    met = {road for each in found for road in each.trajectory_ids}
    drawn = _network([each for each in trajectories if str(each.id) in met], found)
    return render_template(
        "trajectories/network.html",
        here=here,
        space=here.space,
        crossings=found,
        titles={str(each.id): each.title for each in trajectories},
        alone=[each for each in trajectories if str(each.id) not in met],
        picture=_picture(drawn, len(found)),
        graph=network_data(drawn) if found else {},
        subject_names=subject_names(),
    )


def subject_names() -> dict[str, str]:
    """What a stop can have to do with, as one of its kind."""
    return {
        "working_factor": _("What helped"),
        "desired_impact": _("What we want"),
        "indicator": _("How we notice"),
        "moment": _("Moment"),
        "": _("The same words"),
    }


def _whole(viewer: Viewer, trajectory: Trajectory) -> Map:
    return map_of(viewer, trajectory, refers=True)


def _rows(courses: list[Course]) -> list[tuple[str, list[int | list[str]], bool]]:
    """The table in words: what is asked, what each road answers, and whether it is part of the row above."""
    told = (
        (_("Stops"), "stops", False),
        (_("Planned"), "planned", False),
        (_("went as planned"), "as_planned", True),
        (_("changed on the way"), "changed", True),
        (_("dropped"), "dropped", True),
        (_("still to come"), "still_planned", True),
        (_("Happened"), "happened", False),
        (_("nobody planned it"), "emerged", True),
        (_("Came back to an earlier stop"), "loops", False),
        (_("Where it began"), "beginnings", False),
        (_("Where many ways pass"), "turning_points", False),
        (_("What came of it"), "outcomes", False),
    )
    return [(name, [_cell(each, fact) for each in courses], is_part) for name, fact, is_part in told]


def _cell(road: Course, fact: str) -> int | list[str]:
    value = getattr(road, fact)
    return value if isinstance(value, int) else [node.text for node in value]


def _network(trajectories: list[Trajectory], found: list[Crossing]) -> Network:
    spots = [
        *(Spot(each.id, each.text, 0) for each in found if each.subject_type == FACTOR),
        *(Spot(str(each.id), each.title, 1) for each in trajectories),
        *(Spot(each.id, each.text, 2) for each in found if each.subject_type != FACTOR),
    ]
    links = [
        (each.id, road) if each.subject_type == FACTOR else (road, each.id)
        for each in found
        for road in each.trajectory_ids
    ]
    return lay_out(spots, links)


def _picture(drawn: Network, many: int) -> Markup:
    description = ngettext(
        "%(num)s place where roads meet. The list says the same.",
        "%(num)s places where roads meet. The list says the same.",
        many,
    )
    picture = network_svg(drawn, title=_("Where our roads meet"), description=description)
    return Markup(picture)  # noqa: S704 (network_svg escapes every text)
