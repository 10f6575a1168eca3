"""Tell the encodings of Chinese text apart."""

from __future__ import annotations

import re
from pathlib import Path

from assistant.documents.formats.container import MEGABYTE
from assistant.documents.formats.model import Remark
from assistant.errors import DocumentError

_LARGEST = 50 * MEGABYTE  # the longest statute has 0.5
_DAMAGE = 0.01  # more unreadable characters than this, and the encoding is not the right one
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
# Frequent in any official text; UTF-16 taken for GB18030, or the reverse, gives rare characters instead.
_FREQUENT = re.compile(r"[的，。、一二三四五第条和项是年不有在业科技政企规定 \n0-9a-zA-Z]")


def decode_file(path: Path) -> tuple[str, tuple[Remark, ...]]:
    """The text of a file, byte order mark and NUL characters removed, with a remark on what could not be read."""
    if path.stat().st_size > _LARGEST:
        raise DocumentError(path, 1, f"文字文件超过 {_LARGEST // MEGABYTE} MB；请拆开后放入")
    return decode(path.read_bytes(), path)


def decode(data: bytes, path: Path, declared: str | None = None) -> tuple[str, tuple[Remark, ...]]:
    """Decode UTF-8, UTF-16 or GB18030.

    Args:
        declared: what a web page says of itself; tried first, not trusted.

    Raises:
        DocumentError: it is none of them.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _lenient(data[len(mark) :], encoding, path)
    for encoding in filter(None, (declared, "utf-8")):
        text = _strictly(data, encoding)
        if text is not None and "\0" not in text:
            return text, ()
    wide = ("utf-16-le", "utf-16-be") if len(data) % 2 == 0 else ()
    candidates = [(text, name) for name in ("gb18030", *wide) if (text := _strictly(data, name)) is not None]
    plausible = [(_plausibility(text), text) for text, _ in candidates]
    if plausible and max(plausible)[0] > 0.15:
        return max(plausible)[1].replace("\0", ""), ()
    best = min(("utf-8", "gb18030"), key=lambda name: data.decode(name, "replace").count("\ufffd"))
    return _lenient(data, best, path)


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _plausibility(text: str) -> float:
    sample = text[:20_000]
    return len(_FREQUENT.findall(sample)) / max(len(sample), 1)


def _lenient(data: bytes, encoding: str, path: Path) -> tuple[str, tuple[Remark, ...]]:
    text = data.decode(encoding, "replace").replace("\0", "")
    lost = text.count("\ufffd")
    if lost > max(1, len(text) * _DAMAGE):
        raise DocumentError(path, 1, "不是能认出的文字编码（UTF-8、UTF-16、GB18030）；请另存为 UTF-8 后放入")
    if lost:
        return text, ((None, f"有 {lost} 个字符读不出来，显示为 \ufffd；请对照原文改正"),)
    return text, ()
