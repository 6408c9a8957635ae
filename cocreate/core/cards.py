"""Cards: what somebody contributed, rendered once for each version and language, and then reused."""

import uuid
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import current_app
from markupsafe import Markup

from cocreate.core.i18n import current_language
from cocreate.core.kept import let_go

Key = tuple[str, uuid.UUID, int, str, bool]
KEPT = 20_000
# What never stands on a wall that everybody reads: who said it, and whether somebody wrote it down for them.
_UNSIGNED: Mapping[str, Any] = {"signed": None, "is_by_helper": False}


@dataclass(frozen=True, slots=True)
class CardKind:
    """How one type of contribution becomes a card: a template with a macro `card`, and its facts.

    Nothing of the viewer may enter it.
    """

    template: str
    load: Callable[[Iterable[uuid.UUID]], Mapping[uuid.UUID, Mapping[str, Any]]]


_kinds: dict[str, CardKind] = {}
_rendered: OrderedDict[Key, Markup] = OrderedDict()


def register_card(subject_type: str, kind: CardKind) -> None:
    """Say how cards of this type are made."""
    _kinds[subject_type] = kind


def is_drawn(subject_type: str) -> bool:
    """Whether things of this type become cards."""
    return subject_type in _kinds


def render_cards(
    subject_type: str, versions: Iterable[tuple[uuid.UUID, int]], *, is_signed: bool = True
) -> list[Markup]:
    """The cards of these subjects, in the order given; only those not rendered before are loaded.

    One that was withdrawn in the meantime is an empty card, so that the order stays that of the question.
    """
    language = current_language()
    keys: list[Key] = [
        (subject_type, subject_id, version, language, is_signed) for subject_id, version in versions
    ]
    found = {key: _rendered[key] for key in keys if key in _rendered}
    missing = [key for key in keys if key not in found]
    if missing:
        kind = _kinds[subject_type]
        facts = kind.load([key[1] for key in missing])
        # The macro once for all, rather than a template for each: that is half the work.
        draw = current_app.jinja_env.get_template(kind.template).module.card  # type: ignore[attr-defined]
        for key in missing:
            if key[1] in facts:
                told = facts[key[1]] if is_signed else {**facts[key[1]], **_UNSIGNED}
                found[key] = _remember(key, draw(told))
    return [found.get(key, Markup()) for key in keys]


def forget_cards(subject_id: uuid.UUID) -> None:
    """Let go of every rendered card of a subject whose words were taken back."""
    let_go()
    for key in [key for key in _rendered if key[1] == subject_id]:
        del _rendered[key]


def _remember(key: Key, card: Markup) -> Markup:
    _rendered[key] = card
    while len(_rendered) > KEPT:
        _rendered.popitem(last=False)
    return card
