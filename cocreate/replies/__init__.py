"""Replies: what people say in a meeting besides moments, wishes and signs."""

from flask import Flask


def init_app(_app: Flask) -> None:
    """Register the tables."""
    from cocreate.replies import models  # noqa: F401
