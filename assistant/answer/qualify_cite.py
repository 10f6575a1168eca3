"""The clauses of a verdict as citations: rule references found in the snapshot, in the version of the day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from assistant.answer.figures import figures
from assistant.answer.model import Citation
from assistant.answer.passages import shorten
from assistant.answer.services import Services
from assistant.documents.model import Status
from assistant.index.store import StoredClause

_QUOTED = 300  # characters of a clause that are quoted
_BEST_FIRST = (Status.IN_FORCE, Status.UNKNOWN, Status.EXPIRED, Status.REPLACED, Status.NOT_YET)


@dataclass
class Citations:
    """Numbers clauses in the order in which they are first cited."""

    services: Services
    day: date
    made: list[Citation] = field(default_factory=list)
    _markers: dict[str, int | None] = field(default_factory=dict)

    def mark(self, *refs: str | None) -> str:
        """The markers of the clauses, as [1][2]; clauses that are not in the library have none."""
        markers = [marker for ref in dict.fromkeys(refs) if ref and (marker := self._marker(ref))]
        return "".join(f"[{marker}]" for marker in dict.fromkeys(markers))

    def name(self, ref: str) -> str | None:
        """《title》 and the clause, for people."""
        marker = self._marker(ref)
        if marker is None:
            return None
        citation = self.made[marker - 1]
        steps = (
            citation.path[-2:]
            if citation.path and citation.path[-1] != citation.found.clause.label
            else citation.path[-1:]
        )
        return f"《{citation.found.version.title}》{''.join(steps)}"

    def carries(self, text: str, *refs: str | None) -> bool:
        """Whether every figure of a text stands in the clauses."""
        clauses = [self.made[marker - 1].found.clause for ref in refs if ref and (marker := self._marker(ref))]
        known = {figure.key for clause in clauses for figure in figures(clause.text)}
        return all(figure.key in known for figure in figures(text))

    def _marker(self, ref: str) -> int | None:
        if ref not in self._markers:
            self._markers[ref] = self._cite(ref)
        return self._markers[ref]

    def _cite(self, ref: str) -> int | None:
        found = find_clause(self.services, ref, self.day)
        if found is None:
            return None
        stored, part = found
        parts = [p for p in stored.clause.parts if p.id == part]
        path = parts[0].path if parts else stored.clause.path
        quote = shorten(parts[0].text if parts else stored.clause.text, _QUOTED)
        same = [c.marker for c in self.made if c.found.ref == stored.ref and c.path == path]
        if same:
            return same[0]
        self.made.append(Citation(len(self.made) + 1, stored, path, quote, stored.version.status(self.day)))
        return len(self.made)


def find_clause(services: Services, ref: str, day: date) -> tuple[StoredClause, str] | None:
    """The clause of `policy#clause.part` in the version that holds on the day, and the part's id."""
    policy, _, ident = ref.partition("#")
    store = services.snapshot.store
    versions = [(i, version) for i, version in enumerate(store.versions) if version.policy == policy]
    versions.sort(key=lambda pair: _BEST_FIRST.index(pair[1].status(day)))
    for number, _ in versions:
        head, part = ident, ""
        while head:
            if stored := store.by_id(number, head):
                return stored, part
            head, _, last = head.rpartition(".")
            part = f"{last}.{part}".rstrip(".")
    return None
