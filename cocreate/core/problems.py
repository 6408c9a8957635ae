"""What services raise when something may not or cannot be done."""

from collections.abc import Mapping


class DomainError(Exception):
    """A refusal in plain words. `message` is a lazy translated sentence or None for the default one."""

    status = 400

    def __init__(self, message: object = None, fields: Mapping[str, list[str]] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.fields = dict(fields or {})


class NotFound(DomainError):
    """It is not there, or not for this person: the two look the same."""

    status = 404


class Conflict(DomainError):
    """It was allowed, but something else happened first."""

    status = 409


class Invalid(DomainError):
    """What was filled in does not fit; `fields` says where."""

    status = 422
