"""Direct look-up: a 《title》, a nickname, a document number, 第十一条第五项. Exact, before any similarity."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from assistant.documents.glossary import Glossary
from assistant.documents.model import Part, Status
from assistant.documents.numerals import ordinal
from assistant.index.store import ClauseStore, StoredClause
from assistant.index.tokens import normalise
from assistant.retrieval.model import Context, Lack, Lookup, Missing
from assistant.retrieval.references import (
    ClauseName,
    NumberName,
    agency_fits,
    beside,
    clauses,
    numbers,
    part_of,
    points_back,
)
from assistant.retrieval.rewrites import plain
from assistant.retrieval.titles import Titles

_TITLE = re.compile(r"《([^《》]{2,80})》")
NO_CONTEXT = Context()
_NEAR = 2  # characters between a document and a bare 11条 that belongs to it
_MOST_NAMED = 3  # documents that one name may mean; a name that fits more of them means none


@dataclass(frozen=True, slots=True)
class Mention:
    """A document named in a question, at start..end; `versions` is empty where the library lacks it."""

    said: str
    start: int
    end: int
    versions: tuple[int, ...]


@dataclass
class _Found:
    """What a look-up has found so far."""

    versions: list[int] = field(default_factory=list)
    clauses: dict[int, Part | None] = field(default_factory=dict)
    explained: list[str] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)


@dataclass(frozen=True)
class Catalogue:
    """The names under which the versions of a snapshot can be asked for."""

    store: ClauseStore
    glossary: Glossary

    @cached_property
    def policies(self) -> dict[str, tuple[int, ...]]:
        """Policy → its versions, by their numbers in the snapshot."""
        found: dict[str, list[int]] = {}
        for i, version in enumerate(self.store.versions):
            found.setdefault(version.policy, []).append(i)
        return {policy: tuple(versions) for policy, versions in found.items()}

    @cached_property
    def titles(self) -> Titles:
        return Titles.of(self.store.versions)

    @cached_property
    def _numbers(self) -> dict[int, list[tuple[NumberName, int]]]:
        """The number in a document number → the whole of it as read, with the version."""
        found: dict[int, list[tuple[NumberName, int]]] = {}
        for i, version in enumerate(self.store.versions):
            for name in numbers(normalise(version.number or "")):
                found.setdefault(name.number, []).append((name, i))
        return found

    @cached_property
    def _nicknames(self) -> tuple[re.Pattern[str], dict[str, str]]:
        """A pattern of the short names of documents that the library holds, and the policy of each."""
        documents = (d for d in self.glossary.file.documents if d.policy in self.policies)
        policy_of = {normalise(says): document.policy for document in documents for says in document.says}
        longest_first = sorted(map(re.escape, policy_of), key=len, reverse=True)
        return re.compile(rf"(?<!\d)(?:{'|'.join(longest_first) or '(?!)'})"), policy_of

    def look_up(self, question: str, day: date, context: Context = NO_CONTEXT) -> Lookup:
        """What the question names.

        Args:
            context: what was cited before, for a 第N条 without a document, a 第N项 without an article, 上面那条.
        """
        text = plain(question)
        mentions = sorted(self._mentions(text), key=lambda mention: mention.start)
        found = _Found()
        of = {mention.start: self._choose(mention, day, found) for mention in mentions}
        for name in clauses(text):
            before = [m for m in mentions if m.start <= name.start]
            if any(m.start <= name.start < m.end for m in mentions) or (name.bare and not _follows(name, before)):
                continue
            mention = before[-1] if before else next(iter(mentions), None)
            versions = of[mention.start] if mention else context.versions[:1]
            self._find_clause(name, versions, context, found)
        if not found.clauses and not mentions:
            self._point(text, context, found)
        parts = tuple((position, part) for position, part in found.clauses.items() if part)
        return Lookup(tuple(found.versions), tuple(found.clauses), parts, tuple(found.explained), tuple(found.missing))

    def _choose(self, mention: Mention, day: date, found: _Found) -> tuple[int, ...]:
        """Of each policy that a mention means the version for the day; takes note of them."""
        if not mention.versions:
            found.missing.append(Missing(mention.said, Lack.DOCUMENT))
            return ()
        by_policy: dict[str, list[int]] = {}
        for version in mention.versions:
            by_policy.setdefault(self.store.versions[version].policy, []).append(version)
        chosen = tuple(self.in_force(versions, day) for versions in by_policy.values())
        for version in chosen:
            if version not in found.versions:
                found.versions.append(version)
                found.explained.append(f"{mention.said} → {self._title(version)}")
        return chosen

    def in_force(self, candidates: Sequence[int], day: date) -> int:
        """Of several versions the one in force on the day, else the latest."""
        versions = self.store.versions

        def rank(i: int) -> tuple[int, date]:
            holds = versions[i].status(day) in (Status.IN_FORCE, Status.UNKNOWN)
            return (int(holds), versions[i].effective or date.min)

        return max(candidates, key=rank)

    def _mentions(self, text: str) -> Iterator[Mention]:
        """The documents that a text names; what one way of naming has taken is not read again by the next."""
        for ways in (self._by_title, self._by_nickname, self._by_number, self._by_bare_title):
            mentions = list(ways(text))
            yield from mentions
            for mention in mentions:
                text = text[: mention.start] + "\0" * (mention.end - mention.start) + text[mention.end :]

    def _by_title(self, text: str) -> Iterator[Mention]:
        for match in _TITLE.finditer(text):
            yield Mention(match.group(), match.start(), match.end(), self.titles.meant_by(match[1]))

    def _by_nickname(self, text: str) -> Iterator[Mention]:
        pattern, policy_of = self._nicknames
        for match in pattern.finditer(text):
            yield Mention(match.group(), match.start(), match.end(), self.policies[policy_of[match.group()]])

    def _by_number(self, text: str) -> Iterator[Mention]:
        for name in numbers(text):
            found = self._numbered(name)
            known = name.agency and any(a.agency and agency_fits(name.agency, a.agency) for a in self._agencies)
            if found or (name.plain and (name.year or known or not name.agency)):
                yield Mention(name.said, name.start, name.end, found)

    def _by_bare_title(self, text: str) -> Iterator[Mention]:
        for start, end, versions in self.titles.inside(text):
            yield Mention(text[start:end], start, end, versions)

    @cached_property
    def _agencies(self) -> list[NumberName]:
        return [name for named in self._numbers.values() for name, _ in named]

    def _numbered(self, name: NumberName) -> tuple[int, ...]:
        """The versions with a document number, as far as it is given."""
        found = [
            (known, i)
            for known, i in self._numbers.get(name.number, ())
            if (name.year is None or known.year == name.year)
            and (name.agency is None or agency_fits(name.agency, known.agency or ""))
            and (name.kind in (None, "文") or known.kind == name.kind)
        ]
        if name.year is None and name.kind is None and name.agency is None:
            return ()
        policies = {self.store.versions[i].policy for _, i in found}
        most = 1 if name.year is None else _MOST_NAMED
        return tuple(i for _, i in found) if len(policies) <= most else ()

    def _find_clause(self, name: ClauseName, versions: Sequence[int], context: Context, found: _Found) -> None:
        if name.article is None and not versions:
            return
        if name.article is None:
            named = {self.store.versions[version].key for version in found.versions}
            for cited in self.store.get(context.clauses[:1]):
                if not named or cited.version.key in named:
                    self._take(cited, name, found)
                    return
        for version in versions:
            article = self.store.by_id(version, _article_id(name))
            fitting = [article] if article else _clauses_named(name, self.store.of_version(version))
            for stored in fitting:
                self._take(stored, name, found)
            if not fitting and not name.bare:
                last = _last(self.store.of_version(version))
                found.missing.append(Missing(name.said, Lack.CLAUSE, self._title(version), last))

    def _take(self, stored: StoredClause, name: ClauseName, found: _Found) -> None:
        """Note a clause that was found, with the part of it that is meant."""
        wants_part = bool(name.paragraph) or bool(name.item and _item_number(stored) != name.item)
        part = part_of(stored.clause, name) if wants_part else None
        place = f"{self._title_of(stored)}{stored.clause.label}"
        if wants_part and part is None:
            last = stored.clause.parts[-1].label if stored.clause.parts else ""
            found.missing.append(Missing(name.said, Lack.PART, place, last))
        found.clauses[stored.position] = part or found.clauses.get(stored.position)
        found.explained.append(f"{name.said} → {place}{part.label if part else ''}")

    def _point(self, text: str, context: Context, found: _Found) -> None:
        """上面那条, 下一条: the clause that was cited before, or the one next to it."""
        if not context.clauses or not (points_back(text) or beside(text)):
            return
        (cited,) = self.store.get(context.clauses[:1])
        for stored in self.store.get([cited.position + beside(text)]):
            if stored.version.key == cited.version.key:
                found.clauses[stored.position] = None
                found.explained.append(f"{self._title_of(stored)}{stored.clause.label}")

    def _title(self, version: int) -> str:
        return f"《{self.store.versions[version].title}》"

    def _title_of(self, stored: StoredClause) -> str:
        return f"《{stored.version.title}》"


def _follows(name: ClauseName, before: Sequence[Mention]) -> bool:
    return bool(before) and name.start - before[-1].end <= _NEAR


def _article_id(name: ClauseName) -> str:
    number, inserted = name.article or (0, None)
    return f"art-{number}" + (f"-{inserted}" if inserted else "")


def _clauses_named(name: ClauseName, stored: Sequence[StoredClause]) -> list[StoredClause]:
    """The clauses that a name means: the article of an annex, or the items of that number where no article is."""
    if name.article and any("art-" in s.clause.id for s in stored):
        return [s for s in stored if s.clause.id.endswith(f".{_article_id(name)}")]
    number = name.article[0] if name.article else name.item
    return [s for s in stored if _item_number(s) == number]


def _item_number(stored: StoredClause) -> int | None:
    """The number of a clause that is a top-level item, （七） or 七、."""
    return ordinal(stored.clause.label.strip("（）()、.．"))


def _last(stored: Sequence[StoredClause]) -> str:
    """The label of the last article, or of the last item where there are none."""
    articles = [s.clause.label for s in stored if s.clause.id.startswith("art-")]
    numbered = [s.clause.label for s in stored if _item_number(s)]
    return next(reversed(articles or numbered), "")


def items(question: str) -> list[int]:
    """The numbers of the items that a question names: 第五项, （五）."""
    return [name.item for name in clauses(normalise(question)) if name.item]
