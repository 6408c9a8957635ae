"""Hours and thanks: what people get for taking part. Never linked to what they told."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the routes, and how amounts and hours are written."""
    from cocreate.compensation import views, words

    app.register_blueprint(views.blueprint)
    app.jinja_env.filters.update(euros=words.euros, duration=words.duration)
    app.jinja_env.globals.update(thanks_offer=words.offer_words, thanks_note=words.note_words)
