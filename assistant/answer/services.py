"""What the steps of the chain work with: one snapshot, its search, the settings, the language model if any."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from assistant.documents.glossary import Glossary
from assistant.documents.offices import Offices
from assistant.index.snapshot import Snapshot
from assistant.index.store import StoredClause
from assistant.retrieval.search import Search
from assistant.rules.rulebook import Rulebook
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.answer.language_model import Writer


@dataclass(frozen=True)
class Services:
    """Fixed for the length of one question, so that a switch of snapshots never mixes two."""

    snapshot: Snapshot
    search: Search
    settings: Settings
    writer: Writer | None = None
    rulebook: Rulebook | None = None

    @property
    def glossary(self) -> Glossary:
        return self.snapshot.side.glossary

    @property
    def offices(self) -> Offices:
        return self.snapshot.side.offices

    @cached_property
    def version_numbers(self) -> dict[str, int]:
        """Policy version key → its number in the snapshot."""
        return {version.key: i for i, version in enumerate(self.snapshot.store.versions)}

    def clause(self, ref: str) -> StoredClause | None:
        """The clause that a reference `policy@version#id` names, if the snapshot holds it."""
        key, _, ident = ref.partition("#")
        number = self.version_numbers.get(key)
        return self.snapshot.store.by_id(number, ident) if number is not None else None
