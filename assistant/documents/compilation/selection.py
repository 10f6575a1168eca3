"""Which policies go into the compilation, in which chapters, and how each stands on the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assistant.documents.collections import Collection, Slot
from assistant.documents.compilation.words import Words
from assistant.documents.library import Library
from assistant.documents.model import Document, Level, Status
from assistant.errors import LibraryError

WHOLE = "政策汇编"
_PREFERENCE = (Status.IN_FORCE, Status.UNKNOWN, Status.EXPIRED, Status.REPLACED, Status.NOT_YET)


@dataclass(frozen=True, slots=True)
class Selection:
    """What is asked for; without a collection it is the whole."""

    day: date
    collection: str | None = None
    topic: str | None = None
    level: Level | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A policy in the version that counts on the day."""

    document: Document
    status: Status

    @property
    def policy(self) -> str:
        return self.document.version.policy


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading with its policies, or with the places still empty."""

    title: str
    entries: tuple[Entry, ...] = ()
    slots: tuple[Slot, ...] = ()


@dataclass(frozen=True, slots=True)
class Compilation:
    """The chapters in reading order; `titles` names every version of the library by its key."""

    selection: Selection
    description: str
    chapters: tuple[Chapter, ...]
    titles: dict[str, str]

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Every policy once, in reading order."""
        return tuple(entry for chapter in self.chapters for entry in chapter.entries)


def select(library: Library, collections: tuple[Collection, ...], selection: Selection, words: Words) -> Compilation:
    """Gather the policies of a library that the selection asks for.

    Raises:
        LibraryError: a file of the library is refused, there is no such collection or topic, or nothing is left.
    """
    if faults := [str(problem) for problem in library.problems if problem.fatal]:
        raise LibraryError("知识库有不合格的文件，汇编会缺漏，请先改正：\n" + "\n".join(faults))
    collection = _collection(collections, selection.collection)
    entries = {entry.policy: entry for entry in _entries(library, selection)}
    chapters = [
        Chapter(section.title, _pick(entries, section.policies))
        for section in (collection.sections if collection else ())
    ]
    placed = {entry.policy for chapter in chapters for entry in chapter.entries}
    if selection.collection is None:
        chapters += _unplaced(entries, placed, words)
    elif collection:
        loose = {policy: entry for policy, entry in entries.items() if policy not in placed}
        chapters.insert(0, Chapter(words.texts_chapter, _pick(loose, collection.policies)))
        presumed = tuple(slot.presumed_policy for slot in collection.slots if slot.presumed_policy)
        presumed = tuple(policy for policy in presumed if policy not in collection.policies)
        chapters.append(Chapter(words.slots_chapter, _pick(loose, presumed), collection.slots))
    chapters = [chapter for chapter in chapters if chapter.entries or chapter.slots]
    if not chapters:
        raise LibraryError("没有符合条件的政策可以汇编；请放宽 --collection、--topic、--level 或换一个日期")
    titles = {document.version.key: document.version.title for document in library.documents}
    return Compilation(selection, collection.description if collection else "", tuple(chapters), titles)


def _collection(collections: tuple[Collection, ...], name: str | None) -> Collection | None:
    named = {collection.name: collection for collection in collections}
    if name is not None and name not in named:
        raise LibraryError(f"没有名为“{name}”的汇编；可用的有：{'、'.join(named) or '（无）'}")
    return named.get(name or WHOLE)


def _entries(library: Library, selection: Selection) -> list[Entry]:
    """One entry per policy: the version in force on the day, else the one that says most about it."""
    known = {topic for document in library.documents for topic in document.version.topics}
    if selection.topic is not None and selection.topic not in known:
        raise LibraryError(f"没有主题“{selection.topic}”；可用的有：{'、'.join(sorted(known))}")
    best: dict[str, Entry] = {}
    for document in library.documents:
        version = document.version
        if version.issued and version.issued > selection.day:
            continue
        if selection.topic is not None and selection.topic not in version.topics:
            continue
        if selection.level is not None and version.level is not selection.level:
            continue
        entry = Entry(document, version.status(selection.day))
        if version.policy not in best or _rank(entry) < _rank(best[version.policy]):
            best[version.policy] = entry
    return list(best.values())


def _rank(entry: Entry) -> tuple[int, int]:
    """Less is better: the latest version, but of those that have not begun the first."""
    effective = (entry.document.version.effective or date.min).toordinal()
    return _PREFERENCE.index(entry.status), effective if entry.status is Status.NOT_YET else -effective


def _pick(entries: dict[str, Entry], policies: tuple[str, ...]) -> tuple[Entry, ...]:
    return tuple(entries[policy] for policy in dict.fromkeys(policies) if policy in entries)


def _unplaced(entries: dict[str, Entry], placed: set[str], words: Words) -> list[Chapter]:
    """What the whole holds beyond its chapters, by level: the whole leaves nothing out."""
    rest = [entry for policy, entry in entries.items() if policy not in placed]
    return [
        Chapter(
            words.other_chapter.format(level=words.levels[level]),
            tuple(entry for entry in rest if entry.document.version.level is level),
        )
        for level in Level
    ]
