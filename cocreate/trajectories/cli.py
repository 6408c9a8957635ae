"""Bringing maps in and taking them along, from the command line."""

import uuid
from pathlib import Path

import click
from flask.cli import AppGroup, with_appcontext
from flask_babel import gettext as _

from cocreate.core.audience import Viewer, Visibility
from cocreate.core.db import session
from cocreate.core.i18n import speaking
from cocreate.spaces.imports import AlreadyHere, find_space, import_options, one_line
from cocreate.trajectories.formats import EXPORTS, MAX_BYTES, MapFileError
from cocreate.trajectories.imports import bring_in_file, refusal, said
from cocreate.trajectories.models import Trajectory
from cocreate.trajectories.queries import map_of

export_group = AppGroup("export", help="Take along what was drawn here.")
NOBODY = uuid.UUID(int=0)  # a member who made nothing: sees what the whole space may see


@click.command("map")
@with_appcontext
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--title", help="What to call the map; else as in the file, else the name of the file.")
@import_options
def import_map(file: Path, title: str | None, space_name: str, visible_to: str) -> None:
    """Bring in a map: FILE is from XMind, FreeMind, OPML, JSON Canvas, GraphML, GEXF or Mermaid."""
    space = find_space(space_name)
    with file.open("rb") as stream:
        content = stream.read(MAX_BYTES + 1)
    with speaking(space.language):
        try:
            brought = bring_in_file(space.id, file.name, content, Visibility(visible_to), title or "")
        except MapFileError as error:
            raise click.ClickException(f"{one_line(file.name)}: {refusal(error)}") from error
        except AlreadyHere as error:
            raise click.ClickException(_("This map is in this space already.")) from error
        click.echo(brought.counts)
        for remark in brought.remarks:
            click.echo(f"  {remark}")


@export_group.command("map")
@with_appcontext
@click.argument("trajectory", type=click.UUID)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--format", "kind", type=click.Choice(list(EXPORTS)), help="Else by how the name of FILE ends.")
def export_map(trajectory: uuid.UUID, file: Path, kind: str | None) -> None:
    """Write a map, as everybody in its space may see it: TRAJECTORY is its id, FILE is made new."""
    kinds = [name for name, export in EXPORTS.items() if export.suffix == file.suffix.lower()]
    if not kind and not kinds:
        raise click.ClickException("Say which --format you want: the name of the file does not tell.")
    export = EXPORTS[kind or kinds[0]]
    drawn = session().get(Trajectory, trajectory)
    if drawn is None:
        raise click.ClickException(f"There is no map {trajectory}.")
    seen = map_of(Viewer(drawn.space_id, membership_id=NOBODY), drawn)
    content = export.write(drawn.title, seen.nodes, seen.edges)
    with file.open("xb") as stream:
        stream.write(content)
    click.echo(f"Wrote {len(seen.nodes)} items, {len(seen.edges)} links.")
    for remark in said(export.left(seen.nodes, seen.edges)):
        click.echo(f"  {remark}")
