"""A library: a folder of policies, read whole.

Any folder is one. Where it has `policies/` (one folder per policy, one file per version) that is read strictly;
documents elsewhere are read as official texts. Side files that it lacks (glossary, offices, …) come from the
library of this repository.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.documents.calendar import Window, load_calendar
from assistant.documents.collections import Collection, load_collections
from assistant.documents.formats import SUFFIXES
from assistant.documents.glossary import Glossary
from assistant.documents.linking import link
from assistant.documents.model import Document, Problem
from assistant.documents.offices import Offices
from assistant.documents.reading import ExtractCache, read_document
from assistant.documents.sidecar import side_file
from assistant.errors import DocumentError, LibraryError

__all__ = ["Library", "SideFiles", "is_curated", "policy_files", "read_document", "read_library", "source_files"]

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


def is_curated(root: Path) -> bool:
    """Whether the library is kept as `policies/` and `originals/`."""
    return (root / "policies").is_dir()


def policy_files(root: Path) -> list[Path]:
    """The files of a library that hold policies, in a stable order.

    Raises:
        LibraryError: the folder is not there.
    """
    if not root.is_dir():
        raise LibraryError(f"知识库目录 {root} 不存在；请用 --library 或 ASSISTANT_LIBRARY_DIR 指定")
    bases = [root / "policies", root / "originals"] if is_curated(root) else [root]
    return sorted(path for base in bases if base.is_dir() for path in _files(base, root))


def source_files(root: Path) -> list[Path]:
    """The files that decide what is read: those that hold policies, and the side files next to them."""
    files = policy_files(root)
    return sorted({*files, *(beside for file in files if (beside := side_file(file)).is_file())})


def _files(base: Path, root: Path) -> Iterator[Path]:
    """The documents below a folder.

    Raises:
        LibraryError: a folder may not be entered; what is in it would silently go from the index.
    """
    for folder, folders, names in os.walk(base, onerror=_refuse_folder):
        folders[:] = [name for name in folders if not name.startswith((".", "~$"))]
        for path in (Path(folder, name) for name in names):
            relative = path.relative_to(root)
            hidden = any(part.startswith((".", "~$")) for part in relative.parts)
            if path.suffix.lower() in SUFFIXES and not hidden and path.name not in NOT_POLICIES and path.is_file():
                yield path


def _refuse_folder(error: OSError) -> None:
    message = f"文件夹 {error.filename} 打不开（{error.strerror}），里面的文件读不到；请检查权限"
    raise LibraryError(message) from error


def read_library(
    root: Path,
    tick: Callable[[int, int], None] = lambda done, total: None,
    *,
    cache: ExtractCache | None = None,
) -> Library:
    """Read every policy of a folder; files that are refused are listed in `problems`, fatal.

    Args:
        cache: keeps what was read from files that take long.
    """
    documents: list[Document] = []
    problems: list[Problem] = []
    files = policy_files(root)
    for number, path in enumerate(files, start=1):
        try:
            documents.append(read_document(path, root, cache=cache))
            problems += documents[-1].warnings
        except DocumentError as error:
            # A broken side file is told with the document that it belongs to left out.
            at = error.file if error.file == side_file(path) else path
            shown = str(at.relative_to(root)) if at.is_relative_to(root) else str(at)
            problems.append(Problem(shown, error.line, error.message, fatal=True))
        tick(number, len(files))
    linked, faults = link(documents)
    return Library(root, tuple(linked), tuple(problems + faults))
