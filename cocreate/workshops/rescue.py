"""Words that left a tablet in a file or by another hand: how they are read, and where they come from."""

import hashlib
import hmac
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

MAX_BYTES: Final = 400 * 1024
MOST: Final = 500  # things in one file
_PURPOSE: Final = b"cocreate rescue 1"


class RescueError(ValueError):
    """It is no file from a tablet, or not a whole one."""


@dataclass(frozen=True, slots=True)
class Rescued:
    """One thing that somebody told, with the proof of the tablet on which they told it."""

    membership_id: uuid.UUID
    proof: str
    path: str
    body: Mapping[str, Any]


def proof_of(secret: str, workshop_id: uuid.UUID, membership_id: uuid.UUID) -> str:
    """What the stage gives this person in this meeting; nobody can make it up without our secret."""
    told = b"\0".join((_PURPOSE, workshop_id.bytes, membership_id.bytes))
    return hmac.new(secret.encode(), told, hashlib.sha256).hexdigest()


def is_proven(secret: str, workshop_id: uuid.UUID, item: Rescued) -> bool:
    """Whether it came from a tablet at which this person sat in this meeting, and was told there."""
    expected = proof_of(secret, workshop_id, item.membership_id)
    is_here = item.body.get("workshop_id") == str(workshop_id)
    is_theirs = item.body.get("membership_id") == str(item.membership_id)
    return is_here and is_theirs and hmac.compare_digest(expected.encode(), item.proof.encode())


def read_file(data: bytes) -> list[Rescued]:
    """Everything in the file; `RescueError` when one thing in it cannot be read."""
    if len(data) > MAX_BYTES:
        raise RescueError("too large")
    try:
        file = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise RescueError("no JSON") from error
    if not isinstance(file, dict) or file.get("cocreate") != "rescue" or file.get("version") != 1:
        raise RescueError("another file")
    items = file.get("items")
    if not isinstance(items, list) or not 0 < len(items) <= MOST:
        raise RescueError("nothing in it, or too much")
    return [read_item(item) for item in items]


def read_item(item: object) -> Rescued:
    """One thing out of such a file, or as a tablet sends it."""
    try:
        found = dict(item)  # type: ignore[call-overload]
        proof, path, body = found["proof"], found["url"], found["body"]
        membership_id = uuid.UUID(str(found["membership"]))
    except (KeyError, TypeError, ValueError) as error:
        raise RescueError("a part is missing") from error
    if not isinstance(proof, str) or not isinstance(path, str) or not isinstance(body, dict):
        raise RescueError("a part does not fit")
    if not path.startswith("/") or not path.isprintable() or not path.isascii():
        raise RescueError("an odd address")
    try:
        proof.encode()
    except UnicodeEncodeError as error:
        raise RescueError("an odd proof") from error
    return Rescued(membership_id, proof, path, body)
