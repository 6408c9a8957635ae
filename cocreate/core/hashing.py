"""Argon2id, outside the event loop: 34 ms of one core must not hold up two hundred tablets."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from argon2.low_level import Type, hash_secret_raw

from cocreate.core.beside import beside

_TIME, _MEMORY, _PARALLEL = 2, 19 * 1024, 1
_passwords = PasswordHasher(time_cost=_TIME, memory_cost=_MEMORY, parallelism=_PARALLEL)
# Compared against when there is no such account, so that both answers take as long.
_NOBODY = _passwords.hash("nobody has this password")


def hash_password(password: str) -> str:
    """The Argon2id hash of a password, with its own salt."""
    return beside(lambda: _passwords.hash(password))


def is_password(stored: str | None, password: str) -> bool:
    """Whether the password fits; takes as long when there is nothing to compare with."""

    def check() -> bool:
        try:
            return _passwords.verify(stored or _NOBODY, password) and stored is not None
        except (VerifyMismatchError, InvalidHashError):
            return False

    return beside(check)


def hash_code(code: str, salt: bytes) -> bytes:
    """The Argon2id hash of a random code of 64 bits: one salt for all, so that it can be looked up."""
    return beside(lambda: hash_secret_raw(code.encode(), salt, _TIME, _MEMORY, _PARALLEL, 32, Type.ID))
