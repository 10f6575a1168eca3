"""An official text takes over from our digest of the same policy.

A document in `originals/` whose title or number is that of a policy in `policies/` is that policy: it takes its id, so
that references go on leading somewhere, and where it is the same version, its clauses stand in for the digest's. What
staff wrote about the version stays, and so do the gaps they recorded and the questions by which clauses are found.
"""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from assistant.documents.asks import plain
from assistant.documents.model import Clause, ClauseKind, Document, Problem, TextKind, Version
from assistant.documents.plain import policy_id

_NOISE = re.compile(r"[\s〔〕\[\]（）()【】第]")
_KNOWN = ("number", "issuers", "issued", "effective", "expires")  # once staff said it, there is nothing to confirm
_TELLING = 6  # characters; a shorter title (通知, 办事指南) is that of many documents
_UNSURE = re.compile(r"[（(][^（）()]*(?:待核|要点)[^（）()]*[)）]")


def as_known_policies(documents: Sequence[Document]) -> list[Document]:
    """The documents, those of `originals/` under the id of the policy that they are.

    What is no known policy may be a version of another such document.
    """
    curated = [document.version for document in documents if _is_curated(document)]
    by_number = {_NOISE.sub("", version.number): version.policy for version in curated if version.number}
    by_title = {plain(_UNSURE.sub("", title)): v.policy for v in curated for title in (v.title, *v.aliases)}
    found = []
    for document in documents:
        version = document.version
        if curated and not _is_curated(document) and not _is_named(version):
            number = _NOISE.sub("", version.number) if version.number else ""
            policy = by_number.get(number) or by_title.get(plain(version.title))
            if policy:
                document = dataclasses.replace(document, version=dataclasses.replace(version, policy=policy))
        found.append(document)
    return _versions_of_one(found)


def _versions_of_one(documents: list[Document]) -> list[Document]:
    """The documents; of those of one title and one office, which begin on different days, all under the id of the first."""
    alike: dict[tuple[object, ...], list[Version]] = {}
    for version in (d.version for d in documents if not _is_curated(d)):
        if version.effective and len(plain(version.title)) >= _TELLING and not _is_named(version):
            alike.setdefault((plain(version.title), version.level, version.region), []).append(version)
    policies: dict[str, str] = {}  # file → the policy that it is a version of
    for versions in alike.values():
        first = min(versions, key=lambda version: (version.effective, version.file))
        days = {version.effective for version in versions}
        if len(versions) > 1 and len(days) == len(versions) and all(_same_office(first, v) for v in versions):
            policies |= {version.file: first.policy for version in versions}
    return [
        dataclasses.replace(d, version=dataclasses.replace(d.version, policy=policies[d.version.file]))
        if d.version.file in policies
        else d
        for d in documents
    ]


def _same_office(one: Version, other: Version) -> bool:
    return not one.issuers or not other.issuers or bool(set(one.issuers) & set(other.issuers))


def _is_named(version: Version) -> bool:
    """Whether staff say in a side file which policy it is, or it is known already."""
    return version.policy != policy_id(Path(version.file))


def _is_curated(document: Document) -> bool:
    return document.version.file.startswith("policies")


def take_over(documents: Sequence[Document]) -> tuple[list[Document], list[Problem]]:
    """The documents, each digest with its official text as one document."""
    digests = [d for d in documents if _is_curated(d) and d.version.text_kind is TextKind.DIGEST]
    problems: list[Problem] = []
    merged: dict[int, Document] = {}
    gone: set[int] = set()
    for official in documents:
        if _is_curated(official):
            continue
        digest = _digest_of(official.version, [d for d in digests if id(d) not in gone])
        if digest is not None:
            gone.add(id(digest))
            merged[id(official)], remarks = _merge(official, digest)
            problems += remarks
    return [merged.get(id(d), d) for d in documents if id(d) not in gone], problems


