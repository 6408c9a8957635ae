"""A finger in a triangle, as the weights of its corners."""

from math import floor, isfinite

from cocreate.indicators.kinds.shapes import WHOLE, Triad


def triad_at(x: float, y: float) -> Triad:
    """The weights at a point: x from left (0) to right (1), y from the base (0) to the top (1).

    A point outside the triangle counts as one on its edge, at the same height where that can be. The weights
    are whole and make 100: what is left over goes to the largest remainders, of equal ones to the first.
    """
    if not (isfinite(x) and isfinite(y)):
        raise ValueError("no point")
    top = min(max(y, 0.0), 1.0)
    right = min(max(x - top / 2, 0.0), 1.0 - top)
    return Triad(*_whole_parts((1.0 - top - right, right, top)))


def _whole_parts(shares: tuple[float, ...]) -> list[int]:
    exact = [round(share * WHOLE, 6) for share in shares]  # a hundredth of a pixel is no remainder
    parts = [floor(share) for share in exact]
    by_remainder = sorted(range(len(exact)), key=lambda place: parts[place] - exact[place])
    for place in by_remainder[: WHOLE - sum(parts)]:
        parts[place] += 1
    return parts
