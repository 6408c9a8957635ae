"""What many answers say together; who did not answer is in none of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from cocreate.indicators.kinds.shapes import HaveAndWish, Missing

Number = int | Fraction


@dataclass(frozen=True, slots=True)
class PairMeans:
    """Have and wish of the same n people, always told together."""

    have: Fraction
    wish: Fraction
    n: int

    @property
    def gap(self) -> Fraction:
        """Wish − have, which is also the mean of everybody's own gap."""
        return self.wish - self.have


def mean(answers: Iterable[Number | Missing]) -> Fraction | None:
    """The mean of what was answered; None when nobody did."""
    told = [answer for answer in answers if not isinstance(answer, Missing)]
    return Fraction(sum(told)) / len(told) if told else None


def mean_pair(answers: Iterable[HaveAndWish | Missing]) -> PairMeans | None:
    """The means of have and of wish over who told both; None when nobody did."""
    told = [answer for answer in answers if not isinstance(answer, Missing)]
    have, wish = mean(pair.have for pair in told), mean(pair.wish for pair in told)
    return None if have is None or wish is None else PairMeans(have, wish, len(told))
