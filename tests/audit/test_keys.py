"""The key that seals: made once, closed to others, and refused when it is not what it should be."""

from __future__ import annotations

import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tabulator.audit.keys import known_key, open_key, public_key, public_pem, signed_by
from tabulator.config import Settings
from tabulator.errors import Misconfigured


def settings(home: Path, **more: str) -> Settings:
    return Settings.from_environment({"TABULATOR_HOME": str(home), **more})


def test_the_key_is_made_at_first_need_and_then_stays(tmp_path: Path) -> None:
    here = settings(tmp_path / "home")
    assert known_key(here) is None
    assert not here.home.exists()
    key = open_key(here)
    assert public_key(open_key(here)) == public_key(key) == known_key(here)
    assert [path.name for path in here.home.iterdir()] == ["seal-key.pem"]
    assert here.seal_key.stat().st_mode & 0o777 == 0o600


def test_of_many_that_make_it_at_once_one_wins(tmp_path: Path) -> None:
    here = settings(tmp_path / "home")
    with ThreadPoolExecutor(8) as makers:
        made = set(makers.map(lambda _: public_key(open_key(here)), range(32)))
    assert made == {known_key(here)}
    assert [path.name for path in here.home.iterdir()] == ["seal-key.pem"]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o666])
def test_a_key_that_others_may_open_is_refused(tmp_path: Path, mode: int) -> None:
    here = settings(tmp_path)
    open_key(here)
    here.seal_key.chmod(mode)
    with pytest.raises(Misconfigured, match="others may open the key"):
        open_key(here)


def test_a_key_that_is_named_must_be_there(tmp_path: Path) -> None:
    """Else a disk that is not mounted would quietly give another key."""
    here = settings(tmp_path / "home", TABULATOR_SEAL_KEY=str(tmp_path / "elsewhere" / "key.pem"))
    for opening in (open_key, known_key):
        with pytest.raises(Misconfigured, match="cannot be read"):
            opening(here)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "command",
    [
        ("genpkey", "-algorithm", "X25519"),
        ("genpkey", "-algorithm", "ED25519", "-aes-256-cbc", "-pass", "pass:secret"),
        ("ecparam", "-genkey", "-name", "prime256v1"),
    ],
    ids=" ".join,
)
def test_what_is_no_open_ed25519_key_is_refused(tmp_path: Path, command: tuple[str, ...]) -> None:
    here = settings(tmp_path)
    subprocess.run(["openssl", *command, "-out", here.seal_key], check=True, capture_output=True)
    here.seal_key.chmod(0o600)
    with pytest.raises(Misconfigured, match="Ed25519"):
        open_key(here)


def test_what_is_no_key_at_all_is_refused(tmp_path: Path) -> None:
    here = settings(tmp_path)
    here.seal_key.touch(0o600)
    with pytest.raises(Misconfigured, match="Ed25519"):
        open_key(here)


def test_another_program_agrees_on_the_signature(tmp_path: Path) -> None:
    path = tmp_path / "named.pem"
    make = ["openssl", "genpkey", "-algorithm", "ed25519", "-out", path]
    subprocess.run(make, check=True, capture_output=True)
    path.chmod(0o600)
    key = open_key(settings(tmp_path / "home", TABULATOR_SEAL_KEY=str(path)))
    files = {"public": public_pem(public_key(key)).encode(), "told": b"x", "sig": key.sign(b"x")}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    check = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", "public", "-rawin"]
    check += ["-in", "told", "-sigfile", "sig"]
    assert b"Success" in subprocess.run(check, cwd=tmp_path, check=True, capture_output=True).stdout


@pytest.mark.parametrize("name", ["", "00", "zz" * 32, "00" * 33, "ff" * 32])
@pytest.mark.parametrize("signature", ["", "00", "zz", "00" * 64])
def test_what_is_no_key_or_no_signature_has_signed_nothing(name: str, signature: str) -> None:
    assert not signed_by(name, signature, b"message")
