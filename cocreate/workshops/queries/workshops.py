"""Reading workshops."""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from cocreate.core.db import session
from cocreate.core.problems import NotFound
from cocreate.trajectories.models import Trajectory
from cocreate.workshops.models import Workshop


def workshop_of(workshop_id: uuid.UUID) -> Workshop:
    """The workshop with its steps. Whether the viewer may see it is decided by its space."""
    workshop = session().get(Workshop, workshop_id, options=[selectinload(Workshop.steps)])
    if workshop is None:
        raise NotFound
    return workshop


def workshop_with_code(code: str) -> Workshop | None:
    """The open workshop that this code leads to."""
    query = select(Workshop).where(Workshop.code == code, Workshop.closed_at.is_(None))
    return session().scalar(query.where(Workshop.opened_at.is_not(None)))


def trajectory_of_workshop(workshop_id: uuid.UUID) -> Trajectory | None:
    """The map that is drawn on in a workshop; other workshops may draw on the same one."""
    query = select(Trajectory).join(Workshop, Workshop.trajectory_id == Trajectory.id)
    return session().scalar(query.where(Workshop.id == workshop_id))


def workshops_of(space_id: uuid.UUID) -> list[Workshop]:
    """The workshops of a space, newest first."""
    query = select(Workshop).where(Workshop.space_id == space_id).order_by(Workshop.created_at.desc())
    return list(session().scalars(query))
