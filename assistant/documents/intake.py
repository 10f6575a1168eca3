"""Put documents into a library, take policies out of it, or rehearse either on a copy.

Every step can be taken back until the index is published (`journal`), so that a refused, failed or killed ingest
leaves the library as it was.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.documents.filing import FILE as COLLECTIONS
from assistant.documents.filing import file_into, require_collection
from assistant.documents.formats import SUFFIXES
from assistant.documents.journal import REMOVED, Journal, Step, copy, interrupted
from assistant.documents.library import NOT_POLICIES, is_curated, policy_files, read_library
from assistant.documents.model import Document, Problem, Version
from assistant.documents.reading import ExtractCache, read_document
from assistant.documents.sidecar import side_file
from assistant.errors import DocumentError, LibraryError

_LEFT_BY_SYSTEMS = {"Thumbs.db", "desktop.ini", "__MACOSX"}


class Intake:
    """What a call of `ingest.py` changes in the files of a library. Use while holding the right to publish.

    Attributes:
        documents: what is to be added; a folder stands for the documents in it.
        remove: a policy or a version to take out.
        collection: the collection that the added documents are to belong to.
        refused: after `apply`, what was not added, each with its reason.
        filed: after `apply`, the files that were added, as the library names them, with what it took.
        recovered: after `apply`, what is to be told of an earlier call that was killed.
    """

    def __init__(
        self,
        root: Path,
        documents: Sequence[Path] = (),
        *,
        remove: str | None = None,
        collection: str | None = None,
        cache: ExtractCache | None = None,
        journal: Path | None = None,
    ) -> None:
        self.root = root
        self.documents = documents
        self.remove = remove
        self.collection = collection
        self.cache = cache
        self.refused: list[str] = []
        self.filed: dict[str, list[Step]] = {}
        self.recovered: list[str] = []
        self._journal = Journal(root, journal)

    def apply(self, published: str | None = None, *, rehearsed: bool = False) -> None:
        """Change the library, as it was before a killed call changed it.

        Args:
            published: the snapshot in use.
            rehearsed: whether nothing will be published, so that a killed call is only told of.

        Raises:
            LibraryError: there is no such policy to remove, or no such collection.
        """
        if rehearsed:
            self.recovered = list(interrupted(self._journal.left(published)))
        else:
            self.recovered = self._journal.begin(published)
        if self.collection:
            require_collection(self.root, self.collection)
        if self.remove:
            for file in _files_of(self.remove, self.root):
                self._journal.keep(file)
                file.unlink()
        accepted: list[tuple[Path, Document]] = []
        for path in self._expanded():
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
            self._journal.take_back(self.filed.pop(name))
        return bool(ours)

    def undo(self) -> None:
        """Leave the library as it was before `apply`."""
        self.filed.clear()
        self._journal.take_back(self._journal.steps)
        self._journal.close()

    def settle(self) -> None:
        """What was changed is published."""
        self._journal.close()

    def _expanded(self) -> Iterator[Path]:
        """The files given; a folder stands for what is in it."""
        for path in self.documents:
            if not os.path.isdir(path):
                yield path
                continue
            found = False
            for folder, folders, names in os.walk(path, onerror=self._refuse_folder):
                folders.sort()
                for name in sorted(names):
                    file = Path(folder, name)
                    if not name.startswith((".", "~$")) and name not in _LEFT_BY_SYSTEMS and not _is_side_file(file):
                        found = True
                        yield file
            if not found and not any(line.startswith(f"{path}:") for line in self.refused):
                self.refused.append(str(DocumentError(path, 1, "文件夹里没有文件，请检查路径")))

    def _refuse_folder(self, error: OSError) -> None:
        message = f"文件夹打不开（{error.strerror}），里面的文件没有读入；请检查权限"
        self.refused.append(str(DocumentError(Path(error.filename), 1, message)))

    def _examine(self, path: Path, accepted: Sequence[tuple[Path, Document]]) -> Document:
        """Read the document, and refuse it where another one of this call is the same."""
        _require(path)
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
        steps: list[Step] = []
        home = self.root / "originals" if is_curated(self.root) else self.root
        inside = path.resolve().is_relative_to(self.root.resolve())
        place = path.resolve() if inside else home.resolve() / path.name
        try:
            if not inside:
                for source in (path, side_file(path)):
                    if source.is_file():
                        self._place(source, home / source.name, steps)
        except BaseException:
            self._journal.take_back(steps)
            raise
        self.filed[str(place.relative_to(self.root.resolve()))] = steps

    def _place(self, source: Path, target: Path, steps: list[Step]) -> None:
        if target.exists() and target.read_bytes() == source.read_bytes():
            return
        steps.append(self._journal.keep(target))
        copy(source, target)

    def _collect(self, name: str) -> None:
        """Enter what was filed into the collection, under the ids by which the library knows it."""
        file = self.root / COLLECTIONS
        self._journal.keep(file)
        for document in read_library(self.root, cache=self.cache).documents:
            version = document.version
            if version.file in self.filed:
                file_into(name, self.root / version.file, self.root, policy=version.policy)


def _require(path: Path) -> None:
    """Raises DocumentError when the file is not there, or stands in a folder that may not be entered."""
    try:
        there = path.exists()
    except OSError as error:
        raise DocumentError(path, 1, f"文件读不出来：{error.strerror}；请检查权限") from error
    if not there:
        raise DocumentError(path, 1, "文件不存在，请检查路径")


def _is_side_file(path: Path) -> bool:
    return path.suffix == ".yaml" and any(path.with_suffix(suffix).exists() for suffix in SUFFIXES)


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
