"""The key that seals: Ed25519, in a file of its own and never in the database.

A public key is named by itself: 32 bytes are 64 hexadecimal digits, as long as a fingerprint
would be, and whoever has a checkpoint can check its signature without asking for anything else.
"""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import mkstemp

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from tabulator.config import Settings
from tabulator.errors import Misconfigured


def open_key(settings: Settings) -> Ed25519PrivateKey:
    """The key of this installation; the one in the data folder is made at first need.

    Raises:
        Misconfigured: The file is missing where TABULATOR_SEAL_KEY names it, is open to others,
            or holds no Ed25519 key.
    """
    path = settings.seal_key
    if not path.exists() and path.parent == settings.home:
        _make(path)
    return _read(path)


def known_key(settings: Settings) -> str | None:
    """The public key of this installation; None where no key was made yet. Makes none."""
    if not settings.seal_key.exists() and settings.seal_key.parent == settings.home:
        return None
    return public_key(_read(settings.seal_key))


def public_key(key: Ed25519PrivateKey) -> str:
    """The public half in hexadecimal: its name in checkpoints."""
    return key.public_key().public_bytes_raw().hex()


def public_pem(name: str) -> str:
    """A public key as other programs read it, e.g. openssl."""
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(name))
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def signed_by(name: str, signature: str, message: bytes) -> bool:
    """Whether the named key made the signature; False for what is no key or no signature."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(name))
        key.verify(bytes.fromhex(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _read(path: Path) -> Ed25519PrivateKey:
    try:
        if path.stat().st_mode & 0o077:
            raise Misconfigured(f"others may open the key {path}: chmod 600 it")
        key = load_pem_private_key(path.read_bytes(), password=None)
    except OSError as error:
        raise Misconfigured(f"the key {path} cannot be read: {error.strerror}") from None
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise Misconfigured(f"{path} holds no Ed25519 key without a password") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise Misconfigured(f"{path} holds a key of another kind than Ed25519")
    return key


def _make(path: Path) -> None:
    """Written aside and then linked: nobody sees half a key, and of two makers one wins."""
    path.parent.mkdir(parents=True, exist_ok=True)
    made = Ed25519PrivateKey.generate()
    pem = made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    handle, aside = mkstemp(prefix=".seal-key-", dir=path.parent)  # mode 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(pem)
            file.flush()
            os.fsync(file.fileno())
        os.link(aside, path)
    except FileExistsError:
        pass  # another process was faster: its key is the one
    finally:
        os.unlink(aside)
