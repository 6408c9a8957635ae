"""How what helped looks on live surfaces: a chip to tap on the stage, elsewhere a card."""

import uuid

from cocreate.core.cards import render_cards
from cocreate.core.changes import Change
from cocreate.core.db import session
from cocreate.core.faces import Face, View
from cocreate.moments.models import Moment, WorkingFactor
from cocreate.spaces.shelves import card_face

CHIP = "working_factor_chip"
LINKING = frozenset({"linked", "unlinked"})

_card = card_face(WorkingFactor)


def factor_face(change: Change, view: View) -> Face | None:
    """A link is only a hint to look again: in which moments it helped differs from reader to reader. The
    stage hears which moment, for it writes nothing again.
    """
    if change.verb in LINKING:
        factor = session().get(WorkingFactor, change.subject_id)
        if factor is None or factor.withdrawn_at is not None:
            return None
        moment = _moment_in(change)
        if moment is None or moment.withdrawn_at is not None:
            return None
        where = {"moment_id": str(moment.id), "linked": change.verb == "linked"}
        data = where if view is View.STAGE else {"linked": True}
        return Face(data, factor.audience, also=moment.audience)
    face = _card(change, view)
    if view is not View.STAGE or face is None or "card" not in face.data or change.subject_id is None:
        return face
    return Face({"chip": str(render_cards(CHIP, [(change.subject_id, 0)])[0])}, face.audience)


def _moment_in(change: Change) -> Moment | None:
    moment_id = change.payload.get("moment_id")
    return session().get(Moment, uuid.UUID(moment_id)) if moment_id else None
