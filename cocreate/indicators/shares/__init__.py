"""A fair set out of what people approve of, by the method of equal shares; docs/fair-set.md explains."""

from cocreate.indicators.shares.ballots import Approvals
from cocreate.indicators.shares.choosing import Completion, FairSet, Round, fair_budget, fair_set
from cocreate.indicators.shares.majority import plain_budget, plain_set
from cocreate.indicators.shares.voices import Reach, VoiceShare, voice_shares

__all__ = [
    "Approvals",
    "Completion",
    "FairSet",
    "Reach",
    "Round",
    "VoiceShare",
    "fair_budget",
    "fair_set",
    "plain_budget",
    "plain_set",
    "voice_shares",
]
