"""What is drawn once and shown often, kept as long as what it was made of is the same."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from markupsafe import Markup

MOST = 40_000_000  # letters

_drawn: OrderedDict[tuple[object, ...], Markup] = OrderedDict()
_turn = Lock()


def keep(key: tuple[object, ...], draw: Callable[[], str]) -> Markup:
    """What `draw` gives, drawn once for each `key`.

    The key must hold everything it was made of, or the viewer and the number of the last change: then it
    can never be stale, and never be shown to who may not see it.
    """
    with _turn:
        if key in _drawn:
            _drawn.move_to_end(key)
            return _drawn[key]
    made = Markup(draw())  # noqa: S704 (a rendered template, or a picture that escapes every text)
    with _turn:
        _drawn[key] = made
        while len(_drawn) > 1 and sum(map(len, _drawn.values())) > MOST:
            _drawn.popitem(last=False)
    return made


def let_go() -> None:
    """Keep nothing: words were taken back."""
    with _turn:
        _drawn.clear()