def _digest_of(official: Version, digests: Sequence[Document]) -> Document | None:
    """The digest of the same version: by the day it begins, or the only one where a day is not known."""
    same = [d for d in digests if d.version.policy == official.policy]
    for digest in same:
        if digest.version.effective == official.effective:
            return digest
    open_ended = [d for d in same if d.version.effective is None or official.effective is None]
    if len(same) == 1 and open_ended:
        return same[0]
    return next((d for d in same if official.number and _same_number(d.version, official)), None)


def _same_number(one: Version, other: Version) -> bool:
    return bool(one.number and other.number) and _NOISE.sub("", one.number or "") == _NOISE.sub("", other.number or "")


def _merge(official: Document, digest: Document) -> tuple[Document, list[Problem]]:
    read, said = official.version, digest.version
    version = dataclasses.replace(
        said,
        number=said.number or read.number,
        issuers=said.issuers or read.issuers,
        issued=said.issued or read.issued,
        expires=said.expires or read.expires,
        text_kind=TextKind.OFFICIAL,
        file=read.file,
    )
    same = _counterparts(official.clauses, digest.clauses)
    clauses = [_in_place_of(clause, same.get(clause.id)) for clause in official.clauses]
    gaps = [clause for clause in digest.clauses if clause.kind is not ClauseKind.CLAUSE]
    known = {"level", *(name for name in _KNOWN if getattr(said, name))}
    readings = tuple(reading for reading in official.readings if not (reading.confirm and reading.name in known))
    merged = dataclasses.replace(official, version=version, clauses=(*clauses, *gaps), readings=readings)
    return merged, _differences(official, digest, same)


def _counterparts(official: Sequence[Clause], digest: Sequence[Clause]) -> dict[str, Clause]:
    """Id of an official clause → the digest's clause that it takes the place of.

    The one of the same id; failing that the one of the same label, where either text has that label only once: a
    digest may head its items otherwise than the text does.
    """
    clauses = [clause for clause in digest if clause.kind is ClauseKind.CLAUSE]
    ids = {clause.id for clause in official}
    found = {clause.id: clause for clause in clauses if clause.id in ids}
    theirs, ours = (Counter(clause.label for clause in side) for side in (official, clauses))
    by_label = {clause.label: clause for clause in clauses if clause.id not in found and ours[clause.label] == 1}
    for clause in official:
        if clause.id not in found and theirs[clause.label] == 1 and clause.label in by_label:
            found[clause.id] = by_label[clause.label]
    return found


def _in_place_of(clause: Clause, digest: Clause | None) -> Clause:
    """The official clause under the id of the digest's, so that references hold, and found by the same questions."""
    if digest is None:
        return clause
    asks = dict.fromkeys((*clause.asks, *digest.asks, *(ask for part in digest.parts for ask in part.asks)))
    return dataclasses.replace(clause, id=digest.id, asks=tuple(asks), office=clause.office or digest.office)


def _differences(official: Document, digest: Document, same: Mapping[str, Clause]) -> list[Problem]:
    """Where text and digest say otherwise; what staff wrote counts until they change it."""
    read, said = official.version, digest.version
    problems = []
    for name, theirs, ours in (
        ("文号", read.number, said.number),
        ("施行日", read.effective, said.effective),
        ("失效日", read.expires, said.expires),
    ):
        equal = _NOISE.sub("", str(theirs)) == _NOISE.sub("", str(ours))
        if theirs and ours and not equal:
            message = f"{name}读到的是 {theirs}，{said.file} 写的是 {ours}；请核对，目前按后者"
            problems.append(Problem(read.file, 1, message))
    present = {clause.id for clause in same.values()}
    missing = [c.label for c in digest.clauses if c.kind is ClauseKind.CLAUSE and c.id not in present]
    if missing:
        message = f"{said.file} 里的 {'、'.join(missing[:8])} 在原文里没有同号条款；请核对要点的条号"
        problems.append(Problem(read.file, 1, message))
    return problems
