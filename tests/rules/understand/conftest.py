"""The shipped rules, read once for all tests of the reader."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.rules.rulebook import Rulebook, load_rulebook


@pytest.fixture(scope="session")
def rulebook(root: Path) -> Rulebook:
    return load_rulebook(root / "knowledge" / "rules")
