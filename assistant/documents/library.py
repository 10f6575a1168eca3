"""A library: a folder of policies, read whole.

Any folder is one. Where it has `policies/` (one folder per policy, one file per version) that is read strictly;
documents elsewhere are read as official texts. Side files that it lacks (glossary, offices, …) come from the
library of this repository.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant.documents.calendar import Window, load_calendar
from assistant.documents.collections import Collection, load_collections
from assistant.documents.digest import has_front_matter, read_digest
from assistant.documents.glossary import Glossary
from assistant.documents.model import Document, Problem, Version
from assistant.documents.offices import Offices
from assistant.documents.plain import read_plain
from assistant.errors import DocumentError, LibraryError

SUFFIXES = {".md", ".markdown", ".txt"}
NOT_POLICIES = {"README.md", "rules"}


@dataclass(frozen=True)
class SideFiles:
    """What a library knows beside its policies."""

    glossary: Glossary
    offices: Offices
    collections: tuple[Collection, ...]
    calendar: tuple[Window, ...]

    @classmethod
    def load(cls, library: Path, shipped: Path) -> SideFiles:
        """Raises DocumentError when a file is not as its format says."""

        def path(name: str) -> Path:
            return library / name if (library / name).exists() else shipped / name

        return cls(
            Glossary.load(path("glossary.yaml")),
            Offices.load(path("offices.yaml")),
            load_collections(path("collections.yaml")),
            load_calendar(path("calendar.yaml")),
        )


@dataclass(frozen=True)
class Library:
    """The documents of a folder, and what was wrong with the others."""

    root: Path
    documents: tuple[Document, ...]
    problems: tuple[Problem, ...]


def policy_files(root: Path) -> list[Path]:
    """The files of a library that hold policies, in a stable order.

    Raises:
        LibraryError: the folder is not there.
    """
    if not root.is_dir():
        raise LibraryError(f"知识库目录 {root} 不存在；请用 --library 或 ASSISTANT_LIBRARY_DIR 指定")
    curated = (root / "policies").is_dir()
    bases = [root / "policies", root / "originals"] if curated else [root]
    return sorted(path for base in bases if base.is_dir() for path in _files(base, root))


def _files(base: Path, root: Path) -> Iterator[Path]:
    for path in base.rglob("*"):
        relative = path.relative_to(root)
        hidden = any(part.startswith(".") for part in relative.parts)
        if path.is_file() and path.suffix.lower() in SUFFIXES and not hidden and path.name not in NOT_POLICIES:
            yield path


def read_document(path: Path, root: Path) -> Document:
    """Read one file.

    Raises:
        DocumentError: it is refused; the message names file, line and remedy.
    """
    shown = str(path.relative_to(root)) if path.is_relative_to(root) else path.name
    try:
        raw = _decode(path)
    except OSError as error:
        raise DocumentError(path, 1, f"文件读不出来：{error.strerror}；请检查权限") from error
    if not raw.strip():
        raise DocumentError(path, 1, "文件是空的；请放入内容或移走它")
    if has_front_matter(raw):
        curated = (root / "policies") in path.parents
        return read_digest(raw, path, path.parent.name if curated else path.stem, shown)
    return read_plain(raw, path, shown)


def _decode(path: Path) -> str:
    data = path.read_bytes()
    if b"\0" in data[:4096]:
        raise DocumentError(path, 1, "不是文本文件；目前只能读入 Markdown 和 TXT")
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise DocumentError(path, 1, "既不是 UTF-8 也不是 GB18030 编码，请另存为 UTF-8")


def read_library(root: Path, tick: Callable[[int, int], None] = lambda done, total: None) -> Library:
    """Read every policy of a folder; files that are refused are listed in `problems`, fatal."""
    documents: list[Document] = []
    problems: list[Problem] = []
    files = policy_files(root)
    for number, path in enumerate(files, start=1):
        try:
            documents.append(read_document(path, root))
            problems += documents[-1].warnings
        except DocumentError as error:
            shown = str(path.relative_to(root)) if path.is_relative_to(root) else str(path)
            problems.append(Problem(shown, error.line, error.message, fatal=True))
        tick(number, len(files))
    documents, faults = link(documents)
    return Library(root, tuple(documents), tuple(problems + faults))


def link(documents: list[Document]) -> tuple[list[Document], list[Problem]]:
    """Resolve which version replaces which, and refuse duplicates and dangling references."""
    problems: list[Problem] = []
    by_key: dict[str, Document] = {}
    for document in documents:
        version = document.version
        if version.key in by_key:
            other = by_key[version.key].version.file
            problems.append(Problem(version.file, 1, f"与 {other} 是同一政策的同一版本，请只保留一份", fatal=True))
        else:
            by_key[version.key] = document
    versions = {key: document.version for key, document in by_key.items()}
    for old, new in _replacements(versions, problems):
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
        yield from zip(dated, dated[1:], strict=False)
    for key, version in versions.items():
        for reference in version.replaces:
            targets = [reference] if reference in versions else by_policy.get(reference, [])
            if not targets:
                message = f"replaces 里的 {reference} 在库里不存在；请先加入该政策或更正编号"
                problems.append(Problem(version.file, 1, message, fatal=True))
            yield from ((target, key) for target in targets if target != key)
