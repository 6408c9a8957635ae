"""A map in words: the questions it raises, and its story to read aloud."""

import uuid

from flask import render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from cocreate.core.i18n import current_language
from cocreate.core.kept import keep
from cocreate.spaces.access import enter
from cocreate.spaces.queries import VoiceFacts
from cocreate.spaces.rules import Act
from cocreate.trajectories.queries import Map, Reference
from cocreate.trajectories.story import Mention
from cocreate.trajectories.story import story as story_of
from cocreate.trajectories.views.blueprint import blueprint
from cocreate.trajectories.views.maps import seen_map
from cocreate.trajectories.wording import Shown, tell, voice_phrase, what_it_shows


@blueprint.get("/spaces/<uuid:space_id>/trajectories/<uuid:trajectory_id>/findings")
def findings(space_id: uuid.UUID, trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """What the map shows, as a piece of a page."""
    here = enter(space_id, Act.READ)
    return shows(seen_map(here.viewer, trajectory_id))


@blueprint.get("/spaces/<uuid:space_id>/trajectories/<uuid:trajectory_id>/story")
def story(space_id: uuid.UUID, trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """The map as flowing text, to read, to read aloud and to print."""
    here = enter(space_id, Act.READ)
    seen = seen_map(here.viewer, trajectory_id, refers=True)
    voices = {voice.id: voice for voice in seen.voices.values()}
    told_by = {node_id: _spoken(voice) for node_id, voice in seen.voices.items()}
    mentioned = {node_id: [_mention(each) for each in told] for node_id, told in seen.references.items()}
    return render_template(
        "trajectories/story.html",
        here=here,
        space=here.space,
        trajectory=seen.trajectory,
        stops=len(seen.nodes),
        voices=sorted(voices.values(), key=_standing),
        story=tell(story_of(seen.nodes, seen.edges, told_by, mentioned)),
        findings=shown_by(seen),
        map_path=f"/spaces/{space_id}/trajectories/{trajectory_id}",
    )


@blueprint.app_template_global("map_shows")
def shows(seen: Map) -> Markup:
    """What a map shows this viewer, as a piece of its page."""
    key = ("shows", current_language(), seen.drawn_from)
    return keep(key, lambda: render_template("trajectories/_findings.html", findings=shown_by(seen)))


def shown_by(seen: Map) -> Shown:
    """What a map shows this viewer."""
    return what_it_shows(seen.nodes, seen.edges)


def _mention(told: Reference) -> Mention:
    return Mention(told.subject_type, told.text, _spoken(told.voice) if told.voice else None)


def _spoken(voice: VoiceFacts) -> str:
    return voice_phrase(voice.key, voice.own_name)


def _standing(voice: VoiceFacts) -> tuple[int, str]:
    return voice.tone, voice.name
