"""What may be found, what is left out and why, and what is shown once because it says the same."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.documents.collections import Collection
from assistant.documents.model import Clause, Status, Version
from assistant.errors import LibraryError
from assistant.index.store import StoredClause
from assistant.retrieval.model import Rejection, Scope

EVERYTHING = Scope()
ENDED = (Status.EXPIRED, Status.REPLACED)
ALIKE = 0.75  # cosine below which two clauses are not compared letter by letter
SAME = 0.8  # share of neighbouring characters in common from which two clauses say the same
_LABEL = re.compile(r"^第[零〇一二三四五六七八九十百千\d]+条(?:之[一二三四五六七八九十]+)?|\s")


def limits(
    scope: Scope, versions: Sequence[Version], collections: Sequence[Collection]
) -> tuple[Rejection | None, ...] | None:
    """For each version why it is outside the scope, None where it is inside; None when nothing is limited.

    Raises:
        LibraryError: a collection that the library does not have.
    """
    if scope in (EVERYTHING, Scope(in_force=True)):
        return None
    policies = _policies(scope, collections)
    return tuple(_outside(scope, version, policies) for version in versions)


def _policies(scope: Scope, collections: Sequence[Collection]) -> frozenset[str]:
    """The policies of the collections that a scope names."""
    by_name = {collection.name: collection for collection in collections}
    if unknown := sorted((scope.collections or frozenset()) - set(by_name)):
        raise LibraryError(f"没有名为“{'、'.join(unknown)}”的汇编；现有：{'、'.join(by_name) or '无'}")
    return frozenset(policy for name in scope.collections or () for policy in by_name[name].policy_ids())


def _outside(scope: Scope, version: Version, collected: frozenset[str]) -> Rejection | None:
    if scope.policies is not None and version.policy not in scope.policies:
        return Rejection.OTHER_POLICY
    if scope.levels is not None and version.level not in scope.levels:
        return Rejection.OTHER_LEVEL
    if scope.regions is not None and version.region not in scope.regions:
        return Rejection.OTHER_REGION
    if scope.collections is not None and version.policy not in collected:
        return Rejection.OTHER_COLLECTION
    return None


def by_day(version: Version, status: Status, scope: Scope, named: bool) -> Rejection | None:
    """Why a version is left out for the day that is asked about.

    Args:
        named: the question names the version, so that it is shown even where a later one has taken its place.
    """
    if scope.in_force and status in (*ENDED, Status.NOT_YET):
        return Rejection.OUT_OF_FORCE
    successor = (version.replaced_by or "").split("@")[0]
    if status is Status.REPLACED and successor == version.policy and not named:
        return Rejection.OTHER_VERSION
    return None


class Shown:
    """The clauses shown so far, to tell whether a further one says the same.

    The same text counts wherever it stands; nearly the same only between two levels of government, or two versions of
    one policy: two laws of one level that are alike are both shown. Vectors come first, so that only clauses that are
    near each other are compared letter by letter.
    """

    def __init__(self, most: int, dimension: int) -> None:
        self._vectors = np.zeros((most, dimension), np.float32)
        self._texts: list[str] = []
        self._versions: list[Version] = []
        self._exact: dict[str, int] = {}
        self._pairs: dict[int, frozenset[str]] = {}

    def add(self, stored: StoredClause, vector: NDArray[np.float32]) -> None:
        """Take note of a clause that is shown; `vector` has shape (dimension,)."""
        place = len(self._texts)
        self._vectors[place] = vector
        self._texts.append(body(stored.clause))
        self._versions.append(stored.version)
        self._exact.setdefault(self._texts[-1], place)

    def like(self, stored: StoredClause, vector: NDArray[np.float32]) -> int | None:
        """The place of a shown clause that says the same or nearly so."""
        text = body(stored.clause)
        if text in self._exact:
            return self._exact[text]
        own: frozenset[str] | None = None
        for place in np.flatnonzero(self._vectors[: len(self._texts)] @ vector >= ALIKE).tolist():
            if not _may_repeat(self._versions[place], stored.version):
                continue
            own = own or pairs(text)
            other = self._pairs.setdefault(place, pairs(self._texts[place]))
            if own and len(own & other) >= SAME * len(own | other):
                return int(place)
        return None


def _may_repeat(one: Version, other: Version) -> bool:
    return one.level is not other.level or one.policy == other.policy


def body(clause: Clause) -> str:
    """The text of a clause without its number and blanks."""
    return _LABEL.sub("", clause.text)


def pairs(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters of a text."""
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))
