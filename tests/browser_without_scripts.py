"""A browser without scripts: keeps cookies, reads forms out of pages, and sends them back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.test import TestResponse


@dataclass
class PlainForm:
    """A form as a browser would send it when nothing is touched, and what could be chosen."""

    action: str
    attributes: dict[str, str]
    values: dict[str, str] = field(default_factory=dict)
    options: dict[str, list[str]] = field(default_factory=dict)


class Browser:
    """One browser with its own cookies. Its POSTs carry the token of a page it really loaded."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client = app.test_client()
        self.page: TestResponse | None = None

    def get(self, path: str, **options: Any) -> TestResponse:
        """Load a page."""
        self.page = self.client.get(path, **options)
        return self.page

    def post(self, path: str, data: Mapping[str, Any] | None = None, **options: Any) -> TestResponse:
        """Send a form, or `json`, with the token of a page loaded before."""
        headers = {"X-CSRFToken": self.token(), **options.pop("headers", {})}
        self.page = self.client.post(path, data=data, headers=headers, **options)
        return self.page

    def submit(self, form: PlainForm, path: str = "", **values: Any) -> TestResponse:
        """Fill in a form of a page and press its button. Its token stands in the form itself."""
        self.page = self.client.post(form.action or path, data={**form.values, **values})
        return self.page

    def token(self) -> str:
        """The token in the head of a page."""
        return read_page(self.client.get("/join").text).token

    def accept(self, cookie: str) -> "Browser":
        """Hold this session cookie from now on."""
        name, _, value = cookie.partition("=")
        self.client.set_cookie(name, value)
        return self

    @property
    def cookie(self) -> str:
        """The session cookie."""
        name = self.app.config["SESSION_COOKIE_NAME"]
        found = self.client.get_cookie(name)
        return f"{name}={found.value}" if found else ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.token = ""
        self.forms: list[PlainForm] = []
        self.links: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self._writing: str | None = None
        self._select: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = {name: value or "" for name, value in attrs}
        self.tags.append((tag, facts))
        if tag == "meta" and facts.get("name") == "csrf-token":
            self.token = facts["content"]
        if tag == "form":
            self.forms.append(PlainForm(facts.get("action", ""), facts))
        elif "name" in facts and self.forms:
            self._read_control(tag, facts)
        elif tag == "option" and self._select:
            self._choose(self._select, facts, "selected")
        for name in ("href", "src", "action"):
            if facts.get(name):
                self.links.append(facts[name])

    def handle_data(self, data: str) -> None:
        if self._writing:
            self.forms[-1].values[self._writing] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._writing = None
        if tag == "select":
            self._select = None

    def _read_control(self, tag: str, facts: dict[str, str]) -> None:
        name, form = facts["name"], self.forms[-1]
        if tag == "textarea":
            self._writing, form.values[name] = name, ""
        elif tag == "select":
            self._select = name
        elif facts.get("type") in ("radio", "checkbox"):
            self._choose(name, facts, "checked")
        elif tag == "input":
            form.values[name] = facts.get("value", "")

    def _choose(self, name: str, facts: dict[str, str], mark: str) -> None:
        form = self.forms[-1]
        form.options.setdefault(name, []).append(facts.get("value", "on"))
        if mark in facts:
            form.values[name] = facts.get("value", "on")


def read_page(html: str) -> _Reader:
    """Token, forms, links and tags of a page."""
    reader = _Reader()
    reader.feed(html)
    return reader


def form_of(html: str, **attributes: str) -> PlainForm:
    """The one form with these attributes, such as `action` or `data_contribution_form`."""
    wanted = {name.replace("_", "-"): value for name, value in attributes.items()}
    found = [form for form in read_page(html).forms if wanted.items() <= form.attributes.items()]
    assert len(found) == 1, f"{len(found)} forms with {wanted}"
    return found[0]


def local_links(html: str) -> set[str]:
    """The paths on this site that a page points to."""
    return {
        link.partition("#")[0]
        for link in read_page(html).links
        if link.startswith("/") and not urlsplit(link).netloc and link.partition("#")[0]
    }
