"""What is drawn once and shown often, kept as long as what it was made of is the same."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from markupsafe import Markup

MOST = 40_000_000  # letters


class _Drawn(OrderedDict[tuple[object, ...], Markup]):
    """What is kept, least lately asked for first, and how many letters that is."""

    letters = 0

    def put(self, key: tuple[object, ...], made: Markup) -> None:
        """Keep this; what was not asked for longest goes when it is too much together."""
        self.letters += len(made) - len(self.pop(key, ""))
        self[key] = made
        while len(self) > 1 and self.letters > MOST:
            self.letters -= len(self.popitem(last=False)[1])

    def clear(self) -> None:
        """Nothing any more."""
        super().clear()
        self.letters = 0


_drawn = _Drawn()
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
        _drawn.put(key, made)
    return made


def let_go() -> None:
    """Keep nothing: words were taken back."""
    with _turn:
        _drawn.clear()
