"""Importing conversations from the command line."""

from pathlib import Path

import click
from flask.cli import with_appcontext
from flask_babel import gettext as _
from flask_babel import ngettext

from cocreate.core.audience import Visibility
from cocreate.core.i18n import speaking
from cocreate.impacts.conversations import bring_in_conversation
from cocreate.impacts.polis import PolisFileError, read_conversation
from cocreate.spaces.imports import AlreadyHere, find_space, import_options, one_line


@click.command("polis")
@with_appcontext
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@import_options
def import_polis(folder: Path, space_name: str, visible_to: str) -> None:
    """Bring in a Polis open-data conversation: the CSV files in FOLDER become proposals and stances."""
    space = find_space(space_name)
    with speaking(space.language):
        try:
            told = read_conversation(folder)
            bring_in_conversation(space.id, told, Visibility(visible_to))
        except PolisFileError as error:
            raise click.ClickException(one_line(_(error.message) % error.params)) from error
        except AlreadyHere as error:
            raise click.ClickException(_("This conversation is in this space already.")) from error
        click.echo(
            _(
                "Brought in “%(topic)s”: %(people)s people, %(statements)s statements, %(votes)s stances.",
                topic=one_line(told.topic),
                people=len(told.voters),
                statements=len(told.comments),
                votes=len(told.votes),
            )
        )
        left_out = len(told.dropped_comments)
        if left_out:
            click.echo(
                ngettext(
                    "%(num)s statement was rejected by the moderators and stays out.",
                    "%(num)s statements were rejected by the moderators and stay out.",
                    left_out,
                )
            )
