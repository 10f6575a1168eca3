"""Who to ask about what."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.documents.offices import Offices

FILE = """\
default: hotline
offices:
  - id: kewei
    name: 区科委
    handles: [创新券, 高企]
    phone: "12345"
  - id: jingwei
    name: 区经委
    handles: [专精特新, 中小企业]
  - id: hotline
    name: 市民服务热线
    phone: "12345"
"""


@pytest.fixture
def offices(tmp_path: Path) -> Offices:
    file = tmp_path / "offices.yaml"
    file.write_text(FILE, encoding="utf-8")
    return Offices.load(file)


@pytest.mark.parametrize(
    ("topics", "office"),
    [
        (("创新券",), "kewei"),
        (("专精特新", "中小企业", "高企"), "jingwei"),
        (("天文",), "hotline"),
        ((), "hotline"),
    ],
)
def test_the_office_that_handles_most_of_it_is_named(offices: Offices, topics: tuple[str, ...], office: str) -> None:
    found = offices.for_topics(topics)
    assert found is not None
    assert found.id == office


def test_without_a_file_there_is_nobody_to_name(tmp_path: Path) -> None:
    assert Offices.load(tmp_path / "none.yaml").for_topics(("创新券",)) is None


def test_every_office_asked_for_in_the_shipped_policies_exists(root: Path) -> None:
    from assistant.documents.library import read_library

    offices = Offices.load(root / "knowledge" / "offices.yaml")
    documents = read_library(root / "knowledge").documents
    asked = {clause.office for document in documents for clause in document.clauses if clause.office}
    assert asked
    assert {ident for ident in asked if offices.get(ident) is None} == set()
    assert offices.default() is not None
