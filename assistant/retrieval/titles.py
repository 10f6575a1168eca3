"""The titles under which documents are asked for: whole, without 中华人民共和国, or in short."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.documents.model import Version
from assistant.index.tokens import normalise

_NOISE = re.compile(r"[\s\0《》〈〉<>“”\"'（）()〔〕\[\]【】、,，。:：·\-—]|中华人民共和国|关于印发|的通知$")
_AFTER = re.compile(r"(?:试行|暂行|修正|修订|修改|全文|(?:19|20)\d\d年?|的通知|通知|公告|版|本)*$")
_KIND = re.compile(r"(?:法|条例|办法|规定|细则|意见|措施|通知|公告|指引|方案|政策)$")
_SHORTEST = 4  # a bare title shorter than this occurs by chance
_SHORTEST_PART = 4  # of a title between 《》 that is looked for inside others
_WHOLE = 6  # characters of a known title above which it may stand at the end of a longer one


def plain_title(title: str) -> str:
    """A title without what people leave out: brackets, 中华人民共和国, （2018年修正）."""
    plain = _squeezed(title)
    return _AFTER.sub("", plain) or plain


@dataclass(frozen=True)
class Titles:
    """Plain title or alias → the numbers of the versions that bear it, and the titles by how they begin."""

    versions: dict[str, tuple[int, ...]]
    beginning: dict[str, tuple[str, ...]]  # first characters → titles, longest first

    @classmethod
    def of(cls, versions: Sequence[Version]) -> Titles:
        found: dict[str, dict[int, None]] = {}
        shorter: dict[str, dict[int, None]] = {}  # yield to a document whose whole title it is
        for i, version in enumerate(versions):
            for name in (version.title, *version.aliases):
                found.setdefault(_squeezed(name), {})[i] = None
                shorter.setdefault(plain_title(name), {})[i] = None
        found = {name: numbers for name, numbers in (shorter | found).items() if name}
        beginning: dict[str, list[str]] = {}
        for name in sorted(found, key=len, reverse=True):
            if len(name) >= _SHORTEST:
                beginning.setdefault(name[:_SHORTEST], []).append(name)
        return cls({k: tuple(v) for k, v in found.items()}, {k: tuple(v) for k, v in beginning.items()})

    def meant_by(self, title: str) -> tuple[int, ...]:
        """The versions that a title between 《》 means; none rather than a document with a similar title."""
        wanted = plain_title(title)
        exact = self.versions.get(_squeezed(title)) or self.versions.get(wanted)
        if exact or len(wanted) < _SHORTEST_PART:
            return exact or ()
        near = sorted((abs(len(name) - len(wanted)), name) for name in self.versions if _same(name, wanted))
        return tuple(i for distance, name in near if distance == near[0][0] for i in self.versions[name])

    def inside(self, text: str) -> Iterator[tuple[int, int, tuple[int, ...]]]:
        """The titles that stand in a text without 《》: start, end, versions."""
        squeezed, place = _squeeze(text)
        i = 0
        while i < len(squeezed):
            names = self.beginning.get(squeezed[i : i + _SHORTEST], ())
            inside_number = squeezed[i].isdigit() and i > 0 and squeezed[i - 1].isdigit()
            name = next((n for n in names if squeezed.startswith(n, i) and not inside_number), None)
            if name:
                yield place[i], place[i + len(name) - 1] + 1, self.versions[name]
            i += len(name) if name else 1


def _squeezed(title: str) -> str:
    return _NOISE.sub("", normalise(title))


def _squeeze(text: str) -> tuple[str, list[int]]:
    """The text without noise, and where each of its characters stood."""
    noise = {i for match in _NOISE.finditer(text) for i in range(*match.span())}
    place = [i for i in range(len(text)) if i not in noise]
    return "".join(text[i] for i in place), place


def _same(name: str, wanted: str) -> bool:
    """Whether a title in short or with more around it is the same document's."""
    if wanted in name:
        return name.endswith(wanted) or not _KIND.search(wanted)
    return len(name) >= _WHOLE and wanted.endswith(name)
