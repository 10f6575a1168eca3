"""Policy files of the knowledge base: what is read, and one broken sample for each rule."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.documents.digest import read_digest
from assistant.documents.model import ClauseKind, Confidence, Document, Level, Status, TextKind
from assistant.errors import DocumentError

SAMPLE = """\
---
title: 创新券管理办法
number: 松科委规〔2025〕1号
aliases: [创新券办法]
issuers: [松江区科委]
level: district
region: 松江区
kind: 规范性文件
issued: 2024-12-01
effective: 2025-01-01
expires: 2027-12-31
source: https://www.example.gov.cn/1
checked: 2026-11-23
topics: [创新券]
text: digest
unknown:
  - about: 兑付时间
    known: 没有查到
    ask: kewei
    asks: [多久到账, 几天打款]
disputed:
  - about: 年度额度
---
# 创新券管理办法（要点）

第一条 企业可以申领创新券。
<!-- asks: 谁能领券 | 我们能领吗 -->

第二条 每家企业每年不超过20万元：
（一）检测；
<!-- confidence: corroborated -->
（二）研发设计。
<!-- note: 清单以公告为准 -->
"""


def read(text: str, name: str = "2025-01-01.md") -> Document:
    file = Path("policies/sj-vouchers") / name
    return read_digest(text, file, "sj-vouchers", str(file))


def fault(text: str, name: str = "2025-01-01.md") -> DocumentError:
    with pytest.raises(DocumentError) as raised:
        read(text, name)
    return raised.value


def line_of(text: str, start: str) -> int:
    return next(i for i, row in enumerate(text.split("\n"), 1) if row.startswith(start))


def test_the_head_becomes_the_version() -> None:
    version = read(SAMPLE).version
    assert version.key == "sj-vouchers@2025-01-01"
    assert (version.title, version.number) == ("创新券管理办法", "松科委规〔2025〕1号")
    assert (version.level, version.text_kind) == (Level.DISTRICT, TextKind.DIGEST)
    assert version.expires == date(2027, 12, 31)
    assert version.status(date(2026, 11, 23)) is Status.IN_FORCE


def test_the_body_becomes_clauses_and_parts() -> None:
    first, second, *_ = read(SAMPLE).clauses
    assert (first.id, first.label, first.text) == ("art-1", "第一条", "第一条 企业可以申领创新券。")
    assert first.asks == ("谁能领券", "我们能领吗")
    assert [part.label for part in second.parts][1:] == ["（一）", "（二）"]
    assert second.parts[1].confidence is Confidence.CORROBORATED
    assert second.parts[2].note == "清单以公告为准"


def test_annotations_are_no_part_of_the_text() -> None:
    assert "<!--" not in read(SAMPLE).text
    assert not any("谁能领券" in clause.text for clause in read(SAMPLE).clauses)


def test_gaps_become_clauses_that_say_so() -> None:
    unknown, disputed = read(SAMPLE).clauses[-2:]
    assert (unknown.id, unknown.kind, unknown.office) == ("unknown-1", ClauseKind.UNKNOWN, "kewei")
    assert unknown.asks == ("多久到账", "几天打款")
    assert (disputed.id, disputed.kind, disputed.text) == ("disputed-1", ClauseKind.DISPUTED, "年度额度")


def test_windows_line_ends_and_a_byte_order_mark_change_nothing() -> None:
    assert read("\ufeff" + SAMPLE.replace("\n", "\r\n")) == read(SAMPLE)


def test_a_file_without_clauses_may_record_what_is_unknown() -> None:
    text = SAMPLE[: SAMPLE.index("第一条")]
    assert [clause.kind for clause in read(text).clauses] == [ClauseKind.UNKNOWN, ClauseKind.DISPUTED]


@pytest.mark.parametrize(
    ("right", "wrong", "starts", "message"),
    [
        ("expires: 2027-12-31", "expires: 2024-12-31", "expires", "失效日 2024-12-31 早于施行日 2025-01-01"),
        ("effective: 2025-01-01", "effective: 2025-02-01", "effective", "文件名应为 2025-02-01.md"),
        ("effective: 2025-01-01", "effective: null", "effective", "文件名应为 undated.md"),
        ("source: https://www.example.gov.cn/1", "source: null", "source", "没有出处"),
        ("level: district", "level: county", "level", "取值不在允许范围内"),
        ("checked: 2026-11-23\n", "", "title", "checked：缺少必填的键"),
        ("topics:", "topic:", "topic", "不认识的键"),
        ("<!-- asks: 谁能领券", "<!-- ask: 谁能领券", "<!-- ask:", "可用的键：asks、confidence、source、note"),
        ("<!-- asks: 谁能领券 | 我们能领吗 -->", "<!-- asks: 谁能领券", "<!-- asks", "注记写法应为单独一行"),
        ("confidence: corroborated", "confidence: sure", "<!-- confidence", "verified 或 corroborated"),
    ],
)
def test_a_broken_file_is_refused_with_its_line(right: str, wrong: str, starts: str, message: str) -> None:
    assert SAMPLE.count(right) == 1
    text = SAMPLE.replace(right, wrong)
    error = fault(text)
    assert message in error.message
    assert error.line == line_of(text, starts)


def test_an_unclosed_head_is_refused() -> None:
    assert "没有以单独一行 --- 结束" in fault("---\ntitle: 一\n第一条 二\n").message


def test_a_body_without_clauses_is_refused() -> None:
    text = SAMPLE[: SAMPLE.index("unknown:")] + "---\n# 创新券管理办法（要点）\n"
    assert "没有读到任何条款" in fault(text).message


def test_an_annotation_above_every_clause_is_pointed_out() -> None:
    text = SAMPLE.replace("第一条 企业", "<!-- asks: 太早 -->\n第一条 企业")
    (warning,) = read(text).warnings
    assert "上方没有条款" in warning.message
    assert warning.line == line_of(text, "<!-- asks: 太早")
