"""Settings, read once from the environment, and the folders that are shipped with the code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tabulator.errors import Misconfigured

LANGUAGES = ("ky", "ru", "en")
_PACKAGE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the data lie and how the service speaks.

    Attributes:
        home: Data folder, absolute; it need not exist yet.
        database_url: As SQLAlchemy takes it: sqlite or postgresql+psycopg.
        secret_key: Signs sessions; None where none was given. Never printed.
        base_url: Where people reach the service, without a closing slash; None if not given.
        lang: Language of what is printed and shown when nobody asked for another one.
    """

    home: Path
    database_url: str = field(repr=False)
    secret_key: str | None = field(repr=False)
    base_url: str | None
    lang: str

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
            secret_key=environ.get("TABULATOR_SECRET_KEY") or None,
            base_url=_base_url(environ.get("TABULATOR_BASE_URL") or ""),
            lang=_lang(environ.get("TABULATOR_LANG") or LANGUAGES[0]),
        )


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
