"""Somebody at a browser of their own. Whatever goes wrong in it is written down."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Request

PATIENCE = 15_000  # milliseconds
WIFI_ERRORS = r"Failed to load resource: net::ERR_|net::ERR_"
TELL_VIOLATIONS = """
addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI, sourceFile, lineNumber }) =>
  console.error(`CSP ${effectiveDirective} ${blockedURI} ${sourceFile}:${lineNumber}`));
"""


class Visitor:
    """A browser context with one page in front."""

    def __init__(self, browser: Browser, url: str, **options: Any) -> None:
        self.url = url
        self.problems: list[str] = []
        self.dialogs: list[str] = []
        self._expected: list[str] = []
        self.context = browser.new_context(**{"locale": "en-GB", **options})
        self.context.set_default_timeout(PATIENCE)
        self.context.add_init_script(TELL_VIOLATIONS)
        self.context.on("page", self._watch)
        self.page = self.context.new_page()

    def expect(self, *patterns: str) -> None:
        """From now on these messages are no problem."""
        self._expected += patterns

    def open(self, path: str) -> Page:
        """Go to a page and wait until its scripts are ready."""
        self.page.goto(self.url + path)
        return self.ready()

    def another(self, path: str) -> Page:
        """One more page of the same browser."""
        page = self.context.new_page()
        page.goto(self.url + path)
        return wait_until_ready(page)

    def ready(self) -> Page:
        """Wait until the scripts of this page are ready."""
        return wait_until_ready(self.page)

    def close(self) -> None:
        """Leave; what comes after is no problem any more."""
        self._expected.append("")
        self.context.close()

    def _watch(self, page: Page) -> None:
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self._note(f"script: {error}"))
        page.on("request", self._see)
        page.on("dialog", self._answer)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._note(f"console: {message.text} ({message.location.get('url', '')})")

    def _see(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != urlsplit(self.url).netloc:
            self._note(f"request to another host: {request.url}")

    def _answer(self, dialog: Any) -> None:
        if dialog.type != "beforeunload":
            self.dialogs.append(dialog.message)
            self._note(f"dialog: {dialog.message}")
        dialog.accept()

    def _note(self, problem: str) -> None:
        if not any(re.search(pattern, problem) for pattern in self._expected):
            self.problems.append(problem)


class Hall:
    """Everybody who visits one server."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.browser = browser
        self.url = url
        self._visitors: list[Visitor] = []

    def welcome(self, kind: type[Any] = Visitor, *, url: str = "", **options: Any) -> Any:
        """Let somebody in with a browser of their own."""
        visitor = kind(self.browser, url or self.url, **options)
        self._visitors.append(visitor)
        return visitor

    def problems(self) -> list[str]:
        """Everything that went wrong at anybody's browser."""
        return [problem for visitor in self._visitors for problem in visitor.problems]

    def close(self) -> None:
        for visitor in self._visitors:
            visitor.close()


@contextmanager
def open_hall(browser: Browser, url: str) -> Iterator[Hall]:
    """A hall for as long as the block lasts; nothing may have gone wrong in it."""
    hall = Hall(browser, url)
    try:
        yield hall
        problems = hall.problems()
    finally:
        hall.close()
    assert not problems, "\n".join(problems)


def wait_until_ready(page: Page) -> Page:
    """Wait until the scripts of a page have attached themselves."""
    page.wait_for_selector("html[data-ready]", state="attached")
    return page
