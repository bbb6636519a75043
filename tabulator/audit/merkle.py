"""A Merkle tree as RFC 6962 has it: one root for many leaves, a short proof for each of them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence


def leaf_hash(leaf: bytes) -> bytes:
    # Leaf and node begin differently, so that no node can be passed off as a leaf.
    return hashlib.sha256(b"\x00" + leaf).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """The root over leaves in this order; of none the SHA-256 of nothing."""
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return leaf_hash(leaves[0])
    half = _half(len(leaves))
    return _node(root(leaves[:half]), root(leaves[half:]))


def inclusion_proof(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """What has to be hashed onto leaf `index`, from the bottom up, to come to the root.

    Raises:
        IndexError: There is no such leaf.
    """
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    if len(leaves) == 1:
        return []
    half = _half(len(leaves))
    if index < half:
        return [*inclusion_proof(leaves[:half], index), root(leaves[half:])]
    return [*inclusion_proof(leaves[half:], index - half), root(leaves[:half])]


def includes(whole: bytes, leaf: bytes, *, index: int, size: int, proof: Sequence[bytes]) -> bool:
    """Whether the proof shows that `leaf` is number `index` of `size` leaves under the root."""
    return 0 <= index < size and _climb(leaf_hash(leaf), index, size, list(proof)) == whole


def _climb(reached: bytes, index: int, size: int, proof: list[bytes]) -> bytes | None:
    """The root that the proof leads to; None when it is of another length than it must be."""
    if size == 1:
        return reached if not proof else None
    if not proof:
        return None
    half, beside = _half(size), proof.pop()
    if index < half:
        below = _climb(reached, index, half, proof)
        return None if below is None else _node(below, beside)
    below = _climb(reached, index - half, size - half, proof)
    return None if below is None else _node(beside, below)


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def _half(size: int) -> int:
    """The largest power of two below `size`: what lies to the left."""
    return 1 << (size - 1).bit_length() - 1
