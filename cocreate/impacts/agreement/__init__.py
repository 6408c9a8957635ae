"""What the voices of a space say together, what each says differently, and who said nothing.

The formulas are those of Polis (compdemocracy/polis, math/src/polismath/math): `group-aware-consensus` in
conversation.clj, `add-comparitive-stats` and `passes-by-test?` in repness.clj, both tests in stats.clj.
docs/agreement.md explains. These are figures, not yet fit to be seen: `cells` decides that.
"""

from cocreate.impacts.agreement.apart import CLEAR, Difference, Divide, differences, divides
from cocreate.impacts.agreement.proportions import share, z_between, z_half
from cocreate.impacts.agreement.stances import HALF, MINIMUM, NO_STANCE, POSITIONS, Stances
from cocreate.impacts.agreement.together import (
    Agreement,
    Bridge,
    NotHeardEnough,
    agreement,
    bridges,
    not_heard_enough,
)
from cocreate.impacts.agreement.unheard import Absence, Composition, Unheard, unheard

__all__ = [
    "CLEAR",
    "HALF",
    "MINIMUM",
    "NO_STANCE",
    "POSITIONS",
    "Absence",
    "Agreement",
    "Bridge",
    "Composition",
    "Difference",
    "Divide",
    "NotHeardEnough",
    "Stances",
    "Unheard",
    "agreement",
    "bridges",
    "differences",
    "divides",
    "not_heard_enough",
    "share",
    "unheard",
    "z_between",
    "z_half",
]
