"""A file says in its metadata that its text was generated."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

from assistant.aigc import PRODUCER, html_meta, mark_office, metadata


def word_file(folder: Path) -> Path:
    from docx import Document

    docx = Document()
    docx.add_paragraph("正文")
    file = folder / "file.docx"
    docx.save(str(file))
    return file


def custom_properties(file: Path) -> dict[str, str]:
    with zipfile.ZipFile(file) as package:
        root = ElementTree.fromstring(package.read("docProps/custom.xml"))
    return {one.attrib["name"]: one[0].text or "" for one in root}


def test_the_label_names_kind_producer_and_number() -> None:
    label = json.loads(metadata("正文"))
    assert label["Label"] == "1"
    assert label["ContentProducer"] == label["ContentPropagator"] == PRODUCER
    assert len(label["ProduceID"]) == 32
    assert set(label) >= {"ReservedCode1", "PropagateID", "ReservedCode2"}


def test_equal_contents_have_equal_numbers_and_others_have_not() -> None:
    assert metadata("甲") == metadata("甲") != metadata("乙")


def test_a_word_file_carries_the_label_and_still_opens(tmp_path: Path) -> None:
    from docx import Document

    file = word_file(tmp_path)
    label = metadata("正文<&>")
    mark_office(file, label)
    assert custom_properties(file) == {"AIGC": label}
    assert Document(str(file)).paragraphs[0].text == "正文"
    with zipfile.ZipFile(file) as package:
        assert package.read("[Content_Types].xml").count(b"/docProps/custom.xml") == 1
        assert package.read("_rels/.rels").count(b"custom-properties") == 1


def test_a_file_is_not_marked_twice(tmp_path: Path) -> None:
    file = word_file(tmp_path)
    mark_office(file, metadata("正文"))
    with pytest.raises(ValueError, match="already"):
        mark_office(file, metadata("正文"))


def test_the_element_for_a_page_is_escaped() -> None:
    element = ElementTree.fromstring(html_meta(metadata("正文")).replace(">", "/>"))
    assert json.loads(element.attrib["content"])["Label"] == "1"
