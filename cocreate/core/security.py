"""Headers, cookies, forged requests, guessing."""

from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask, Response, jsonify, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_wtf.csrf import CSRFProtect, generate_csrf
from limits import parse_many
from werkzeug.middleware.proxy_fix import ProxyFix

from cocreate.config import Config, SettingError

POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types cocreate",
    ]
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}

FAILURES = (404, 422)


def address() -> str:
    """Whose guesses are counted together."""
    return get_remote_address()


def only_failures(answer: Response) -> bool:
    """Count wrong guesses only: thirty tablets behind one address may all come in."""
    return answer.status_code in FAILURES


class Answer(Response):
    """Says of its cookies how long they last: a tablet may be wrong by a year about what day it is."""

    def set_cookie(self, key: str, value: str = "", *args: Any, **options: Any) -> None:
        """As always, with the time that is left."""
        until = options.get("expires")
        if isinstance(until, datetime) and options.get("max_age") is None and not args:
            options["max_age"] = max(0, round((until - datetime.now(UTC)).total_seconds()))
        super().set_cookie(key, value, *args, **options)


csrf = CSRFProtect()
limiter = Limiter(address, headers_enabled=False)


def init_app(app: Flask, config: Config) -> None:
    """Attach everything that guards a request."""
    app.config.update(
        SECRET_KEY=config.read_secret_key(),
        # Browsers accept the __Host- prefix only on https; a laptop in a hall speaks http.
        SESSION_COOKIE_NAME="__Host-cocreate" if config.is_https else "cocreate",
        SESSION_COOKIE_SECURE=config.is_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(days=30),
        SESSION_REFRESH_EACH_REQUEST=False,  # the row of the sign-in decides how long it lasts
        # An outbox may be flushed hours later, so a token lives as long as its cookie. The
        # referrer check is off because we ask browsers to send no referrer at all.
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
        MAX_CONTENT_LENGTH=1024 * 1024,
        MAX_FORM_MEMORY_SIZE=512 * 1024,
        TRUSTED_HOSTS=list(config.trusted_hosts) or None,
        RATELIMIT_STORAGE_URI="memory://",
    )
    app.response_class = Answer
    _refuse_wrong_limits(config)
    csrf.init_app(app)
    limiter.init_app(app)
    app.after_request(lambda answer: _add_headers(answer, is_https=config.is_https))
    app.add_url_rule("/csrf", "core.csrf", _fresh_token)
    if config.proxies:
        count = config.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]


def _refuse_wrong_limits(config: Config) -> None:
    # The limiter itself would log a mistake in it, and then let everybody guess.
    try:
        parse_many(config.guesses)
    except ValueError as error:
        raise SettingError(f"COCREATE_GUESSES is “{config.guesses}”, which is no limit.") from error


def _fresh_token() -> Response:
    answer = jsonify(token=generate_csrf())
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _add_headers(answer: Response, *, is_https: bool) -> Response:
    for name, value in HEADERS.items():
        answer.headers.setdefault(name, value)
    if is_https:
        answer.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    if request.endpoint != "static":
        # Back on a shared tablet must not show the page of whoever sat there before.
        answer.headers.setdefault("Cache-Control", "no-store")
    return answer
