"""Titles in full and in short, and titles that only look alike."""

from __future__ import annotations

import pytest

from assistant.documents.model import Version
from assistant.retrieval.titles import Titles, plain_title

TITLES = Titles.of(
    [
        Version("measures", "高新技术企业认定管理办法", aliases=("高企认定管理办法",)),
        Version("measures-2008", "高新技术企业认定管理办法（2008年）"),
        Version("law", "中华人民共和国企业所得税法"),
        Version("regulation", "中华人民共和国企业所得税法实施条例（2019年修订）"),
        Version("shanghai", "上海市科学技术进步条例"),
    ]
)


@pytest.mark.parametrize(
    ("title", "versions"),
    [
        ("高新技术企业认定管理办法", (0,)),
        ("高新技術企業認定管理辦法", (0,)),
        ("高企认定管理办法", (0,)),
        ("高新技术企业认定管理办法（2008年）", (1,)),
        ("关于印发高新技术企业认定管理办法的通知", (0,)),
        ("企业所得税法", (2,)),
        ("企业所得税法（2018年修正）", (2,)),
        ("企业所得税法实施条例", (3,)),
        ("科学技术进步条例", (4,)),
        ("高新技术企业认定管理办法实施细则", ()),
        ("企业所得税", (2,)),
        ("科学技术普及法", ()),
        ("", ()),
    ],
)
def test_a_title_means_its_document_or_none(title: str, versions: tuple[int, ...]) -> None:
    assert TITLES.meant_by(title) == versions


def test_titles_are_found_without_marks_the_longest_first() -> None:
    text = "企业所得税法实施条例和 企业 所得税法，还有高企认定管理办法"
    found = [(text[start:end], versions) for start, end, versions in TITLES.inside(text)]
    assert found == [("企业所得税法实施条例", (3,)), ("企业 所得税法", (2,)), ("高企认定管理办法", (0,))]


def test_a_plain_title_leaves_out_what_people_leave_out() -> None:
    assert plain_title("《中华人民共和国专利法》（2020年修正）") == "专利法"
    assert plain_title("办法（试行）") == "办法"
