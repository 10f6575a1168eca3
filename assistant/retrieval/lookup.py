"""Direct look-up: a 《title》, a document number, 32号文, 第十一条第五项. Exact, before any similarity."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.documents.glossary import Glossary
from assistant.documents.model import Status, Version
from assistant.documents.numerals import ORDINAL, ordinal
from assistant.index.store import ClauseStore
from assistant.retrieval.model import Context, Lookup

_TITLE = re.compile(r"《([^《》]{2,80})》")
_NUMBER = re.compile(r"([\u4e00-\u9fff]{1,12})\s*[〔\[（(【]\s*(\d{4})\s*[〕\]）)】]\s*第?\s*(\d{1,5})\s*号")
_ANNOUNCEMENT = re.compile(r"(\d{4})\s*年\s*第?\s*(\d{1,4})\s*号(?:公告)?")
_ARTICLE = re.compile(rf"第\s*({ORDINAL})\s*条(?:\s*之\s*({ORDINAL}))?")
_ITEM = re.compile(r"第?[（(]([一二三四五六七八九十]+)[）)]项?|第([一二三四五六七八九十]+)[项点]")
_NOISE = re.compile(r"[\s《》“”\"'（）()〔〕\[\]【】、,，。·\-—]|中华人民共和国|关于印发|的通知$|（?\d{4}年(?:修正|修订)）?")
NO_CONTEXT = Context()
_SHORTEST_TITLE = 5  # a bare title shorter than this occurs by chance


def plain_title(title: str) -> str:
    """A title without what people leave out: brackets, 中华人民共和国, （2018年修正）."""
    return _NOISE.sub("", title)


@dataclass(frozen=True)
class Catalogue:
    """The names under which the versions of a snapshot can be asked for."""

    store: ClauseStore
    glossary: Glossary
    names: tuple[tuple[str, int], ...]  # plain name → version number, longest first
    numbers: dict[str, tuple[int, ...]]
    policies: dict[str, tuple[int, ...]]

    @classmethod
    def of(cls, store: ClauseStore, glossary: Glossary) -> Catalogue:
        names: set[tuple[str, int]] = set()
        numbers: dict[str, list[int]] = {}
        policies: dict[str, list[int]] = {}
        for i, version in enumerate(store.versions):
            policies.setdefault(version.policy, []).append(i)
            names |= {(plain_title(name), i) for name in (version.title, *version.aliases)}
            if version.number:
                numbers.setdefault(_plain_number(version.number), []).append(i)
        ordered = sorted((n for n in names if n[0]), key=lambda n: (-len(n[0]), n[1]))
        return cls(
            store,
            glossary,
            tuple(ordered),
            {k: tuple(v) for k, v in numbers.items()},
            {k: tuple(v) for k, v in policies.items()},
        )

    def look_up(self, question: str, day: date, context: Context = NO_CONTEXT) -> Lookup:
        """What the question names.

        Args:
            context: what was cited before, for a 第N条 without a document and a 第N项 without an article.
        """
        versions: list[int] = []
        explained: list[str] = []
        missing: list[str] = []
        for name, found in self._named(question):
            best = self.in_force(found, day)
            if best is None:
                missing.append(name)
            elif best not in versions:
                versions.append(best)
                explained.append(f"{name} → 《{self.store.versions[best].title}》")
        clauses = [c for v in (versions or context.versions) for c in self._clauses(question, v)]
        if not clauses and not versions and _ITEM.search(question):
            clauses = list(context.clauses[:1])
        return Lookup(tuple(versions), tuple(dict.fromkeys(clauses)), tuple(explained), tuple(missing))

    def _named(self, question: str) -> Iterable[tuple[str, tuple[int, ...]]]:
        rest = question
        for match in _TITLE.finditer(question):
            yield f"《{match[1]}》", self._by_title(match[1])
            rest = rest.replace(match.group(), " ")
        for match in _NUMBER.finditer(question):
            yield match.group(), self._by_number(match[1], match[2], match[3])
            rest = rest.replace(match.group(), " ")
        for match in _ANNOUNCEMENT.finditer(rest):
            found = self.numbers.get(f"{match[1]}年第{match[2]}号") or self._ending(f"{match[1]}年第{match[2]}号")
            if found:
                yield match.group(), found
        for entry in self.glossary.file.documents:
            for says in entry.says:
                if re.search(rf"(?<!\d){re.escape(says)}", rest) and entry.policy in self.policies:
                    yield says, self.policies[entry.policy]
        squeezed = plain_title(rest)
        for name, _ in self.names:
            if len(name) >= _SHORTEST_TITLE and name in squeezed:
                yield name, tuple(i for other, i in self.names if other == name)
                squeezed = squeezed.replace(name, " ")

    def _by_title(self, title: str) -> tuple[int, ...]:
        wanted = plain_title(title)
        exact = tuple(i for name, i in self.names if name == wanted)
        if exact or len(wanted) < 4:
            return exact
        inside = [(name, i) for name, i in self.names if wanted in name or (len(name) >= 6 and name in wanted)]
        inside.sort(key=lambda pair: abs(len(pair[0]) - len(wanted)))
        return tuple(i for name, i in inside if name == inside[0][0])

    def _by_number(self, agency: str, year: str, number: str) -> tuple[int, ...]:
        for start in range(len(agency)):  # 请问国科发火〔2016〕32号: the agency's name may follow other words
            if found := self.numbers.get(f"{agency[start:]}{year}-{number}"):
                return found
        return ()

    def _ending(self, tail: str) -> tuple[int, ...]:
        return tuple(i for number, found in self.numbers.items() if number.endswith(tail) for i in found)

    def in_force(self, candidates: Sequence[int], day: date) -> int | None:
        """Of several versions the one in force on the day, else the latest."""
        versions = self.store.versions

        def rank(i: int) -> tuple[int, date]:
            holds = versions[i].status(day) in (Status.IN_FORCE, Status.UNKNOWN)
            return (int(holds), versions[i].effective or date.min)

        return max(candidates, key=rank, default=None)

    def _clauses(self, question: str, version: int) -> Iterable[int]:
        for match in _ARTICLE.finditer(question):
            ident = f"art-{ordinal(match[1])}" + (f"-{ordinal(match[2])}" if match[2] else "")
            if found := self.store.by_id(version, ident):
                yield found.position
        if not _ARTICLE.search(question):
            for wanted in items(question):
                for clause in self.store.of_version(version):
                    if clause.clause.id.endswith(f"item-{wanted}"):
                        yield clause.position


def items(question: str) -> list[int]:
    """The numbers of the items that a question names: 第五项, （五）."""
    return [number for match in _ITEM.finditer(question) if (number := ordinal(match[1] or match[2]))]


def _plain_number(number: str) -> str:
    if match := _NUMBER.search(number):
        return f"{match[1]}{match[2]}-{match[3]}"
    if match := _ANNOUNCEMENT.search(number):
        return f"{match[1]}年第{match[2]}号" if number.startswith(match[1]) else re.sub(r"\s", "", number)
    return re.sub(r"\s", "", number)


def version_names(version: Version) -> tuple[str, ...]:
    """Title, number and aliases, as a person may write them."""
    return tuple(filter(None, (version.title, version.number, *version.aliases)))
