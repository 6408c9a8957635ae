"""Hours and thanks: what people get for taking part. Never linked to what they told."""

from flask import Flask


def init_app(_app: Flask) -> None:
    """Register the tables."""
    from cocreate.compensation import models  # noqa: F401
