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
    """A link is only a hint to look again: in which moments it helped differs from reader to reader."""
    if change.verb in LINKING:
        factor = session().get(WorkingFactor, change.subject_id)
        is_told = view is View.LIBRARY and factor is not None and factor.withdrawn_at is None
        return Face({"linked": True}, factor.audience) if is_told and factor else None
    face = _card(change, view)
    if view is not View.STAGE or face is None or "card" not in face.data or change.subject_id is None:
        return face
    return Face({"chip": str(render_cards(CHIP, [(change.subject_id, 0)])[0])}, face.audience)
