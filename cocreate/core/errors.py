"""Errors a person may meet, and the one place that turns them into a page or JSON."""

from contextlib import suppress
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, current_app, jsonify, make_response, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from werkzeug.exceptions import HTTPException

from cocreate.core.problems import Conflict, DomainError, Invalid, NotFound

__all__ = ["Conflict", "DomainError", "Invalid", "NotFound", "init_app", "wants_json"]

SENTENCES = {
    400: _l("We could not read what was sent."),
    404: _l("This page does not exist, or it is not yours to see."),
    405: _l("That cannot be done here."),
    409: _l("This does not fit with what happened in the meantime."),
    413: _l("That is too large."),
    422: _l("Something is not filled in right yet."),
    429: _l("That was tried too often. Wait a minute and try again."),
    500: _l("Something broke on our side. What you sent is still on your tablet."),
    503: _l("We cannot keep anything right now. What you sent stays on your tablet and goes along later."),
}


def wants_json() -> bool:
    """Whether the caller speaks JSON rather than pages."""
    best = request.accept_mimetypes.best_match(["text/html", "application/json", "application/problem+json"])
    return request.is_json or best in ("application/json", "application/problem+json")


def init_app(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(DomainError, lambda e: _answer(e.status, e.message, e.fields))
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(OperationalError, _database)
    app.register_error_handler(Exception, _broken)


def _csrf(_error: CSRFError) -> Response:
    return _answer(400, _("This page was open for too long. Load it again before you go on."), kind="csrf")


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    answer = _answer(status)
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        answer.headers["Allow"] = error.get_response().headers.get("Allow", "")
    return answer


def _database(error: OperationalError) -> Response:
    current_app.logger.exception("database", exc_info=error)
    answer = _answer(503)
    answer.headers["Retry-After"] = "5"
    return answer


def _broken(error: Exception) -> Response:
    current_app.logger.exception("broken", exc_info=error)
    return _answer(500)


def _answer(
    status: int, message: object = None, fields: dict[str, list[str]] | None = None, kind: str = "about:blank"
) -> Response:
    title = str(
        message
        or SENTENCES.get(status)
        or SENTENCES[HTTPStatus.INTERNAL_SERVER_ERROR if status >= HTTPStatus.INTERNAL_SERVER_ERROR else 400]
    )
    if wants_json():
        problem: dict[str, Any] = {"type": kind, "status": status, "title": title}
        if fields:
            problem["fields"] = fields
        answer = jsonify(problem)
        answer.mimetype = "application/problem+json"
    else:
        answer = make_response(_page(status, title, fields))
    answer.status_code = status
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _page(status: int, title: str, fields: dict[str, list[str]] | None) -> str:
    facts: dict[str, Any] = {"status": status, "title": title, "fields": fields}
    if status < HTTPStatus.INTERNAL_SERVER_ERROR:
        with suppress(SQLAlchemyError):
            return render_template("core/error.html", **facts)
    # Who is signed in stands in the database, and that may be the very thing that is broken.
    return current_app.jinja_env.get_template("core/error.html").render(current_user=None, **facts)
