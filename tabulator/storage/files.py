"""Files by their content: written once, flushed to the disk, never overwritten."""

from __future__ import annotations

import hashlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from tabulator.errors import NotFound

_DIGITS = frozenset("0123456789abcdef")


MEDIA_TYPES = (
    ("application/pdf", b"%PDF-", 0),
    ("image/jpeg", b"\xff\xd8\xff", 0),
    ("image/png", b"\x89PNG\r\n\x1a\n", 0),
    ("image/tiff", b"II*\0", 0),
    ("image/tiff", b"MM\0*", 0),
    ("image/heic", b"ftypheic", 4),
    ("image/heic", b"ftypheix", 4),
    ("image/heic", b"ftypmif1", 4),
)
"""What a file may be: its type, the bytes that tell, and where they stand."""


def media_type(content: bytes) -> str:
    """The type of a file by its content, whatever it is called; "" for any other."""
    for name, mark, place in MEDIA_TYPES:
        if content[place : place + len(mark)] == mark:
            return name
    return ""


@dataclass(frozen=True, slots=True)
class Files:
    """A folder in which each file is named by the SHA-256 of its content."""

    folder: Path

    def keep(self, content: bytes) -> str:
        """Store `content` and give its SHA-256; it is on the disk when this returns."""
        sha256 = hashlib.sha256(content).hexdigest()
        path = self._path(sha256)
        if not path.exists():
            self._write(path, content)
        # Also where another is just writing it: its folder need not be on the disk yet.
        for folder in (path.parent, path.parent.parent):
            _flush(folder)
        return sha256

    def _write(self, path: Path, content: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}-{secrets.token_hex(8)}")
        try:
            with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o440), "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            part.rename(path)
        finally:
            part.unlink(missing_ok=True)

    def open(self, sha256: str) -> Path:
        """Where the content lies; NotFound where nothing is kept under this name."""
        if not self._keeps(sha256):
            raise NotFound(f"no file {sha256[:64]}")
        return self._path(sha256)

    def holds(self, sha256: str) -> bool:
        """Whether the content is there and still what its name says."""
        if not self._keeps(sha256):
            return False
        with self._path(sha256).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256

    def _keeps(self, sha256: str) -> bool:
        named = len(sha256) == 64 and set(sha256) <= _DIGITS
        return named and self._path(sha256).is_file()

    def _path(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / sha256


def _flush(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
