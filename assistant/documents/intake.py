"""Put documents into a library, take policies out of it, or rehearse either on a copy.

Every step can be taken back until the index is published, so that a refused or failed ingest leaves the library as
it was. Nothing is ever deleted: what leaves the library goes to `.removed/<time>/`, which is not read.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.documents.filing import FILE as COLLECTIONS
from assistant.documents.filing import file_into, require_collection
from assistant.documents.formats import SUFFIXES
from assistant.documents.library import NOT_POLICIES, is_curated, policy_files, read_library
from assistant.documents.model import Document, Problem, Version
from assistant.documents.reading import ExtractCache, read_document
from assistant.documents.sidecar import side_file
from assistant.errors import DocumentError, LibraryError

REMOVED = ".removed"


class Intake:
    """What a call of `ingest.py` changes in the files of a library. Use while holding the right to publish.

    Attributes:
        documents: what is to be added; a folder stands for the documents in it.
        remove: a policy or a version to take out.
        collection: the collection that the added documents are to belong to.
        refused: after `apply`, what was not added, each with its reason.
        filed: after `apply`, the files that were added, as the library names them.
    """

    def __init__(
        self,
        root: Path,
        documents: Sequence[Path] = (),
        *,
        remove: str | None = None,
        collection: str | None = None,
        cache: ExtractCache | None = None,
    ) -> None:
        self.root = root
        self.documents = documents
        self.remove = remove
        self.collection = collection
        self.cache = cache
        self.refused: list[str] = []
        self.filed: dict[str, list[Callable[[], None]]] = {}  # name in the library → the steps that take it back
        self._steps: list[Callable[[], None]] = []

    def apply(self) -> None:
        """Change the library.

        Raises:
            LibraryError: there is no such policy to remove, or no such collection.
        """
        if self.collection:
            require_collection(self.root, self.collection)
        if self.remove:
            for file in _files_of(self.remove, self.root):
                self._set_aside(file, self._steps)
        accepted: list[tuple[Path, Document]] = []
        for path in _expand(self.documents):
            try:
                document = self._examine(path, accepted)
                self._file(path)
            except DocumentError as error:
                self.refused.append(str(error))
            else:
                accepted.append((path, document))
        if self.collection and self.filed:
            self._collect(self.collection)

    def withdraw(self, problems: Iterable[Problem]) -> bool:
        """Take back those of the added files that the library as a whole refuses; whether there were some."""
        ours = [problem for problem in problems if problem.fatal and problem.file in self.filed]
        self.refused += map(str, ours)
        for name in {problem.file for problem in ours}:
            _take_back(self.filed.pop(name))
        return bool(ours)

    def undo(self) -> None:
        """Leave the library as it was before `apply`."""
        for steps in self.filed.values():
            _take_back(steps)
        self.filed.clear()
        _take_back(self._steps)

    def _examine(self, path: Path, accepted: Sequence[tuple[Path, Document]]) -> Document:
        """Read the document, and refuse it where another one of this call is the same."""
        if not path.exists():
            raise DocumentError(path, 1, "文件不存在，请检查路径")
        if path.suffix.lower() not in SUFFIXES or path.name in NOT_POLICIES or path.name.startswith((".", "~$")):
            raise DocumentError(path, 1, f"这个文件名不会被读入；请改名，扩展名用 {'、'.join(sorted(SUFFIXES))} 之一")
        inside = path.resolve().is_relative_to(self.root.resolve())
        document = read_document(path, self.root if inside else path.parent, cache=self.cache)
        for other, earlier in accepted:
            if reason := _clash(path, document.version, other, earlier.version):
                raise DocumentError(path, 1, reason)
        return document

    def _file(self, path: Path) -> None:
        """Copy the document and its side file into the library, unless they stand there already."""
        steps: list[Callable[[], None]] = []
        home = self.root / "originals" if is_curated(self.root) else self.root
        inside = path.resolve().is_relative_to(self.root.resolve())
        place = path.resolve() if inside else home.resolve() / path.name
        try:
            if not inside:
                for source in (path, side_file(path)):
                    if source.is_file():
                        self._place(source, home / source.name, steps)
        except BaseException:
            _take_back(steps)
            raise
        self.filed[str(place.relative_to(self.root.resolve()))] = steps

    def _place(self, source: Path, target: Path, steps: list[Callable[[], None]]) -> None:
        if target.exists():
            if target.read_bytes() == source.read_bytes():
                return
            self._set_aside(target, steps)
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = target.with_name(f".{target.name}.new")
        try:
            shutil.copyfile(source, beside)
            os.replace(beside, target)
        finally:
            beside.unlink(missing_ok=True)
        steps.append(lambda: target.unlink(missing_ok=True))

    def _collect(self, name: str) -> None:
        """Enter what was filed into the collection, under the ids by which the library knows it."""
        file = self.root / COLLECTIONS
        before = file.read_text(encoding="utf-8")
        self._steps.append(lambda: _write(file, before))
        for document in read_library(self.root, cache=self.cache).documents:
            version = document.version
            if version.file in self.filed:
                file_into(name, self.root / version.file, self.root, policy=version.policy)

    def _set_aside(self, file: Path, steps: list[Callable[[], None]]) -> None:
        place = self.root / REMOVED / datetime.now().strftime("%Y%m%d-%H%M%S-%f") / file.relative_to(self.root)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(file, place)
        steps.append(lambda: _put_back(place, file))


def _put_back(place: Path, file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    os.replace(place, file)


def _write(file: Path, text: str) -> None:
    beside = file.with_name(f".{file.name}.new")
    beside.write_text(text, encoding="utf-8")
    os.replace(beside, file)


def _take_back(steps: list[Callable[[], None]]) -> None:
    while steps:
        steps.pop()()


def _expand(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(p for p in path.rglob("*") if p.is_file() and p.suffix.lower() in SUFFIXES)
        else:
            yield path


def _clash(path: Path, version: Version, other: Path, earlier: Version) -> str | None:
    """Why two documents of one call cannot both go in."""
    if _digest(path) == _digest(other):
        return f"与 {other} 内容相同，只存入一份"
    if path.name == other.name:
        return f"与 {other} 同名；请改名后再放入"
    dated = version.effective and earlier.effective and version.effective != earlier.effective
    same_number = version.number and version.number == earlier.number
    if same_number or (version.title == earlier.title and not dated):
        told = f"文号（{version.number}）" if same_number else f"标题（{version.title}）"
        return f"与 {other} 的{told}相同，分不清哪一份是准的；请只留一份，或在旁边的 yaml 里写明各自的施行日"
    return None


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _files_of(reference: str, root: Path) -> list[Path]:
    """The files of a policy (`policy`) or of one version (`policy@2016-01-01`), digest, original and side file.

    Raises:
        LibraryError: the library has none of that name.
    """
    versions = [document.version for document in read_library(root).documents]
    named = [version for version in versions if reference in (version.key, version.policy)]
    if not named:
        raise LibraryError(f"知识库里没有 {reference}；用 python ingest.py --list 查看编号")
    files = {root / version.file for version in named}
    digests = {root / "policies" / v.policy / f"{v.key.removeprefix(v.policy + '@')}.md" for v in named}
    present = {*files, *(side_file(file) for file in files), *digests}
    return sorted(file for file in present if file.is_file())


@contextmanager
def rehearsal(root: Path) -> Iterator[Path]:
    """A copy of the library, to be changed in its place and then forgotten.

    Raises:
        LibraryError: the library is not there.
    """
    policy_files(root)
    with TemporaryDirectory(prefix="library-") as folder:
        copy = Path(folder) / root.resolve().name
        shutil.copytree(root, copy, ignore=shutil.ignore_patterns(REMOVED), symlinks=True, copy_function=_copy_readable)
        yield copy


def _copy_readable(source: str, target: str) -> None:
    try:
        shutil.copy2(source, target)
    except PermissionError:  # the copy is empty and refused by name, as the original is
        Path(target).touch()
