"""A tablet's first visit, from the QR code to the stage, in a real browser with nothing kept."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import CDPSession, Page, sync_playwright

from benchmarks import Row, at_most
from benchmarks.hall import hall, tell
from cocreate.core.assets import read_asset
from cocreate.core.modules import scripts_path
from tests.shell import running

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")  # as in tests/machine.sh
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), NAMES[0])
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass
class Traffic:
    """What the browser asked for, as it counted itself."""

    asked: dict[str, dict[str, Any]] = field(default_factory=dict)

    def listen(self, browser: CDPSession) -> None:
        """Count from now on."""
        browser.send("Network.enable")
        browser.on("Network.requestWillBeSent", self._sent)
        browser.on("Network.responseReceived", self._answered)
        browser.on("Network.loadingFinished", self._finished)

    def _sent(self, event: dict[str, Any]) -> None:
        request = event["request"]
        page = urlsplit(event["documentURL"]).path.rpartition("/")[2]
        facts = {"url": request["url"], "page": page, "type": event.get("type", ""), "bytes": 0}
        facts["blocks"] = (
            request.get("isSameSite", True) and event.get("renderBlockingBehavior") == "Blocking"
        )
        redirected = event.get("redirectResponse")
        if redirected:
            self.asked[event["requestId"] + redirected["url"]] = {
                "url": redirected["url"],
                "page": page,
                "type": "Redirect",
                "bytes": redirected.get("encodedDataLength", 0),
                "blocks": False,
            }
        self.asked[event["requestId"]] = facts

    def _answered(self, event: dict[str, Any]) -> None:
        facts = self.asked.get(event["requestId"])
        if facts is not None:
            facts["bytes"] = event["response"].get("encodedDataLength", 0)

    def _finished(self, event: dict[str, Any]) -> None:
        facts = self.asked.get(event["requestId"])
        if facts is not None:
            facts["bytes"] = event["encodedDataLength"]

    def total(self, keep: Callable[[dict[str, Any]], bool]) -> float:
        """Kilobytes over the wire, headers and all."""
        return round(sum(facts["bytes"] for facts in self.asked.values() if keep(facts)) / 1024, 1)

    def by_page(self, keep: Callable[[dict[str, Any]], bool]) -> dict[str, int]:
        """How many requests each page made."""
        pages = {facts["page"]: 0 for facts in self.asked.values()}
        for facts in self.asked.values():
            pages[facts["page"]] += keep(facts)
        return pages


def main() -> list[Row]:
    """Measure; gives the rows."""
    with hall(guests=12) as here:
        tell(here, moments=12, impacts=6, stances=4, indicators=6)
        with running(COCREATE_DATA=here.data) as server:
            traffic, outside, drawn = _visit(f"http://127.0.0.1:{server.port}", here.code)
    blocking = traffic.by_page(_blocks)
    of_map = _of_map()
    scripts = traffic.total(lambda facts: facts["type"] == "Script") - of_map
    pages = traffic.total(lambda facts: facts["type"] == "Document")
    styles = traffic.total(lambda facts: facts["type"] == "Stylesheet")
    note = f"pages {pages:.0f}, styles {styles:.0f}, scripts {scripts:.0f} KB; {len(traffic.asked)} requests"
    worst = max(blocking, key=lambda page: blocking[page])
    return [
        at_most(
            "A tablet's first visit, from QR code to stage, without the map",
            round(traffic.total(lambda _facts: True) - of_map, 1),
            100,
            "KB",
            note,
        ),
        Row("… what the map adds", of_map, "KB"),
        at_most(
            "… requests that block the drawing of a page", blocking[worst], 3, "", f"most on the {worst}"
        ),
        at_most("… requests to other hosts", outside, 0, ""),
        Row("… until the stage is there", drawn, "ms", note="first contentful paint of the last page"),
    ]


def _of_map() -> float:
    """Kilobytes of the stage's one script that are there for drawing on a map."""
    sizes = []
    for more in (("map/workbench",), ()):
        asset = read_asset(scripts_path("stage", "read-aloud", "return-code", *more))
        if asset is None:
            raise RuntimeError("the stage has no script")
        sizes.append(len(asset.compressed))
    return round((sizes[0] - sizes[1]) / 1024, 1)


def _blocks(facts: dict[str, Any]) -> bool:
    return facts["type"] == "Document" or bool(facts["blocks"])


def _visit(base: str, code: str) -> tuple[Traffic, int, float]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        try:
            context = browser.new_context(
                locale="nl-NL", viewport={"width": 820, "height": 1180}, has_touch=True
            )
            page = context.new_page()
            traffic = Traffic()
            traffic.listen(context.new_cdp_session(page))
            _come_in(page, base, code)
            hosts = {urlsplit(facts["url"]).netloc for facts in traffic.asked.values()}
            outside = hosts - {urlsplit(base).netloc, ""}
            paint = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
            return traffic, len(outside), round(page.evaluate(paint))
        finally:
            browser.close()


def _come_in(page: Page, base: str, code: str) -> None:
    page.goto(f"{base}/join#{code}")
    page.wait_for_url("**/door")
    page.wait_for_load_state()
    page.locator("input[name=voice_id]").first.check(force=True)
    page.locator("input[name=shares_with][value=workshop]").check(force=True)
    page.locator("main form.answering button").last.click()
    page.wait_for_url("**/stage")
    page.wait_for_load_state()
    page.wait_for_selector("html[data-ready]")
    page.wait_for_timeout(1000)  # what comes afterwards counts, too


if __name__ == "__main__":
    for row in main():
        print(row)
