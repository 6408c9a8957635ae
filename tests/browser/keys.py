"""What somebody does who has a keyboard and no mouse."""

import pytest
from playwright.sync_api import Page

MOST_STOPS = 80
FOCUS_IS_SEEN = """() => {
  const one = document.activeElement;
  if (one.getClientRects().length === 0) return false;
  const marked = [one, ...(one.labels ?? []), one.closest(".tile, .check, .field")].filter(Boolean);
  return marked.some((each) => {
    const style = getComputedStyle(each);
    return style.outlineStyle !== "none" || style.boxShadow !== "none";
  });
}"""


def tab_to(page: Page, selector: str) -> None:
    """Go on with Tab until this has the focus, and the focus can be seen."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            assert page.evaluate(FOCUS_IS_SEEN), f"nothing shows that {selector} has the focus"
            return
    pytest.fail(f"Tab never comes to {selector}")


def type_into(page: Page, selector: str, text: str) -> None:
    tab_to(page, selector)
    page.keyboard.type(text)


def press(page: Page, selector: str, key: str = "Enter") -> None:
    tab_to(page, selector)
    page.keyboard.press(key)


def choose(page: Page, group: str, value: str) -> None:
    """Go to a group of radio buttons, and with the arrows to one of them."""
    tab_to(page, group)
    page.keyboard.press("Space")
    for _ in range(MOST_STOPS):
        if page.evaluate("document.activeElement.checked && document.activeElement.value") == value:
            return
        page.keyboard.press("ArrowDown")
    pytest.fail(f"the arrows never come to {value}")
