"""What people say, and what the texts say."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.documents.glossary import Glossary

FILE = """\
terms:
  - term: 高新技术企业
    says: [高企, HNTE]
    typos: [高薪技术企业]
  - term: 高新技术成果转化项目
    says: [高转]
  - term: 知识产权
    says: [IP]
ambiguous:
  - word: 小巨人
    unless: [科技小巨人, 专精特新]
    ask: 您问的是哪一种“小巨人”？
    options:
      - label: 科技小巨人
        query: 科技小巨人企业
"""


@pytest.fixture
def glossary(tmp_path: Path) -> Glossary:
    file = tmp_path / "glossary.yaml"
    file.write_text(FILE, encoding="utf-8")
    return Glossary.load(file)


@pytest.mark.parametrize(
    ("said", "terms"),
    [
        ("高企有效期几年", ("高新技术企业",)),
        ("我们是hnte吗", ("高新技术企业",)),
        ("高新技术企业怎么认定", ("高新技术企业",)),
        ("高转和高企一起报", ("高新技术成果转化项目", "高新技术企业")),
        ("我们公司IP多", ("知识产权",)),
        ("shipping", ()),
        ("", ()),
    ],
)
def test_terms_are_found_in_whatever_words(glossary: Glossary, said: str, terms: tuple[str, ...]) -> None:
    assert glossary.terms_in(said) == terms


def test_a_question_is_expanded_by_the_formal_terms_that_it_lacks(glossary: Glossary) -> None:
    assert glossary.expand("高企几年") == "高企几年 高新技术企业"
    assert glossary.expand("高新技术企业几年") == "高新技术企业几年"
    assert glossary.expand("天气") == "天气"


def test_typing_errors_are_mended(glossary: Glossary) -> None:
    assert glossary.correct("高薪技术企业认定") == "高新技术企业认定"


def test_an_ambiguous_word_asks_back_unless_it_is_settled(glossary: Glossary) -> None:
    case = glossary.ambiguity("小巨人给多少钱")
    assert case is not None
    assert case.ask == "您问的是哪一种“小巨人”？"
    assert glossary.ambiguity("科技小巨人给多少钱") is None
    assert glossary.ambiguity("高企给多少钱") is None


def test_without_a_file_nothing_is_known(tmp_path: Path) -> None:
    empty = Glossary.load(tmp_path / "none.yaml")
    assert empty.expand("高企几年") == "高企几年"


def test_the_shipped_glossary_leads_no_word_to_two_terms(root: Path) -> None:
    glossary = Glossary.load(root / "knowledge" / "glossary.yaml")
    seen: dict[str, str] = {}
    twice = []
    for term in glossary.file.terms:
        for word in (*term.says, *term.typos):
            if seen.setdefault(word.lower(), term.term) != term.term:
                twice.append(f"{word}: {seen[word.lower()]}、{term.term}")
    assert not twice
