"""The tree over the heads: RFC 6962's own examples, and a proof for every leaf of every tree."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabulator.audit.merkle import includes, inclusion_proof, leaf_hash, root

# The reference leaves of Certificate Transparency, and the roots of the first so many.
LEAVES = [
    bytes.fromhex(leaf) for leaf in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657")
] + [bytes(range(0x60, 0x70))]
ROOTS = {
    0: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}
trees = st.lists(st.binary(max_size=40), min_size=1, max_size=40)


@pytest.mark.parametrize("size", ROOTS)
def test_the_root_is_that_of_the_standard(size: int) -> None:
    assert root(LEAVES[:size]).hex() == ROOTS[size]


@given(trees)
def test_every_leaf_has_a_proof_that_leads_to_the_root(leaves: list[bytes]) -> None:
    for index, leaf in enumerate(leaves):
        proof = inclusion_proof(leaves, index)
        assert len(proof) <= (len(leaves) - 1).bit_length()
        assert includes(root(leaves), leaf, index=index, size=len(leaves), proof=proof)


@given(trees, st.data())
def test_a_proof_is_good_for_nothing_else(leaves: list[bytes], data: st.DataObject) -> None:
    size, whole = len(leaves), root(leaves)
    index = data.draw(st.integers(0, size - 1))
    leaf, proof = leaves[index], inclusion_proof(leaves, index)
    assert not includes(whole, leaf + b"x", index=index, size=size, proof=proof)
    assert not includes(whole, leaf, index=index, size=size, proof=[*proof, bytes(32)])
    assert not includes(whole, leaf, index=size, size=size, proof=proof)
    assert not includes(whole, leaf, index=-1, size=size, proof=proof)
    assert not includes(bytes(32), leaf, index=index, size=size, proof=proof)
    for place in range(len(proof)):
        cut = proof[:place] + proof[place + 1 :]
        assert not includes(whole, leaf, index=index, size=size, proof=cut)
        changed = [*proof[:place], hashlib.sha256(proof[place]).digest(), *proof[place + 1 :]]
        assert not includes(whole, leaf, index=index, size=size, proof=changed)


@given(trees, st.data())
def test_a_changed_moved_or_missing_leaf_changes_the_root(
    leaves: list[bytes], data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    other = [*leaves[:index], leaves[index] + b"x", *leaves[index + 1 :]]
    turned = leaves[::-1]
    assert root(other) != root(leaves)
    assert root(leaves[:-1]) != root(leaves)
    assert (root(turned) == root(leaves)) == (turned == leaves)


def test_a_node_is_no_leaf() -> None:
    nodes = leaf_hash(LEAVES[0]) + leaf_hash(LEAVES[1])
    assert root([nodes]) != root(LEAVES[:2])


def test_there_is_no_proof_of_what_is_not_there() -> None:
    with pytest.raises(IndexError):
        inclusion_proof(LEAVES, len(LEAVES))
