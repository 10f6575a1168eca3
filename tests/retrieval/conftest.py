"""The search on the small library and on the shipped knowledge."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.index.build import BuildReport
from assistant.index.embedding import PolicyEmbeddings
from assistant.index.snapshot import Snapshots
from assistant.retrieval.search import Search
from assistant.settings import Settings

Opened = Callable[[], Search]


@pytest.fixture
def small(publish: Callable[[], BuildReport], settings: Settings, embedding: PolicyEmbeddings) -> Opened:
    """Publishes the small library as it stands and opens the search on it."""

    def opened() -> Search:
        publish()
        return Search(Snapshots(settings).open(embedding))

    return opened


@pytest.fixture(scope="session")
def knowledge(shipped_settings: Settings, embedding: PolicyEmbeddings) -> Search:
    """The search on the shipped knowledge."""
    return Search(Snapshots(shipped_settings).open(embedding))
