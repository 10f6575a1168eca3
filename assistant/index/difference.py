"""What changes clause by clause between what is published and a library as read: added, changed, removed, moved."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.documents.model import Clause, Document
from assistant.index.snapshot import Difference
from assistant.index.store import ClauseStore

MOST = 5000  # changes beyond which nobody reads them one by one


class ChangeKind(StrEnum):
    """What happened to a clause."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Change:
    """One clause that differs.

    Attributes:
        ref: the clause, as it is called now; of a removed one, as it was called.
        was: of a moved one (the same words under another number), as it was called.
        title, label: the document and the number, as printed.
        before, after: the words; None where the clause was not, or is no more.
    """

    kind: ChangeKind
    ref: str
    title: str
    label: str
    before: str | None = None
    after: str | None = None
    was: str | None = None


@dataclass(frozen=True, slots=True)
class _Side:
    title: str
    policy: str
    clause: Clause

    @property
    def words(self) -> tuple[str, str]:
        """The policy and the clause's text without its number: what a moved clause keeps."""
        bare = re.sub(r"\s", "", self.clause.text)
        return self.policy, bare.removeprefix(re.sub(r"\s", "", self.clause.label)).lstrip("、．.")


def changes(difference: Difference, store: ClauseStore, documents: Sequence[Document]) -> tuple[Change, ...]:
    """Every clause that differs, in the order of the new library, the removed ones last.

    Nothing where there are more than `MOST`.
    """
    if len(difference.added) + len(difference.changed) + len(difference.removed) > MOST:
        return ()
    new = _new_side({*difference.added, *difference.changed}, documents)
    old = _old_side([*difference.changed, *difference.removed], store)
    return tuple(_compare(new, old))


def _new_side(refs: set[str], documents: Sequence[Document]) -> dict[str, _Side]:
    touched = {ref.split("#")[0] for ref in refs}
    return {
        ref: _Side(document.version.title, document.version.policy, clause)
        for document in documents
        if document.version.key in touched
        for clause in document.clauses
        if (ref := f"{document.version.key}#{clause.id}") in refs
    }


def _old_side(refs: Sequence[str], store: ClauseStore) -> dict[str, _Side]:
    numbers = {version.key: number for number, version in enumerate(store.versions)}
    found = {}
    for ref in refs:
        key, ident = ref.split("#", 1)
        stored = store.by_id(numbers[key], ident)
        if stored:
            found[ref] = _Side(stored.version.title, stored.version.policy, stored.clause)
    return found


def _compare(new: dict[str, _Side], old: dict[str, _Side]) -> Iterator[Change]:
    left = dict(old)
    by_words: dict[tuple[str, str], list[str]] = defaultdict(list)
    for ref, side in old.items():
        by_words[side.words].append(ref)
    moved = {}
    for ref, side in new.items():
        same = [other for other in by_words[side.words] if other in left]
        if same and ref not in same:
            moved[ref] = same[0]
            del left[same[0]]
    for ref, side in new.items():
        text = side.clause.text
        if ref in moved:
            yield Change(ChangeKind.MOVED, ref, side.title, side.clause.label, text, text, moved[ref])
        elif before := left.pop(ref, None):
            yield Change(ChangeKind.CHANGED, ref, side.title, side.clause.label, before.clause.text, text)
        else:
            yield Change(ChangeKind.ADDED, ref, side.title, side.clause.label, None, text)
    for ref, side in left.items():
        yield Change(ChangeKind.REMOVED, ref, side.title, side.clause.label, side.clause.text, None)
