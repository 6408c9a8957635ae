"""Settings from the environment: what fits is read, what does not fit is said in plain words."""

from pathlib import Path

import pytest

from cocreate.config import Config, SettingError


def test_nothing_set_is_a_laptop_in_a_hall():
    config = Config.from_environment({})
    assert config == Config()
    assert (config.is_sqlite, config.is_https, config.testing) == (True, False, False)


def test_each_setting_is_read():
    config = Config.from_environment(
        {
            "COCREATE_DATA": "/srv/cocreate",
            "DATABASE_URL": "postgres://u:p@db/x",
            "COCREATE_BASE_URL": "https://cocreate.example",
            "COCREATE_TRUSTED_HOSTS": "a.example, b.example,,",
            "COCREATE_SECRET_KEY": "k" * 32,
            "COCREATE_LOG_JSON": "YES",
            "COCREATE_PROXIES": "2",
            "COCREATE_GUESSES": "5 per minute",
            "COCREATE_HEARTBEAT": "2.5",
            "COCREATE_LIVE_BACKLOG": "10",
            "COCREATE_TESTING": "0",
        }
    )
    assert config == Config(
        data=Path("/srv/cocreate"),
        database_url="postgres://u:p@db/x",
        base_url="https://cocreate.example",
        trusted_hosts=("a.example", "b.example"),
        secret_key="k" * 32,
        log_json=True,
        proxies=2,
        guesses="5 per minute",
        heartbeat=2.5,
        live_backlog=10,
    )
    assert (config.is_sqlite, config.is_https) == (False, True)


def test_what_is_empty_counts_as_not_set():
    assert Config.from_environment({"COCREATE_PROXIES": "", "COCREATE_DATA": ""}) == Config()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("COCREATE_LOG_JSON", "perhaps"),
        ("COCREATE_PROXIES", "one"),
        ("COCREATE_PROXIES", "1.5"),
        ("COCREATE_HEARTBEAT", "soon"),
        ("COCREATE_LIVE_BACKLOG", "many"),
    ],
)
def test_what_does_not_fit_is_named(name, value):
    with pytest.raises(SettingError, match=f"{name} is “{value}”"):
        Config.from_environment({name: value})


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("", "sqlite:////data/cocreate.db"),
        ("postgres://u:p@h/d", "postgresql+psycopg://u:p@h/d"),
        ("postgresql://u:p@h/d", "postgresql+psycopg://u:p@h/d"),
        ("postgresql+psycopg://u:p@h/d", "postgresql+psycopg://u:p@h/d"),
        ("sqlite:////x.db", "sqlite:////x.db"),
    ],
)
def test_the_address_of_the_database(given, used):
    assert Config(data=Path("/data"), database_url=given).sqlalchemy_url == used


def test_the_key_is_made_once_and_kept_from_others(tmp_path):
    config = Config(data=tmp_path / "new")
    key = config.read_secret_key()
    assert len(key) >= 32
    assert config.read_secret_key() == key
    assert (tmp_path / "new" / "secret_key").stat().st_mode & 0o777 == 0o600
    assert Config(data=tmp_path / "other").read_secret_key() != key


def test_a_given_key_leaves_no_file(tmp_path):
    assert Config(data=tmp_path, secret_key="k" * 32).read_secret_key() == "k" * 32
    assert list(tmp_path.iterdir()) == []


def test_half_a_key_is_refused(tmp_path):
    (tmp_path / "secret_key").write_text("half")
    with pytest.raises(SettingError, match="not a whole key"):
        Config(data=tmp_path).read_secret_key()
