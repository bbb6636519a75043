"""Keys for different uses, all derived from the one secret key."""

from __future__ import annotations

import hashlib
import hmac

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


def derived(secret: bytes, use: str) -> bytes:
    """32 bytes that tell nothing of the secret, nor of the keys for other uses."""
    return HKDF(SHA256(), length=32, salt=None, info=f"tabulator {use}".encode()).derive(secret)


def sealed(secret: bytes, use: str, text: str) -> str:
    """HMAC-SHA256 in hexadecimal: cannot be made, nor guessed offline, without the secret."""
    given = text.encode(errors="replace")
    return hmac.new(derived(secret, use), given, hashlib.sha256).hexdigest()


def digest(random: str) -> str:
    """SHA-256 in hexadecimal, for what is random and long enough to need no salt."""
    return hashlib.sha256(random.encode(errors="replace")).hexdigest()
