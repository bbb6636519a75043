from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tabulator.config import LANGUAGES, Settings, migrations_folder, secret_key, templates_folder
from tabulator.domain import text
from tabulator.errors import Misconfigured


def test_without_any_setting_the_data_lie_in_var_in_sqlite_and_the_language_is_kyrgyz(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert Settings.from_environment({}) == Settings(
        home=tmp_path / "var",
        database_url=f"sqlite:///{tmp_path}/var/tabulator.sqlite",
        secret_key=None,
        base_url=None,
        lang="ky",
        seal_key=tmp_path / "var" / "seal-key.pem",
    )


def test_the_home_carries_the_database(tmp_path: Path) -> None:
    settings = Settings.from_environment({"TABULATOR_HOME": str(tmp_path)})
    assert settings.database_url == f"sqlite:///{tmp_path}/tabulator.sqlite"


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("postgresql://clerk@db/count", "postgresql+psycopg://clerk@db/count"),
        ("postgresql+psycopg://clerk@db/count", "postgresql+psycopg://clerk@db/count"),
        (
            "postgresql://clerk@/count?host=/run/pg",
            "postgresql+psycopg://clerk@/count?host=/run/pg",
        ),
        ("sqlite:////srv/count.sqlite", "sqlite:////srv/count.sqlite"),
    ],
)
def test_a_database_is_named_as_people_name_it(given: str, used: str) -> None:
    settings = Settings.from_environment({"TABULATOR_DATABASE_URL": given})
    assert settings.database_url == used


def test_an_empty_value_counts_as_not_given() -> None:
    names = ("HOME", "DATABASE_URL", "SECRET_KEY", "BASE_URL", "LANG")
    empty = dict.fromkeys((f"TABULATOR_{name}" for name in names), "")
    assert Settings.from_environment(empty) == Settings.from_environment({})


def test_the_address_loses_its_closing_slash() -> None:
    settings = Settings.from_environment({"TABULATOR_BASE_URL": "https://count.example/"})
    assert settings.base_url == "https://count.example"


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("TABULATOR_LANG", "de", "TABULATOR_LANG must be one of ky, ru, en, not 'de'."),
        (
            "TABULATOR_DATABASE_URL",
            "mysql://clerk:secret@db/count",
            "TABULATOR_DATABASE_URL must begin with sqlite:// or postgresql://.",
        ),
        (
            "TABULATOR_DATABASE_URL",
            "count.sqlite",
            "TABULATOR_DATABASE_URL must begin with sqlite:// or postgresql://.",
        ),
        (
            "TABULATOR_BASE_URL",
            "count.example",
            "TABULATOR_BASE_URL must begin with http:// or https://, not 'count.example'.",
        ),
        ("TABULATOR_HOME", __file__, f"TABULATOR_HOME must be a folder, and {__file__} is a file."),
    ],
)
def test_an_unusable_setting_stops_with_one_sentence(name: str, value: str, sentence: str) -> None:
    with pytest.raises(Misconfigured) as stopped:
        Settings.from_environment({name: value})
    assert str(stopped.value) == sentence


def test_secrets_are_not_printed_with_the_settings() -> None:
    settings = Settings.from_environment(
        {
            "TABULATOR_SECRET_KEY": "hush" * 8,
            "TABULATOR_DATABASE_URL": "postgresql://clerk:hush@db/count",
        }
    )
    assert "hush" not in repr(settings)


def test_the_shipped_folders_are_found() -> None:
    assert (migrations_folder() / "env.py").is_file()
    assert templates_folder().is_dir()


def test_the_languages_are_those_of_every_text() -> None:
    # The pure rooms know no settings, so the three codes stand in both places.
    assert LANGUAGES == text.LANGUAGES


def test_a_secret_key_that_is_given_is_used(tmp_path: Path) -> None:
    given = {"TABULATOR_HOME": str(tmp_path), "TABULATOR_SECRET_KEY": "ө" * 32}
    assert secret_key(Settings.from_environment(given)) == ("ө" * 32).encode()
    assert list(tmp_path.iterdir()) == []


def test_a_secret_key_that_is_too_short_stops_with_one_sentence() -> None:
    with pytest.raises(Misconfigured, match="32 characters") as stopped:
        Settings.from_environment({"TABULATOR_SECRET_KEY": "hush" * 7})
    assert "hush" not in str(stopped.value)


def test_without_one_a_secret_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    settings = Settings.from_environment({"TABULATOR_HOME": str(tmp_path / "home")})
    made = secret_key(settings)
    assert len(made) >= 32
    assert secret_key(settings) == made
    (file,) = (tmp_path / "home").iterdir()
    assert (file.name, file.stat().st_mode & 0o777) == ("secret-key", 0o600)
    file.write_text("short\n")
    with pytest.raises(Misconfigured, match="secret-key"):
        secret_key(settings)


def test_processes_that_start_together_agree_on_the_secret_key(tmp_path: Path) -> None:
    settings = Settings.from_environment({"TABULATOR_HOME": str(tmp_path)})
    with ThreadPoolExecutor(16) as pool:
        assert len(set(pool.map(secret_key, [settings] * 64))) == 1
    assert [file.name for file in tmp_path.iterdir()] == ["secret-key"]
