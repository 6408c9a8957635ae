"""What gunicorn's worker does when a device gives up before its first question.

Given to gunicorn by its path: imported as a part of cocreate it would be there before gevent is.
"""

import ssl
from collections.abc import Callable
from typing import Any

import gevent

TRUST = "A device does not trust this server's certificate: see Https in a hall, docs/hosting.md."
PLAIN = "A device asked for http:// at an address of https. Let it type https:// first."
HINTS = {"HTTP_REQUEST": PLAIN, "CERTIFICATE": TRUST, "UNKNOWN_CA": TRUST}


def hint(error: BaseException) -> str:
    """What whoever runs the server can do about a greeting that failed; nothing: no words."""
    reason = getattr(error, "reason", None) or ""
    return next((words for part, words in HINTS.items() if part in reason), "")


def post_worker_init(worker: Any) -> None:
    """A tablet that refuses the certificate is no failure: say once what to do, and print no trace."""
    hub: Any = gevent.get_hub()
    fails: Callable[..., None] = hub.handle_error
    said: set[str] = set()

    def handle_error(context: object, kind: type | None, error: BaseException, trace: object) -> None:
        if not isinstance(error, ssl.SSLError | ConnectionError):
            fails(context, kind, error, trace)
        elif (words := hint(error)) and words not in said:
            said.add(words)
            worker.log.warning(words)

    hub.handle_error = handle_error
