"""Shares of people, and how clear they are: the tests of Polis (stats.clj), on whole arrays."""

import numpy as np

from cocreate.impacts.agreement.stances import HALF, Real, Whole


def share(said: Whole, spoke: Whole) -> Real:
    """The share who said so, with one more who did and one more who did not (Laplace): (A + 1)/(S + 2)."""
    return np.asarray((said + 1) / (spoke + 2), np.float64)


def z_half(said: Whole, spoke: Whole) -> Real:
    """How clearly more than half said so, in standard errors; Polis `prop-test`, with one more who did."""
    more = spoke + 1
    return np.asarray(2 * np.sqrt(more) * ((said + 1) / more - HALF), np.float64)


def z_between(said: Whole, spoke: Whole, others_said: Whole, others_spoke: Whole) -> Real:
    """How clearly more said so than of others, in standard errors; Polis `two-prop-test`, 1 more in each."""
    one, all_one, two, all_two = said + 1, spoke + 1, others_said + 1, others_spoke + 1
    pooled = (one + two) / (all_one + all_two)
    variance = pooled * (1 - pooled) * (1 / all_one + 1 / all_two)
    apart = one / all_one - two / all_two
    clear = np.divide(apart, np.sqrt(variance), out=np.zeros_like(apart), where=variance > 0)
    return np.asarray(clear, np.float64)
