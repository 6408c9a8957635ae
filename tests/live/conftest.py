"""What the tests of the stream start from."""

from pathlib import Path

import pytest
from flask import Flask

from cocreate.config import Config
from cocreate.core.db import db
from tests.live.scene import Scene, make_app, make_scene


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return Config(
        data=tmp_path, testing=True, heartbeat=0.2, live_backlog=50, live_check=600
    )  # hints must do it


@pytest.fixture
def app(config: Config):
    app = make_app(config)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def scene(app: Flask) -> Scene:
    return make_scene(app)
