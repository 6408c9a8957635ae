"""Who leads a meeting, and who could."""

import uuid

from sqlalchemy import func, select

from cocreate.accounts.models import Account
from cocreate.core.db import session
from cocreate.spaces.models import Membership


def name_of(membership_id: uuid.UUID | None) -> str | None:
    """What a member who leads is called: in this space, else in their account."""
    query = (
        select(func.coalesce(Membership.name, Account.name))
        .outerjoin(Account, Account.person_id == Membership.person_id)
        .where(Membership.id == membership_id)
    )
    return session().scalar(query) if membership_id else None
