"""Bringing in what was told elsewhere: for whom, by whom, and only once."""

import uuid
from collections.abc import Callable
from typing import Any, TypeVar

import click
from flask.cli import AppGroup

from cocreate.accounts.models import Person
from cocreate.core.audience import Visibility
from cocreate.core.changes import Log
from cocreate.core.db import session
from cocreate.spaces.models import Membership, Space
from cocreate.spaces.rules import Role

C = TypeVar("C", bound=Callable[..., Any])
group = AppGroup("import", help="Bring in what was told or drawn elsewhere.")


class AlreadyHere(Exception):
    """The same file was brought into this space before."""


def import_options(command: C) -> C:
    """The options that every import has."""
    command = click.option(
        "--visible-to",
        type=click.Choice([each.value for each in (Visibility.SPACE, Visibility.PUBLIC, Visibility.MAKER)]),
        default=Visibility.SPACE.value,
        show_default=True,
        help="Who may see what is brought in.",
    )(command)
    return click.option("--space", "space_name", required=True, help="The name of the space, or its id.")(
        command
    )


def find_space(name: str) -> Space:
    """The space with this id or exact name; a click error when there is none, or more than one."""
    try:
        found = session().get(Space, uuid.UUID(name))
    except ValueError:
        found = None
    if found is None:
        named = list(session().query(Space).filter(Space.name == name))
        if len(named) > 1:
            raise click.ClickException(f"There are {len(named)} spaces called “{name}”. Use the id instead.")
        found = named[0] if named else None
    if found is None:
        raise click.ClickException(f"There is no space called “{name}”.")
    return found


def one_line(text: str) -> str:
    """Words out of a file, safe for a terminal: no line breaks, no control characters."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def add_absent_person(
    log: Log, mark: str, voice_id: uuid.UUID | None = None, name: str | None = None
) -> uuid.UUID:
    """A membership for somebody who spoke elsewhere and never signs in here.

    Its id follows from the space and `mark`, so the same file cannot come in twice: `AlreadyHere`.
    """
    person_id = uuid.uuid5(log.space_id, mark)
    if log.session.get(Person, person_id) is not None:
        raise AlreadyHere
    log.session.add(Person(id=person_id))
    log.session.flush()
    membership = Membership(
        id=uuid.uuid5(person_id, "membership"),
        space_id=log.space_id,
        person_id=person_id,
        voice_id=voice_id,
        name=name,
        role=Role.READER,
    )
    log.session.add(membership)
    log.session.flush()
    return membership.id
