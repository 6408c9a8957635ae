"""Importing maps from the command line."""

import hashlib
from pathlib import Path

import click
from flask.cli import with_appcontext
from flask_babel import gettext as _

from cocreate.core.audience import Visibility
from cocreate.core.changes import changing
from cocreate.core.i18n import speaking
from cocreate.spaces.imports import AlreadyHere, add_absent_person, find_space, import_options, one_line
from cocreate.trajectories.formats import MAX_BYTES, ImportedMap, MapFileError, Remark, read_map
from cocreate.trajectories.service import bring_in, start_trajectory


@click.command("map")
@with_appcontext
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--title", help="What to call the map; else as in the file, else the name of the file.")
@import_options
def import_map(file: Path, title: str | None, space_name: str, visible_to: str) -> None:
    """Bring in a map: FILE is a JSON Canvas, FreeMind .mm, OPML, GraphML or GEXF file."""
    space = find_space(space_name)
    with file.open("rb") as stream:
        content = stream.read(MAX_BYTES + 1)
    name, stem = one_line(file.name), one_line(file.stem)
    mark = hashlib.sha256(content).hexdigest()
    with speaking(space.language):
        try:
            found = read_map(name, content)
            with changing(space.id) as log:
                maker_id = add_absent_person(log, f"map:{mark}", name=name[:60])
                trajectory = start_trajectory(log, (one_line(title or found.title) or stem)[:200])
                trajectory.source = mark
                bring_in(log, trajectory, maker_id, Visibility(visible_to), found.nodes, found.edges)
        except MapFileError as error:
            raise click.ClickException(f"{name}: {one_line(_(error.message) % error.params)}") from error
        except AlreadyHere as error:
            raise click.ClickException(_("This map is in this space already.")) from error
        _report(found, trajectory.title)


def _report(found: ImportedMap, title: str) -> None:
    nodes, edges = found.found
    click.echo(
        _("Brought in “%(title)s”: %(nodes)s items, %(links)s links.", title=title, nodes=nodes, links=edges)
    )
    for note in found.notes:
        said = _(note.message) % note.params if isinstance(note, Remark) else note
        click.echo(f"  {said}")
