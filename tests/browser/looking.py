"""Looking at a page as it is now: with axe, on a tablet and a phone, by day and by night."""

import re
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize

SIZES: tuple[ViewportSize, ...] = ({"width": 1024, "height": 768}, {"width": 390, "height": 844})
NARROW: ViewportSize = {"width": 320, "height": 640}
ZOOMED: ViewportSize = {"width": 640, "height": 400}  # what a screen of 1280 × 800 shows at 200 %
BY_DAY = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "rules": {"target-size": {"enabled": True}},  # axe leaves it off unless asked
    "resultTypes": ["violations"],
}
# At night only the colours are different: nothing but the contrast can come out otherwise.
BY_NIGHT = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "resultTypes": ["violations"]}
TOO_WIDE = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return null;
  const sticksOut = (one) => one.getBoundingClientRect().right > room + 1;
  const wide = [...document.querySelectorAll("body *")].filter(sticksOut).slice(0, 4);
  return wide.map((one) => `${one.tagName.toLowerCase()}.${one.className}`).join(" ") || "the page";
}"""
NUDGES = 5
IS_DRAWN = """() => new Promise((resolve) => {
  requestAnimationFrame(() => requestAnimationFrame(() => resolve(true)));
  setTimeout(() => resolve(false), 2000);
})"""
# The bar of a console stays in sight over what scrolls under it; what it half covers only looks too small.
LET_GO = """() => {
  globalThis.unstuck = new CSSStyleSheet();
  unstuck.replaceSync("[data-panel=bar] { position: static !important; }");
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, unstuck];
}"""
HOLD = "document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== unstuck)"
axe = Axe()


def look_at(page: Page) -> list[str]:
    """What is wrong with this page, one line each."""
    before = page.viewport_size
    found: list[str] = []
    page.evaluate(LET_GO)
    for size in SIZES:
        page.set_viewport_size(size)
        for scheme, options in (("light", BY_DAY), ("dark", BY_NIGHT)):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            results = axe.run(page, options=options).response
            found += [_line(each, f"{size['width']} {scheme}") for each in results["violations"]]
    page.evaluate(HOLD)
    page.emulate_media(color_scheme="light")
    for size in (NARROW, ZOOMED):
        page.set_viewport_size(size)
        wide = page.evaluate(TOO_WIDE)
        if wide:
            found.append(f"scrolls sideways at {size['width']} px: {wide}")
    _show_again(page, before or SIZES[0])
    return found


def _show_again(page: Page, size: ViewportSize) -> None:
    """Back to this size, and wait until the page is drawn so.

    A headless Chromium on a busy machine sometimes owes a frame after its size changed, and draws no more
    until something asks for one; what is then clicked waits for ever to stand still.
    """
    for _again in range(NUDGES):
        page.set_viewport_size(size)
        if page.evaluate(IS_DRAWN):
            return
        page.set_viewport_size({"width": size["width"] - 1, "height": size["height"]})
    raise AssertionError("The page is not drawn any more.")


def _line(violation: dict[str, Any], how: str) -> str:
    nodes = violation["nodes"]
    node = nodes[0]
    why = re.sub(r"\s+", " ", node.get("failureSummary", ""))
    target = node["target"][0]
    return f"{violation['id']} ({len(nodes)}×, {how}): {target} {node['html'][:160]} | {why[:200]}"
