"""Taking back what I told, and choosing again who may see it."""

import uuid

from cocreate.core.audience import Viewer, Visibility
from cocreate.core.changes import changing
from cocreate.core.db import empty_write_ahead_log
from cocreate.core.problems import NotFound
from cocreate.impacts.service import show_impact_of
from cocreate.indicators.service.settling import settle, settle_shown
from cocreate.privacy.queries import KINDS
from cocreate.spaces.contributions import change_visibility, withdraw


def withdraw_contribution(viewer: Viewer, topic: str, contribution_id: uuid.UUID) -> None:
    """Take it back: the words go from every page, open screens and the log, in one transaction."""
    with changing(viewer.space_id) as log:
        withdraw(viewer, _kind(topic), contribution_id)
        show_impact_of(log, topic, contribution_id)
        settle(log, topic, contribution_id)
    empty_write_ahead_log()


def show_to(viewer: Viewer, topic: str, contribution_id: uuid.UUID, visibility: Visibility) -> None:
    """From now on these people may see it."""
    with changing(viewer.space_id) as log:
        change_visibility(viewer, _kind(topic), contribution_id, visibility)
        show_impact_of(log, topic, contribution_id)
        settle_shown(log, topic, contribution_id)


def _kind(topic: str):  # type: ignore[no-untyped-def]
    if topic not in KINDS:
        raise NotFound
    return KINDS[topic]
