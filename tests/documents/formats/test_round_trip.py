"""Real documents, set in each format by the tests' own tools and read back."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from assistant.documents.formats import extract
from tests.documents.formats.typeset import typeset, write_ofd, write_pdf

POLICIES = Path(__file__).resolve().parents[4] / "shared" / "policies"
TITLES = ["上海市促进大型科学仪器设施共享规定", "中华人民共和国科学技术进步法", "上海市技术市场条例"]


def word(path: Path, title: str, paragraphs: list[str]) -> None:
    document = docx.Document()
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
