"""Who is at this browser: Flask-Login over a sign-in row on the server."""

import uuid
from dataclasses import dataclass

from flask import Flask, g, session
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from cocreate.accounts import service

login_manager = LoginManager()


@dataclass(frozen=True, slots=True)
class SignedIn(UserMixin):  # type: ignore[misc]
    """The person behind a sign-in token."""

    token: str
    person_id: uuid.UUID
    has_account: bool

    def get_id(self) -> str:
        """What the cookie keeps: the token, never the person."""
        return self.token


def current_person_id() -> uuid.UUID | None:
    """The person at this browser, if they signed in or joined."""
    return current_user.person_id if current_user.is_authenticated else None


def is_guest() -> bool:
    """Whether this browser joined with a code; such a browser may be a shared tablet."""
    return bool(current_user.is_authenticated and not current_user.has_account)


def has_account() -> bool:
    """Whether somebody with an account is at this browser."""
    return bool(current_user.is_authenticated and current_user.has_account)


def let_in(person_id: uuid.UUID) -> None:
    """Sign this browser in, under a new session: an old one may have been planted."""
    language = session.get("language")
    let_out()
    session.clear()
    session.permanent = True
    if language:
        session["language"] = language
    login_user(SignedIn(service.sign_in(person_id), person_id, service.is_account(person_id)))


def stand_in(person_id: uuid.UUID) -> None:
    """Let what this request does be done as this person; only inside a request that nobody sent."""
    g._login_user = SignedIn("", person_id, has_account=False)


def let_out() -> None:
    """Sign this browser out, on the server too."""
    if current_user.is_authenticated:
        service.sign_out(current_user.token)
        logout_user()
    language = session.get("language")
    session.clear()
    if language:
        session["language"] = language


def _load(token: str) -> SignedIn | None:
    found = service.person_of(token)
    return SignedIn(token, *found) if found else None


def init_app(app: Flask) -> None:
    """Attach Flask-Login."""
    login_manager.session_protection = None  # tablets change address when they roam between access points
    login_manager.user_loader(_load)
    login_manager.init_app(app)
