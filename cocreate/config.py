"""Settings: a frozen dataclass, read from the environment."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

KEY_LENGTH = 64


class SettingError(ValueError):
    """A setting that cannot be used, said in plain words."""


def _setting(default: Any, env: str, doc: str) -> Any:
    return field(default=default, metadata={"env": env, "doc": doc})


@dataclass(frozen=True, slots=True)
class Config:
    """Everything that can differ between two installations."""

    data: Path = _setting(Path("var"), "COCREATE_DATA", "Folder for the database and the secret key")
    database_url: str = _setting(
        "", "DATABASE_URL", "PostgreSQL address; empty means SQLite inside COCREATE_DATA"
    )
    base_url: str = _setting(
        "", "COCREATE_BASE_URL", "Address people type, for example https://cocreate.example"
    )
    trusted_hosts: tuple[str, ...] = _setting(
        (), "COCREATE_TRUSTED_HOSTS", "Host names we answer to, comma separated; empty means any, for a hall"
    )
    secret_key: str = _setting(
        "", "COCREATE_SECRET_KEY", "Signs cookies; empty means: made on the first run inside COCREATE_DATA"
    )
    log_json: bool = _setting(False, "COCREATE_LOG_JSON", "1 writes each log line as JSON")
    proxies: int = _setting(
        0, "COCREATE_PROXIES", "How many proxies stand in front and set X-Forwarded-* headers"
    )
    guesses: str = _setting(
        "30 per minute; 300 per hour", "COCREATE_GUESSES", "Wrong join and return codes allowed per address"
    )
    heartbeat: float = _setting(
        15.0, "COCREATE_HEARTBEAT", "Seconds between heartbeats on a quiet live stream"
    )
    live_backlog: int = _setting(
        2000, "COCREATE_LIVE_BACKLOG", "Changes a returning browser may have missed before it reloads"
    )
    live_check: float = _setting(
        5.0, "COCREATE_LIVE_CHECK", "Seconds between looks at the log when nothing hinted at a change"
    )
    testing: bool = _setting(False, "COCREATE_TESTING", "Only for the project's own tests")

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Self:
        """Read every setting that is present; `SettingError` names the one that does not fit."""
        config = cls()
        given = {
            f.name: _parse(f.metadata["env"], environ[f.metadata["env"]], getattr(config, f.name))
            for f in fields(cls)
            if environ.get(f.metadata["env"])
        }
        return replace(config, **given)

    @property
    def is_https(self) -> bool:
        """Whether people reach this installation over https."""
        return urlsplit(self.base_url).scheme == "https"

    @property
    def is_sqlite(self) -> bool:
        """Whether the embedded database is used."""
        return self.sqlalchemy_url.startswith("sqlite")

    @property
    def sqlalchemy_url(self) -> str:
        """The database address in SQLAlchemy's form."""
        if not self.database_url:
            return f"sqlite:///{self.data.resolve() / 'cocreate.db'}"
        for scheme in ("postgres://", "postgresql://"):
            if self.database_url.startswith(scheme):
                return "postgresql+psycopg://" + self.database_url.removeprefix(scheme)
        return self.database_url

    def read_secret_key(self) -> str:
        """The given key, else the one kept in the data folder, made on the first run."""
        if self.secret_key:
            return self.secret_key
        path = self.data / "secret_key"
        self.data.mkdir(parents=True, exist_ok=True)
        try:
            # O_EXCL: of several processes that start at once, one makes the key and all read it.
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return _read_whole_key(path)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_hex(KEY_LENGTH // 2))
        return path.read_text()


def _read_whole_key(path: Path) -> str:
    key = path.read_text()
    if len(key) < KEY_LENGTH:
        raise SettingError(f"{path} is not a whole key. Delete it; everybody will have to sign in again.")
    return key


def _parse(env: str, text: str, default: Any) -> Any:
    try:
        if isinstance(default, bool):
            return {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}[
                text.lower()
            ]
        if isinstance(default, tuple):
            return tuple(part.strip() for part in text.split(",") if part.strip())
        return type(default)(text) if not isinstance(default, Path) else Path(text)
    except (KeyError, ValueError) as error:
        raise SettingError(f"{env} is “{text}”, which is not a {type(default).__name__}.") from error
