"""Named sets of policies."""

from __future__ import annotations

from pathlib import Path

from assistant.documents.collections import Collection, Section, Slot, load_collections


def test_a_collection_lists_each_policy_once_in_order() -> None:
    slot = Slot(title="甲", what_it_is="一", established="二", presumed_policy="c", wanted="三")
    collection = Collection(
        name="1+3", policies=("a",), sections=(Section(title="一", policies=("b", "a")),), slots=(slot,)
    )
    assert collection.policy_ids() == ("a", "b", "c")


def test_the_shipped_collections_have_the_compilation_and_the_set(root: Path) -> None:
    names = [collection.name for collection in load_collections(root / "knowledge" / "collections.yaml")]
    assert "政策汇编" in names
    assert "1+3" in names
