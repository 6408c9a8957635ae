"""QR codes, drawn once for each address."""

from functools import lru_cache
from io import StringIO

import segno


@lru_cache(maxsize=512)
def qr_data_uri(text: str) -> str:
    """A QR code as an address for `<img src>`: black on white in the dark too, with its quiet zone."""
    return str(segno.make(text, error="m").svg_data_uri(scale=8, border=3, dark="#000", light="#fff"))


def qr_terminal(text: str) -> str:
    """A QR code for a terminal, two rows to a line."""
    out = StringIO()
    segno.make(text, error="l").terminal(out=out, border=2, compact=True)
    return out.getvalue()
