"""XML as we write it: every text escaped, and every space in it kept."""

from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

_KEEP: Final = {"xml:space": "preserve"}


def add(parent: Element, tag: str, text: str = "", /, **attributes: str) -> Element:
    """A new last child."""
    child = SubElement(parent, tag, {**attributes, **(_KEEP if _needs_keeping(text) else {})})
    child.text = text or None
    return child


def _needs_keeping(text: str) -> bool:
    """Whether a program that tidies spaces would change this text."""
    return text != "\n".join(" ".join(line.split()) for line in text.strip().splitlines())


def as_bytes(root: Element) -> bytes:
    """The document, in UTF-8 and saying so."""
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True, short_empty_elements=True)
    return written
