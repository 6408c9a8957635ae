"""Signing up, in and out; return codes."""

import hashlib
import secrets
import uuid
from contextlib import suppress
from datetime import timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import bindparam, delete, select
from sqlalchemy.exc import IntegrityError

from cocreate.accounts.models import Account, Person, ReturnCode, Salt, SignIn, SignInLink
from cocreate.accounts.rules import make_return_code
from cocreate.core.db import new_id, session, utcnow, writing
from cocreate.core.hashing import hash_code, hash_password, is_password
from cocreate.core.problems import Conflict

SIGNED_IN_FOR = timedelta(days=30)
CODES_KEPT = 5


def sign_up(email: str, name: str, password: str | None) -> uuid.UUID:
    """A new account; `Conflict` when the address is taken. Gives the person's id."""
    hashed = hash_password(password) if password else None
    email = email.lower()
    try:
        with writing() as transaction:
            person = Person(id=new_id())
            transaction.add(person)
            transaction.flush()
            transaction.add(Account(person_id=person.id, email=email, name=name, password_hash=hashed))
    except IntegrityError as taken:
        raise Conflict(_l("There is already an account with this address. Sign in instead.")) from taken
    return person.id


def find_account(email: str) -> Account | None:
    """The account with this address."""
    return session().scalar(select(Account).where(Account.email == email.lower()))


def check_password(email: str, password: str) -> uuid.UUID | None:
    """The person whose address and password these are; takes as long when there is none."""
    account = find_account(email)
    fits = is_password(account.password_hash if account else None, password)
    return account.person_id if account and fits else None


def welcome_guest() -> uuid.UUID:
    """A person of whom we know nothing."""
    with writing() as transaction:
        person = Person(id=new_id())
        transaction.add(person)
        transaction.flush()  # inside a longer transaction somebody may need them before its end
    return person.id


def sign_in(person_id: uuid.UUID) -> str:
    """A new signed-in browser; gives the token that its cookie keeps."""
    token = secrets.token_urlsafe(32)
    with writing() as transaction:
        transaction.execute(delete(SignIn).where(SignIn.expires_at < utcnow()))
        expires_at = utcnow() + SIGNED_IN_FOR
        transaction.add(SignIn(token_hash=_hash(token), person_id=person_id, expires_at=expires_at))
    return token


_WHO = (
    select(SignIn.person_id, Account.person_id)
    .outerjoin(Account, Account.person_id == SignIn.person_id)
    .where(SignIn.token_hash == bindparam("token"), SignIn.expires_at > bindparam("now"))
)


def person_of(token: str) -> tuple[uuid.UUID, bool] | None:
    """Who is signed in with this token, if it was not signed out; and whether they have an account."""
    row = session().connection().execute(_WHO, {"token": _hash(token), "now": utcnow()}).first()
    return (row[0], row[1] is not None) if row else None


def sign_out(token: str) -> None:
    """From now on this token is worth nothing."""
    with writing() as transaction:
        transaction.execute(delete(SignIn).where(SignIn.token_hash == _hash(token)))


def make_sign_in_link(person_id: uuid.UUID, lasts: timedelta = timedelta(hours=24)) -> str:
    """The token of a link that signs in once."""
    token = secrets.token_urlsafe(24)
    with writing() as transaction:
        transaction.add(SignInLink(token_hash=_hash(token), person_id=person_id, expires_at=utcnow() + lasts))
    return token


def use_sign_in_link(token: str) -> uuid.UUID | None:
    """Whose link this is; it does not work a second time."""
    with writing() as transaction:
        # Deleting is what decides: of two browsers with the same link, one finds a row to delete.
        taken = delete(SignInLink).where(SignInLink.token_hash == _hash(token))
        link = transaction.execute(taken.returning(SignInLink.person_id, SignInLink.expires_at)).first()
        return link.person_id if link and link.expires_at > utcnow() else None


def give_return_code(person_id: uuid.UUID) -> str:
    """A new return code in words. Only its hash is kept, so it cannot be shown again."""
    code = make_return_code()
    hashed = hash_code(code, _salt())
    with writing() as transaction:
        transaction.add(ReturnCode(hash=hashed, person_id=person_id))
        transaction.flush()
        _forget_oldest(person_id)
    return code


def use_return_code(code: str) -> uuid.UUID | None:
    """Whose code this is; `code` as `rules.read_return_code` gives it."""
    found = session().get(ReturnCode, hash_code(code, _salt()))
    return found.person_id if found else None


def _forget_oldest(person_id: uuid.UUID) -> None:
    newest = (
        select(ReturnCode).where(ReturnCode.person_id == person_id).order_by(ReturnCode.created_at.desc())
    )
    for old in session().scalars(newest.offset(CODES_KEPT)):
        session().delete(old)


def _salt() -> bytes:
    if session().get(Salt, 1) is None:
        # A whole room asks for its words at once; whoever comes second finds the first one's salt.
        with suppress(IntegrityError), writing() as transaction:
            if transaction.get(Salt, 1) is None:
                transaction.add(Salt(id=1, value=secrets.token_bytes(16)))
    return session().scalars(select(Salt.value)).one()


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def is_account(person_id: uuid.UUID) -> bool:
    """Whether this person has an account; guests have none."""
    return session().get(Account, person_id) is not None
