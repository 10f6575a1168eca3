"""How the documents of a library stand to one another: which is which, and which takes the place of which."""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Iterator, Sequence
from datetime import date

from assistant.documents.asks import plain
from assistant.documents.model import Document, Problem, Version
from assistant.documents.takeover import as_known_policies, take_over

_NUMBER_NOISE = re.compile(r"[\s〔〕\[\]（）()【】第]")


def link(documents: Sequence[Document]) -> tuple[list[Document], list[Problem]]:
    """Let official texts take over from digests, resolve which version replaces which, refuse duplicates."""
    merged, problems = take_over(as_known_policies(documents))
    by_key: dict[str, Document] = {}
    for document in merged:
        version = document.version
        if version.key in by_key:
            other = by_key[version.key].version.file
            message = f"与 {other} 是同一政策的同一版本，请只保留一份"
            problems.append(Problem(version.file, 1, message, fatal=True))
        else:
            by_key[version.key] = document
    versions = {key: document.version for key, document in by_key.items()}
    named = itertools.chain(_replacements(versions, problems), _repeals(by_key))
    for old, new in named:
        current = versions[old].replaced_on
        if current is None or (versions[new].effective or date.max) < current:
            versions[old] = dataclasses.replace(versions[old], replaced_by=new, replaced_on=versions[new].effective)
    return [dataclasses.replace(by_key[key], version=versions[key]) for key in by_key], problems


def _replacements(versions: dict[str, Version], problems: list[Problem]) -> Iterator[tuple[str, str]]:
    by_policy: dict[str, list[str]] = {}
    for key, version in versions.items():
        by_policy.setdefault(version.policy, []).append(key)
    for keys in by_policy.values():  # a later version of the same policy takes over on its first day
        dated = sorted((k for k in keys if versions[k].effective), key=lambda k: versions[k].effective or date.min)
        yield from itertools.pairwise(dated)
    for key, version in versions.items():
        for reference in version.replaces:
            targets = [reference] if reference in versions else by_policy.get(reference, [])
            if not targets:
                message = f"replaces 里的 {reference} 在库里不存在；请先加入该政策或更正编号"
                problems.append(Problem(version.file, 1, message, fatal=True))
            yield from ((target, key) for target in targets if target != key)


def _repeals(documents: dict[str, Document]) -> Iterator[tuple[str, str]]:
    """(repealed, repealing), where an official text names the repealed one by its number or its exact title."""
    by_number: dict[str, list[str]] = {}
    by_title: dict[str, list[str]] = {}
    for key, document in documents.items():
        by_title.setdefault(plain(document.version.title), []).append(key)
        if document.version.number:
            by_number.setdefault(_NUMBER_NOISE.sub("", document.version.number), []).append(key)
    for key, document in documents.items():
        for repeal in document.repeals:
            if repeal.number:
                targets = by_number.get(_NUMBER_NOISE.sub("", repeal.number), [])
            elif plain(repeal.title) != plain(document.version.title):  # a new version often bears the title of the old
                targets = by_title.get(plain(repeal.title), [])
            else:
                targets = []
            yield from ((target, key) for target in targets if _is_older(documents[target], document))


def _is_older(target: Document, document: Document) -> bool:
    """Whether the target is another policy that began before."""
    old, new = target.version, document.version
    began = old.effective is None or (new.effective is not None and old.effective < new.effective)
    return old.policy != new.policy and began and new.effective is not None
