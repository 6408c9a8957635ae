"""Dutch and English, chosen by the person."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_percent
from babel.support import NullTranslations, Translations
from flask import Flask, Response, g, has_request_context, redirect, request, session
from flask_babel import Babel, Domain, force_locale, get_locale

LANGUAGES = {"nl": "Nederlands", "en": "English"}
SOURCE = "en"  # the language the sentences in the code are written in
TRANSLATIONS = Path(__file__).parents[1] / "translations"


class _CatalogDomain(Domain):  # type: ignore[misc]
    """Reads the written catalogue itself, so that no compiled copy can be stale or missing."""

    def get_translations(self) -> NullTranslations:
        return read_catalog(str(get_locale() or SOURCE))


class _CatalogBabel(Babel):  # type: ignore[misc]
    domain_instance = _CatalogDomain()


babel = _CatalogBabel()


@cache
def read_catalog(language: str) -> NullTranslations:
    """The sentences of one language; the source language needs none."""
    path = TRANSLATIONS / language / "LC_MESSAGES" / "messages.po"
    if not path.exists():
        return NullTranslations()
    with path.open("rb") as file:
        catalog = read_po(file, locale=language)
    compiled = BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return Translations(compiled)


def catalog() -> NullTranslations:
    """The sentences being spoken now; asked a thousand times a page, so it is looked up once."""
    found: NullTranslations | None = g.get("catalog")
    if found is None:
        found = g.catalog = read_catalog(current_language())
    return found


def language_of_request() -> str:
    """The language this person chose, else the best their browser asks for."""
    if not has_request_context():
        return SOURCE
    chosen = session.get("language")
    if chosen in LANGUAGES:
        return str(chosen)
    return request.accept_languages.best_match(list(LANGUAGES), "nl") or "nl"


def current_language() -> str:
    """The language this page is written in."""
    return str(get_locale() or SOURCE)


def percent(share: float) -> str:
    """A share between 0 and 1 as whole percents, as the language of the page writes them."""
    return _percents(current_language(), round(share * 100))


@cache
def _percents(language: str, hundredths: int) -> str:
    return str(format_percent(hundredths / 100, locale=language))


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Write in another language for a while, for a card that goes to everybody."""
    before = g.pop("catalog", None)
    try:
        with force_locale(language):
            yield
    finally:
        g.catalog = before


def choose_language(language: str) -> None:
    """Remember a person's language in their cookie."""
    if language in LANGUAGES:
        session["language"] = language


def local_target(target: str | None, default: str = "/") -> str:
    """A path on this site, never another one."""
    target = (target or "").replace("\\", "/")
    is_local = target.startswith("/") and not target.startswith("//") and target.isprintable()
    return target if is_local else default


def _change_language() -> Response:
    choose_language(request.form.get("language", ""))
    return redirect(local_target(request.form.get("next")), 303)  # type: ignore[return-value]


def init_app(app: Flask) -> None:
    """Attach Flask-Babel and the language buttons."""
    babel.init_app(app, default_locale=SOURCE, locale_selector=language_of_request)
    app.add_url_rule("/language", "core.language", _change_language, methods=["POST"])
    words: dict[str, Any] = {"LANGUAGES": LANGUAGES, "current_language": current_language}
    app.jinja_env.globals.update(words)
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda text: catalog().gettext(text),
        lambda one, many, count: catalog().ngettext(one, many, count),
        newstyle=True,
    )
