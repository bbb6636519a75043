"""Settings, read once from the environment, and the folders that are shipped with the code."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from tabulator.errors import Misconfigured

LANGUAGES = ("ky", "ru", "en")
_SHORTEST_KEY = 32
_PACKAGE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the data lie and how the service speaks.

    Attributes:
        home: Data folder, absolute; it need not exist yet.
        database_url: As SQLAlchemy takes it: sqlite or postgresql+psycopg.
        secret_key: None where none was given: `secret_key` then keeps one in `home`. Never printed.
        base_url: Where people reach the service, without a closing slash; None if not given.
        lang: Language of what is printed and shown when nobody asked for another one.
        seal_key: File of the key that seals the trail, absolute; it need not exist yet.
    """

    home: Path
    database_url: str = field(repr=False)
    secret_key: str | None = field(repr=False)
    base_url: str | None
    lang: str
    seal_key: Path

    @property
    def files(self) -> Path:
        """The folder of scans and issued documents, by their content."""
        return self.home / "files"

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> Settings:
        """Read TABULATOR_*; an empty value counts as not given.

        Raises:
            Misconfigured: A setting is unusable; the message is one sentence naming it.
        """
        home = _home(environ.get("TABULATOR_HOME") or "var")
        return cls(
            home=home,
            database_url=_database_url(environ.get("TABULATOR_DATABASE_URL") or "", home),
            secret_key=_secret_key(environ.get("TABULATOR_SECRET_KEY") or ""),
            base_url=_base_url(environ.get("TABULATOR_BASE_URL") or ""),
            lang=_lang(environ.get("TABULATOR_LANG") or LANGUAGES[0]),
            seal_key=Path(environ.get("TABULATOR_SEAL_KEY") or home / "seal-key.pem").absolute(),
        )


def secret_key(settings: Settings) -> bytes:
    """What everything secret is derived from; made in the data folder at first need.

    Raises:
        Misconfigured: The file that holds it is too short to be one.
    """
    if settings.secret_key:
        return settings.secret_key.encode()
    file = settings.home / "secret-key"
    if not file.exists():
        _make_secret(file)
    key = file.read_bytes().strip()
    if len(key) < _SHORTEST_KEY:
        raise Misconfigured(f"{file.name} in TABULATOR_HOME has less than 32 characters.")
    return key


def _make_secret(file: Path) -> None:
    """Write the file as a whole or not at all; of two processes the first one's key stays."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f".{file.name}-{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w") as written:
            written.write(secrets.token_urlsafe(48) + "\n")
            written.flush()
            os.fsync(written.fileno())
        # A link, unlike a rename, never replaces what another process has put there.
        with suppress(FileExistsError):
            os.link(draft, file)
    finally:
        draft.unlink()


def templates_folder() -> Path:
    return _shipped("templates")


def migrations_folder() -> Path:
    return _shipped("migrations")


def _shipped(name: str) -> Path:
    """An installed package carries the folder; in the project it lies beside the package."""
    installed = _PACKAGE / name
    return installed if installed.is_dir() else _PACKAGE.parent / name


def _home(value: str) -> Path:
    home = Path(value).absolute()
    if home.exists() and not home.is_dir():
        raise Misconfigured(f"TABULATOR_HOME must be a folder, and {value} is a file.")
    return home


def _database_url(value: str, home: Path) -> str:
    if not value:
        return f"sqlite:///{home / 'tabulator.sqlite'}"
    scheme, separator, rest = value.partition("://")
    if not separator or scheme not in ("sqlite", "postgresql", "postgresql+psycopg"):
        # The rest may hold a password, so it is not repeated.
        raise Misconfigured("TABULATOR_DATABASE_URL must begin with sqlite:// or postgresql://.")
    return f"postgresql+psycopg://{rest}" if scheme == "postgresql" else value


def _secret_key(value: str) -> str | None:
    if value and len(value) < _SHORTEST_KEY:
        raise Misconfigured("TABULATOR_SECRET_KEY must have at least 32 characters.")
    return value or None


def _base_url(value: str) -> str | None:
    if value and not value.startswith(("http://", "https://")):
        raise Misconfigured(
            f"TABULATOR_BASE_URL must begin with http:// or https://, not {value!r}."
        )
    return value.rstrip("/") or None


def _lang(value: str) -> str:
    if value not in LANGUAGES:
        raise Misconfigured(f"TABULATOR_LANG must be one of ky, ru, en, not {value!r}.")
    return value
