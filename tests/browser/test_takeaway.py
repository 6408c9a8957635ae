"""A map on a stick: opened from a file, with nobody to ask, by people who wrote whatever they liked."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.looking import look_at
from tests.browser.visitors import Hall, Visitor, open_hall
from tests.factories import make_node

TEXTS = [
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(2)>",
    '"><svg onload=alert(3)>',
    "Regel\u2028scheiding \u2029 en 'aanhalingstekens\" en `accenten` \\",
    "<!-- <style>*{display:none}</style>",
    "Één bankje op het plein",
]
INKED = """() => {
  const canvas = document.querySelector("canvas");
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  const colours = new Set();
  for (let at = 0; at < data.length; at += 4) if (data[at + 3]) colours.add(data.slice(at, at + 3).join());
  return colours.size;
}"""
LOOKS = 'document.querySelector("canvas").toDataURL()'


@pytest.fixture
def stick(app, space, workshop, member, new_browser, tmp_path: Path) -> Path:
    """The file that somebody took home."""
    with app.app_context():
        for text in TEXTS:
            make_node(member, workshop, text)
    path = f"/spaces/{space.id}/trajectories/{workshop.trajectory_id}/map.html"
    file = tmp_path / "map.html"
    file.write_bytes(new_browser(member).get(path).data)
    return file


@pytest.fixture
def home(chromium: Browser) -> Iterator[Hall]:
    """Where there is no server: every request to a host is one too many, and every complaint is heard."""
    with open_hall(chromium, "file://") as home:
        yield home


def open_stick(home: Hall, stick: Path, asked: list[str]) -> Page:
    visitor: Visitor = home.welcome(reduced_motion="reduce")
    visitor.page.on("request", lambda request: asked.append(request.url))
    return visitor.open(str(stick))


def test_a_map_opens_from_a_stick(home: Hall, stick: Path) -> None:
    asked: list[str] = []
    page = open_stick(home, stick, asked)
    assert page.evaluate(INKED) > 5
    words = page.locator(".outline .stop > p").all_inner_texts()
    assert [text.split() for text in words] == [text.split() for text in TEXTS]
    assert asked == [stick.as_uri()]
    assert look_at(page) == []


def test_a_map_from_a_stick_is_moved_with_keys_alone(home: Hall, stick: Path) -> None:
    page = open_stick(home, stick, [])
    seen = [page.evaluate(LOOKS)]

    def looks_new() -> bool:
        page.wait_for_function(f"looks => {LOOKS} !== looks", arg=seen[-1])
        seen.append(page.evaluate(LOOKS))
        return True

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.dataset.map") == "in"
    page.keyboard.press("Enter")
    assert looks_new()
    for _ in range(3):
        page.keyboard.press("Tab")
    assert page.evaluate("'frame' in document.activeElement.dataset")
    for key in ("-", "ArrowRight", "ArrowDown", "+", "0"):
        page.keyboard.press(key)
        assert looks_new()


def test_a_map_from_a_stick_follows_the_night(home: Hall, stick: Path) -> None:
    page = open_stick(home, stick, [])
    day = page.evaluate(LOOKS)
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(f"looks => {LOOKS} !== looks", arg=day)


def test_a_map_from_a_stick_shows_its_picture_without_a_script(home: Hall, stick: Path) -> None:
    visitor: Visitor = home.welcome(java_script_enabled=False)
    visitor.page.goto(stick.as_uri())
    assert visitor.page.locator(".frame > svg .node").first.is_visible()
    assert not visitor.page.locator("[data-tools]").is_visible()
    assert visitor.page.locator(".outline .stop").count() == len(TEXTS)
