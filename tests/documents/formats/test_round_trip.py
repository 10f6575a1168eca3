"""Real documents, set in each format by the tests' own tools and read back.

Some documents by default; `ROUND_TRIP=all pytest -s tests/documents/formats/test_round_trip.py` takes them all, in half
an hour, and prints the table that stands in docs/ingest.md.
"""

from __future__ import annotations

import difflib
import html
import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import docx
import pytest

from assistant.documents.formats import extract
from assistant.documents.model import Clause
from assistant.documents.reading import read_document
from tests.documents.formats.typeset import scanned, typeset, write_ofd, write_pdf

POLICIES = Path(__file__).resolve().parents[4] / "shared" / "policies"
TITLES = ["上海市促进大型科学仪器设施共享规定", "中华人民共和国科学技术进步法", "上海市技术市场条例"]
SCANNED = 2000  # characters of each document, about four pages, since recognition takes seconds a page
WHOLE = os.environ.get("ROUND_TRIP") == "all"
_FIGURE = re.compile(r"\d+(?:\.\d+)?%?|第[零〇一二三四五六七八九十百千]+[条章节款项]")


def word(path: Path, title: str, paragraphs: list[str]) -> None:
    document = docx.Document()
    if title:
        document.add_heading(title, level=1)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(str(path))


def page(path: Path, title: str, paragraphs: list[str]) -> None:
    body = "".join(f"<p>　　{html.escape(text)}</p>\n" for text in paragraphs)
    head = f'<meta charset="utf-8"><meta name="ArticleTitle" content="{title}"><title>{title}_上海市人民政府</title>'
    site = '<div class="nav"><a href="/">首页</a><a href="/x">政务公开</a></div><div>当前位置：首页 &gt; 正文</div>'
    text = (
        f'<html><head>{head}</head><body>{site}<h1>{title}</h1><div class="Article_content">{body}</div></body></html>'
    )
    path.write_text(text, encoding="utf-8")


def sheets(path: Path, title: str, paragraphs: list[str]) -> None:
    write = write_pdf if path.suffix == ".pdf" else write_ofd
    write(path, typeset(paragraphs, title=title, head="上海市人民政府公报 2025 年第 3 期"))


@pytest.mark.parametrize(("suffix", "write"), [(".docx", word), (".html", page), (".pdf", sheets), (".ofd", sheets)])
@pytest.mark.parametrize("title", TITLES)
def test_a_real_document_comes_back_paragraph_by_paragraph(
    tmp_path: Path, title: str, suffix: str, write: Callable[[Path, str, list[str]], None]
) -> None:
    source = POLICIES / f"{title}.md"
    if not source.exists():
        pytest.skip("the official texts are not at hand")
    lines = [line.strip().lstrip("# ") for line in source.read_text(encoding="utf-8").splitlines() if line.strip()]
    file = tmp_path / f"{title}{suffix}"
    write(file, title, lines[1:])
    read = [re.sub(r"\s", "", block.text) for block in extract(file).blocks]
    assert read == [re.sub(r"\s", "", line) for line in (title, *lines[1:])]


@dataclass
class Tally:
    """What came back of some documents: counts of clauses and characters."""

    documents: int = 0
    clauses: int = 0
    identical: int = 0
    figures: int = 0  # clauses whose numbers are all as printed
    found: int = 0  # clauses under their own number
    characters: int = 0
    right: int = 0

    def add(self, wanted: Iterable[Clause], read: Iterable[Clause]) -> None:
        """Compare a document with what was read of it, clause by clause, white space apart."""
        back = {clause.id: bare(clause.text) for clause in read}
        self.documents += 1
        for clause in wanted:
            text, got = bare(clause.text), back.get(clause.id, "")
            blocks = difflib.SequenceMatcher(None, got, text, autojunk=False).get_matching_blocks()
            self.clauses += 1
            self.identical += got == text
            self.figures += _FIGURE.findall(got) == _FIGURE.findall(text)
            self.found += clause.id in back
            self.characters += len(text)
            self.right += len(text) if got == text else sum(block.size for block in blocks)


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def beginning(lines: list[str], characters: int) -> Iterator[str]:
    """The first lines of a text, so many characters."""
    for line in lines:
        yield line
        characters -= len(line)
        if characters < 0:
            break


def sources(count: int) -> list[tuple[str, list[str], tuple[Clause, ...]]]:
    """Title, paragraphs and clauses of the shortest official texts, or of all of them."""
    files = sorted(POLICIES.glob("*.*"), key=lambda file: file.stat().st_size)
    if not files:
        pytest.skip("the official texts are not at hand")
    made = []
    for file in files if WHOLE else files[:count]:
        read = read_document(file, POLICIES)
        title = "" if read.clauses[0].id == "notice" else read.version.title
        lines = [line for line in read.text.split("\n") if bare(line) != bare(title)]
        made.append((title, lines, read.clauses))
    return made


@pytest.mark.slow
@pytest.mark.parametrize(("suffix", "write"), [(".docx", word), (".html", page), (".pdf", sheets), (".ofd", sheets)])
def test_real_documents_come_back_clause_by_clause(
    tmp_path: Path, suffix: str, write: Callable[[Path, str, list[str]], None]
) -> None:
    tally = Tally()
    for number, (title, lines, clauses) in enumerate(sources(4)):
        file = tmp_path / f"{number}{suffix}"
        write(file, title, lines)
        tally.add(clauses, read_document(file, tmp_path).clauses)
    print(suffix, tally)
    assert tally.identical >= 0.995 * tally.clauses
    assert tally.figures >= 0.995 * tally.clauses


@pytest.mark.slow
def test_scanned_documents_come_back_nearly_letter_by_letter(tmp_path: Path) -> None:
    tally = Tally()
    for number, (title, lines, clauses) in enumerate(sources(1)):
        file = tmp_path / f"{number}.pdf"
        begun = list(beginning(lines, SCANNED))
        turned = (0.8, -0.6, 0.4, -1.0)[number % 4]
        write_pdf(file, scanned(typeset(begun, title=title), dpi=150, turned=turned))
        whole = {bare(line) for line in begun}
        kept = [clause for clause in clauses if {bare(line) for line in clause.text.split("\n")} <= whole]
        tally.add(kept, read_document(file, tmp_path).clauses)
        print("scanned", number, title, tally, flush=True)
    assert tally.right >= 0.97 * tally.characters
    assert tally.found >= 0.98 * tally.clauses
