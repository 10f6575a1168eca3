"""Damage done to files: to their bytes as they stand, or to a part of a ZIP, which is then packed again."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass

from hypothesis import strategies as st

WORDS = (
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"<",
    b"</p>",
    b"<!--",
    b"<table><tr><td>",
    b"<!DOCTYPE a [<!ENTITY x 'y'>]>",
    b"&#0;",
    b"&x;",
    b"-1",
    b"99999999999999999999",
    b"1e308",
    b"NaN",
    b"|",
    b"---\n",
    b"/Kids [1 0 R]",
    b"endstream",
    b"<< /Length 0 >>",
    "第零条".encode(),
    "第九千九百九十九亿条".encode(),
    "附件：".encode(),
    "“".encode(),
    "目录\n".encode(),
    "自9999年99月99日起施行，有效期999年".encode(),
    "关于印发《》的通知".encode(),
)


@dataclass(frozen=True)
class Edit:
    """One piece of damage.

    Attributes:
        kind: put (over), insert, cut, repeat or end (cut off).
        place: where, as a share of the whole, 0 to 1.
        data: what is put or inserted; its length says how much is cut or repeated.
        times: how often it is repeated.
    """

    kind: str
    place: float
    data: bytes
    times: int

    def apply(self, whole: bytes) -> bytes:
        at = int(self.place * len(whole))
        size = max(len(self.data), 1)
        before, after = whole[:at], whole[at:]
        if self.kind == "put":
            return before + self.data + after[size:]
        if self.kind == "insert":
            return before + self.data * self.times + after
        if self.kind == "cut":
            return before + after[size * self.times :]
        if self.kind == "repeat":
            return before + after[: size * 8] * self.times + after
        return before


@dataclass(frozen=True)
class Damage:
    """What is done to a file; `part` names the part of a ZIP by its place, None the file as it stands."""

    edits: tuple[Edit, ...]
    part: float | None

    def apply(self, whole: bytes) -> bytes:
        if self.part is None or not whole.startswith(b"PK"):
            return _edited(whole, self.edits)
        packed = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(whole)) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
            names = source.namelist()
            chosen = names[min(int(self.part * len(names)), len(names) - 1)]
            for name in names:
                data = source.read(name)
                target.writestr(name, _edited(data, self.edits) if name == chosen else data)
        return packed.getvalue()


def _edited(whole: bytes, edits: tuple[Edit, ...]) -> bytes:
    for edit in edits:
        whole = edit.apply(whole)
    return whole


def damages() -> st.SearchStrategy[Damage]:
    """Damage of every kind, most of it slight."""
    share = st.floats(0, 1, exclude_max=True)
    kinds = st.sampled_from(("put", "put", "insert", "cut", "repeat", "end"))
    edit = st.builds(Edit, kinds, share, st.sampled_from(WORDS) | st.binary(min_size=1, max_size=8), st.integers(1, 40))
    edits = st.lists(edit, min_size=1, max_size=6).map(tuple)
    return st.builds(Damage, edits, st.none() | share)
