"""How what helped looks on live surfaces: a chip to tap on the stage, elsewhere a card."""

from cocreate.core.cards import render_cards
from cocreate.core.changes import Change
from cocreate.core.db import session
from cocreate.core.faces import Face, View
from cocreate.moments.models import WorkingFactor
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
        if view is not View.STAGE:
            return Face({"linked": True}, factor.audience)
        where = {"moment_id": change.payload.get("moment_id"), "linked": change.verb == "linked"}
        return Face(where, factor.audience)
    face = _card(change, view)
    if view is not View.STAGE or face is None or "card" not in face.data or change.subject_id is None:
        return face
    return Face({"chip": str(render_cards(CHIP, [(change.subject_id, 0)])[0])}, face.audience)
