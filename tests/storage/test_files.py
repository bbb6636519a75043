"""Files are kept by their content: whole or not at all, once, and never under another name."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from tabulator.errors import NotFound
from tabulator.storage.files import MEDIA_TYPES, Files, media_type

CONTENT = b"%PDF-1.7 first page"
SHA256 = hashlib.sha256(CONTENT).hexdigest()


def everything(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_what_is_kept_is_found_by_its_digest(tmp_path: Path) -> None:
    files = Files(tmp_path / "files")
    assert files.keep(CONTENT) == SHA256
    assert files.open(SHA256).read_bytes() == CONTENT
    assert files.holds(SHA256)


def test_the_same_content_twice_is_one_file_written_once(tmp_path: Path) -> None:
    files = Files(tmp_path)
    files.keep(CONTENT)
    before = files.open(SHA256).stat()
    assert files.keep(CONTENT) == SHA256
    after = files.open(SHA256).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert everything(tmp_path) == [files.open(SHA256)]


def test_nobody_writes_to_what_is_kept(tmp_path: Path) -> None:
    files = Files(tmp_path)
    files.keep(CONTENT)
    assert files.open(SHA256).stat().st_mode & 0o777 == 0o440


@pytest.mark.parametrize("failing", ["fsync", "rename"])
def test_what_could_not_be_written_whole_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    files = Files(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(*{"fsync": (os, "fsync"), "rename": (Path, "rename")}[failing], full)
        with pytest.raises(OSError, match="No space"):
            files.keep(CONTENT)
    assert everything(tmp_path) == []
    with pytest.raises(NotFound):
        files.open(SHA256)
    assert files.keep(CONTENT) == SHA256
    assert files.holds(SHA256)


def test_the_part_that_a_crash_left_behind_is_in_nobody_s_way(tmp_path: Path) -> None:
    files, folder = Files(tmp_path), tmp_path / SHA256[:2]
    folder.mkdir()
    (folder / f".{SHA256}-0123456789abcdef").write_bytes(CONTENT[:5])
    assert not files.holds(SHA256)
    assert files.keep(CONTENT) == SHA256
    assert files.holds(SHA256)


def test_it_is_on_the_disk_also_where_another_was_just_writing_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who comes second may commit before the first one has flushed the folder."""
    files, flushed = Files(tmp_path), []
    files.keep(CONTENT)
    flush = os.fsync
    monkeypatch.setattr(os, "fsync", lambda handle: (flushed.append(handle), flush(handle)))
    files.keep(CONTENT)
    assert flushed


@pytest.mark.parametrize(
    "name",
    [
        "",
        "a",
        SHA256[:63],
        SHA256.upper(),
        f"{SHA256} ",
        f"{SHA256}\n",
        "../../etc/passwd",
        "/etc/passwd".rjust(64, "/"),
        "../" * 21 + "x",
        "." * 64,
        "٣" * 64,
        "0" * 63 + "\0",
        "0" * 64,
    ],
)
def test_other_names_are_not_there(tmp_path: Path, name: str) -> None:
    files = Files(tmp_path / "files")
    files.keep(CONTENT)
    (tmp_path / "secret").write_bytes(b"x")
    with pytest.raises(NotFound):
        files.open(name)
    assert not files.holds(name)


@pytest.mark.parametrize("changed", [b"%PDF-1.7 first pagf", b"", CONTENT + b"\n"])
def test_a_changed_byte_is_found(tmp_path: Path, changed: bytes) -> None:
    files = Files(tmp_path)
    files.keep(CONTENT)
    path = files.open(SHA256)
    path.chmod(0o600)
    path.write_bytes(changed)
    assert not files.holds(SHA256)


def test_a_lost_file_is_found(tmp_path: Path) -> None:
    files = Files(tmp_path)
    files.keep(CONTENT)
    files.open(SHA256).unlink()
    assert not files.holds(SHA256)


@pytest.mark.parametrize(("name", "mark", "place"), MEDIA_TYPES)
def test_the_type_is_told_by_the_content(name: str, mark: bytes, place: int) -> None:
    assert media_type(b"\0" * place + mark + b"rest") == name


@pytest.mark.parametrize("content", [b"", b"%PD", b" %PDF-1.7", b"<html>", b"PK\x03\x04"])
def test_any_other_content_has_no_type(content: bytes) -> None:
    assert media_type(content) == ""
