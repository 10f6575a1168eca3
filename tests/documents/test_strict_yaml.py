"""YAML is read strictly: every fault names the file, the line and the remedy."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path

import pytest

from assistant.documents.strict_yaml import Schema, read, read_file
from assistant.errors import DocumentError

FILE = Path("library/offices.yaml")


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class Item(Schema):
    name: str
    colour: Colour | None = None


class Sheet(Schema):
    title: str
    since: date | None = None
    words: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()


def fault(text: str, first_line: int = 1) -> DocumentError:
    with pytest.raises(DocumentError) as raised:
        read(text, Sheet, FILE, first_line)
    return raised.value


def test_what_is_right_is_read() -> None:
    sheet = read("title: 一\nsince: 2026-01-31\nwords: [甲, 乙]\nitems:\n  - name: 丙\n    colour: red\n", Sheet, FILE)
    assert sheet == Sheet(
        title="一", since=date(2026, 1, 31), words=("甲", "乙"), items=(Item(name="丙", colour=Colour.RED),)
    )


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("title: 一\nsinse: 2026-01-01\n", 2, "不认识的键；可用的键：title、since、words、items"),
        ("title: 一\nwords: []\ntitle: 二\n", 3, "键“title”重复"),
        ("title: 一\nitems:\n  - name: 甲\n    name: 乙\n", 4, "键“name”重复"),
        ("title: 一\n\nsince: 2026-02-30\n", 3, "日期不存在"),
        ("title: 一\nsince: 2026年1月\n", 2, "日期应写成 2026-01-31 的形式"),
        ("title: 一\nsince: 2026-01-01 10:00:00\n", 2, "不带时间"),
        ("title: 一\nwords: 甲\n", 2, "words：应为列表"),
        ("title: 一\nwords:\n  - 甲\n  - 3\n", 4, "words.1：应为文字"),
        ("title: [一]\n", 1, "title：应为文字"),
        ("words: []\n", 1, "title：缺少必填的键"),
        ("title: 一\nitems:\n  - name: 甲\n  - colour: red\n", 4, "items.1.name：缺少必填的键"),
        ("title: 一\nitems:\n  - name: 甲\n    colour: green\n", 4, "取值不在允许范围内：'red' or 'blue'"),
        ("title: 一\nitems: [甲]\n", 2, "items.0：应为“键: 值”的写法"),
        ("- 一\n", 1, "应为“键: 值”的写法"),
        ("title: “一”: 二\n", 1, "YAML 写法有误"),
        ("title: 一\n  since: 2026-01-01\n", 2, "YAML 写法有误"),
        ("title: {{一}}\n", 1, "键应为文字"),
        ("title: 一\nwords: [\x07]\n", 2, "控制字符"),
        ("title: 一\nsince: !!python/name:os.system\n", 2, "YAML 写法不能用在这里"),
    ],
)
def test_a_fault_names_file_line_and_remedy(text: str, line: int, message: str) -> None:
    error = fault(text)
    assert (error.file, error.line) == (FILE, line)
    assert message in error.message
    assert str(error).startswith(f"{FILE}:{line}: ")


def test_lines_are_counted_from_where_the_text_stands_in_the_file() -> None:
    assert fault("title: 一\nsinse: x\n", first_line=2).line == 3


@pytest.mark.parametrize(
    "text",
    [
        "words: &a [*a]\n",
        "a0: &a0 [x]\n" + "".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 30)),
        "[" * 5000,
    ],
    ids=["round in a circle", "a thousand million times itself", "too deep"],
)
def test_hostile_yaml_is_refused_at_once(text: str) -> None:
    assert fault(text).file == FILE


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "offices.yaml"
    file.write_bytes("title: 松江".encode("gb18030"))
    with pytest.raises(DocumentError, match="请另存为 UTF-8"):
        read_file(file, Sheet)
