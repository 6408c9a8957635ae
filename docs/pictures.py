"""Takes the pictures of the README from the running product: `make picture`."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).parent / "pictures"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def _product() -> Iterator[tuple[str, str, str]]:
    """A server with the example space: its address, the token of a sign-in link, the join code."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    base = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as folder, (Path(folder) / "out").open("w+") as out:
        environment = {**os.environ, "COCREATE_DATA": folder}
        command = [
            Path(sys.executable).parent / "cocreate",
            "run",
            "--address",
            f"127.0.0.1:{port}",
            "--example",
        ]
        server = subprocess.Popen(command, stdout=out, stderr=out, env=environment)  # noqa: S603
        try:
            said = _wait(server, base, out)
            found = re.search(r"link#(\S+).*?:\s+([A-Z]{7})\s", said, re.DOTALL)
            if found is None:
                raise SystemExit("The server did not say how to come in:\n" + said)
            yield base, found[1], found[2]
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(20)


def _wait(server: "subprocess.Popen[bytes]", base: str, out: "object") -> str:
    for _ in range(900):  # on a busy machine the first start takes long
        if server.poll() is not None:
            break
        try:
            urlopen(f"{base}/readyz", timeout=1).close()  # noqa: S310
            return Path(out.name).read_text()  # type: ignore[attr-defined]
        except OSError:
            time.sleep(0.1)
    raise SystemExit("The server did not start.")


def _page(browser: Browser, width: int, height: int) -> Page:
    return browser.new_context(
        viewport={"width": width, "height": height}, locale="nl-NL", color_scheme="light"
    ).new_page()


def take(base: str, token: str, code: str, browser: Browser) -> None:
    """The stage on a phone, the console on a laptop, the road in the library."""
    console = _page(browser, 1280, 800)
    console.goto(f"{base}/sign-in/link#{token}")
    console.wait_for_url(f"{base}/")
    space = console.locator("h3 a").first.get_attribute("href")
    stage = _page(browser, 390, 800)
    stage.goto(f"{base}/join#{code}")
    stage.wait_for_url("**/door")
    stage.locator("[name=voice_id]").nth(1).check()
    stage.locator("[name=shares_with][value=workshop]").check()
    stage.locator(".thumb button").click()
    stage.wait_for_url("**/stage")
    console.goto(f"{base}{space}/workshops")
    console.locator("a[href$=console]").first.click()
    console.wait_for_selector("html[data-ready]")
    console.locator(".agenda li[data-kind=moments] button").click()
    stage.wait_for_selector(".stage-step[data-kind=moments]:not([hidden])")
    stage.locator("[name=what_happened]").fill(
        "We zouden gaan voetballen, maar het regende. Toen namen we de spelletjes mee naar binnen en"
    )
    stage.screenshot(path=HERE / "stage.png")
    console.wait_for_selector(".now .question")
    console.wait_for_timeout(1200)
    console.screenshot(path=HERE / "console.png")
    console.goto(f"{base}{space}")
    console.locator("#road h3 a").first.click()
    console.wait_for_selector("html[data-ready] [data-behavior=workbench]")
    console.wait_for_timeout(600)
    console.screenshot(path=HERE / "road.png")


def main() -> None:
    """Take all pictures."""
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        raise SystemExit("Chromium is not installed.")
    HERE.mkdir(exist_ok=True)
    with _product() as (base, token, code), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        try:
            take(base, token, code, browser)
        finally:
            browser.close()


if __name__ == "__main__":
    main()
