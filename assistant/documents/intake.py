"""Put a document into a library, take a policy out of it, or rehearse either on a copy.

Nothing is ever deleted: what leaves the library goes to `.removed/<time>/`, which is not read.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.documents.library import policy_files, read_document, read_library
from assistant.errors import DocumentError, LibraryError

REMOVED = ".removed"


def take_in(path: Path, root: Path) -> None:
    """Copy a document into the library, unless it stands there already; one of the same name makes room.

    Raises:
        DocumentError: it is not there, or cannot be read as a document.
    """
    if not path.is_file():
        raise DocumentError(path, 1, "文件不存在，请检查路径")
    read_document(path, path.parent)
    if path.resolve().is_relative_to(root.resolve()):
        return
    home = root / "originals" if (root / "policies").is_dir() else root
    place = home / path.name
    if place.exists() and place.read_bytes() != path.read_bytes():
        _set_aside([place], root)
    home.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, place)


def take_out(reference: str, root: Path) -> None:
    """Take a policy (`policy`) or one version of it (`policy@2016-01-01`) out of the library.

    Raises:
        LibraryError: the library has none of that name.
    """
    versions = [document.version for document in read_library(root).documents]
    files = [root / version.file for version in versions if reference in (version.key, version.policy)]
    if not files:
        raise LibraryError(f"知识库里没有 {reference}；用 python ingest.py --list 查看编号")
    _set_aside(files, root)


@contextmanager
def rehearsal(root: Path) -> Iterator[Path]:
    """A copy of the library, to be changed in its place and then forgotten.

    Raises:
        LibraryError: the library is not there.
    """
    policy_files(root)
    with TemporaryDirectory(prefix="library-") as folder:
        copy = Path(folder) / root.resolve().name
        shutil.copytree(root, copy, ignore=shutil.ignore_patterns(REMOVED))
        yield copy


def _set_aside(files: list[Path], root: Path) -> None:
    target = root / REMOVED / datetime.now().strftime("%Y%m%d-%H%M%S-%f")
    for file in files:
        destination = target / file.relative_to(root)
        destination.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(file, destination)
