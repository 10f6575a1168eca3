"""The shipped knowledge, read once, and the facts it is checked against where they are at hand."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from assistant.documents.library import Library, SideFiles, read_library

ROOT = Path(__file__).resolve().parents[2]
KNOWLEDGE = ROOT / "knowledge"
FACTS = ROOT.parent / "shared" / "facts" / "policy_facts.md"
OFFICIAL = ROOT.parent / "shared" / "policies"

needs_facts = pytest.mark.skipif(not (FACTS.exists() and OFFICIAL.is_dir()), reason="../shared is not here")


@cache
def library() -> Library:
    return read_library(KNOWLEDGE)


@cache
def sides() -> SideFiles:
    return SideFiles.load(KNOWLEDGE, KNOWLEDGE)


@cache
def official_texts() -> tuple[str, ...]:
    return tuple(file.read_text(encoding="utf-8") for file in sorted(OFFICIAL.iterdir()) if file.is_file())
