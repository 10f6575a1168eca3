"""Read one file of a library: find out what it is, take its text out, and make a document of it."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from assistant.documents.digest import has_front_matter, read_digest
from assistant.documents.formats import Extract, extract
from assistant.documents.formats.decoding import decode_file
from assistant.documents.formats.kinds import Kind, kind_of
from assistant.documents.lines import Line, read_lines, recognise
from assistant.documents.model import Document, Problem
from assistant.documents.plain import Source, read_plain
from assistant.documents.sidecar import read_side_file, split_front_matter
from assistant.errors import DocumentError

_MEGABYTE = 1024 * 1024
_LARGEST_TEXT = 10 * _MEGABYTE  # the longest statute has 0.5
_EXTRACT = TypeAdapter(Extract)
_SAMPLE = 20_000  # characters by which text is told from other content
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufffd]")
READER = "4"  # raised when the same file is read otherwise than before


class ExtractCache:
    """What was read from files that take long, recognised pictures above all, by their content."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def extract(self, path: Path) -> Extract:
        """The text of a file, from the cache if its content was read before."""
        content = hashlib.sha256(path.read_bytes() + path.suffix.lower().encode() + READER.encode()).hexdigest()
        kept = self.folder / f"{content[:32]}.json"
        try:
            return _EXTRACT.validate_json(kept.read_bytes())
        except (OSError, ValidationError):  # not there, or damaged: read it again
            found = extract(path)
        self.folder.mkdir(parents=True, exist_ok=True)
        beside = kept.with_suffix(f".{os.getpid()}")
        beside.write_bytes(_EXTRACT.dump_json(found))
        os.replace(beside, kept)
        return found


def read_document(path: Path, root: Path, *, cache: ExtractCache | None = None) -> Document:
    """Read one file.

    Raises:
        DocumentError: it is refused; the message names file, line and remedy.
    """
    shown = str(path.relative_to(root)) if path.is_relative_to(root) else path.name
    _refuse_link(path, root)
    try:
        kind = kind_of(path)
        if kind in (Kind.MARKDOWN, Kind.TEXT):
            return _read_text(path, root, shown, kind)
    except OSError as error:
        raise DocumentError(path, 1, f"文件读不出来：{error.strerror}；请检查权限") from error
    found = (cache.extract if cache else extract)(path)
    lines = _lines(found)
    problems = tuple(Problem(shown, 1, text, page=page) for page, text in found.remarks)
    source = Source(path, shown, found.title, found.details, read_side_file(path), problems)
    return read_plain(lines, source)


def _refuse_link(path: Path, root: Path) -> None:
    if path.is_symlink() and path.is_relative_to(root) and not path.resolve().is_relative_to(root.resolve()):
        raise DocumentError(path, 1, "是指向知识库以外的链接，没有读入；请放入文件本身")


def _read_text(path: Path, root: Path, shown: str, kind: Kind) -> Document:
    if path.stat().st_size > _LARGEST_TEXT:
        raise DocumentError(path, 1, f"文字文件超过 {_LARGEST_TEXT // _MEGABYTE} MB，不像是政策文件；请确认内容或拆开")
    raw, remarks = decode_file(path)
    if not raw.strip():
        raise DocumentError(path, 1, "文件是空的；请放入内容或移走它")
    sample = raw[:_SAMPLE]
    if len(_CONTROL.findall(sample)) > len(sample) // 100:
        raise DocumentError(path, 1, f"不是文本文件，虽然扩展名是 {path.suffix}；请放入原文件，或另存为 TXT")
    curated = (root / "policies") in path.parents
    if curated and has_front_matter(raw):
        return read_digest(raw, path, path.parent.name, shown)
    overrides = read_side_file(path)
    problems = tuple(Problem(shown, 1, text, page=page) for page, text in remarks)
    if kind is Kind.MARKDOWN:
        said, raw = split_front_matter(raw.replace("\r\n", "\n"), path)
        merged = said.model_copy(update=overrides.model_dump(exclude_unset=True)) if said else overrides
        return read_plain(read_lines(raw, markdown=True), Source(path, shown, overrides=merged, problems=problems))
    found = extract(path)
    return read_plain(_numbered(_lines(found), raw), Source(path, shown, overrides=overrides, problems=problems))


def _lines(found: Extract) -> list[Line]:
    rows = [(row, block) for block in found.blocks for row in block.text.split("\n") if row.strip()]
    return [
        recognise(number, row.strip(), block.heading, block.page, block.confidence)
        for number, (row, block) in enumerate(rows, start=1)
    ]


def _numbered(lines: list[Line], raw: str) -> list[Line]:
    """The paragraphs of a text file with the line on which each begins."""
    printed = [row.strip() for row in raw.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    at, numbered = 0, []
    for line in lines:
        begins = next((i for i in range(at, len(printed)) if printed[i] and line.text.startswith(printed[i][:20])), at)
        at = begins
        numbered.append(recognise(begins + 1, line.text, line.heading))
    return numbered
