"""Spaces: voices, memberships, permissions, visibility, vocabulary, openings."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the routes of spaces, and the words for templates."""
    from cocreate.spaces import views, vocabulary

    app.register_blueprint(views.blueprint)
    app.jinja_env.globals.update(word=vocabulary.word, voice_name=vocabulary.voice_name)
