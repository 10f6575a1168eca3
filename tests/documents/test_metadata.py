"""What a document says about itself, and where."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.documents.clauses import split
from assistant.documents.lines import read_lines
from assistant.documents.metadata import Facts, read_facts
from assistant.documents.model import Level
from assistant.documents.validity import Validity, first_date, read_validity

ISSUED = date(2026, 3, 20)


def validity(text: str, issued: date | None = ISSUED, title: str = "本办法") -> Validity:
    return read_validity(read_lines(text, markdown=False), title, issued)


def facts(text: str, title: str = "某办法", **details: str) -> Facts:
    return read_facts(title, split(read_lines(text, markdown=True), title=title).zones, tuple(details.items()))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026年3月20日", date(2026, 3, 20)),
        ("二〇二六年三月二十日", date(2026, 3, 20)),
        ("二○二六年十二月三十一日", date(2026, 12, 31)),
        ("2026-03-20", date(2026, 3, 20)),
        ("2026 年 3 月 20 日", date(2026, 3, 20)),
        ("2026年2月30日", None),
        ("今年三月", None),
    ],
)
def test_dates_are_read_in_every_form(text: str, day: date | None) -> None:
    assert first_date(text) == day


@pytest.mark.parametrize(
    ("sentence", "effective"),
    [
        ("本办法自2026年5月1日起施行。", date(2026, 5, 1)),
        ("本通知自二〇二六年五月一日起实施。", date(2026, 5, 1)),
        ("本办法自印发之日起施行。", ISSUED),
        ("本规定自公布之日起三十日后施行。", date(2026, 4, 19)),
        ("本规定自公布之日起30日后施行。", date(2026, 4, 19)),
    ],
)
def test_the_first_day_is_read(sentence: str, effective: date) -> None:
    found = validity(f"第一条 甲。\n第二条 {sentence}")
    assert (found.effective, found.stated) == (effective, True)


def test_its_own_first_day_counts_not_that_of_another() -> None:
    found = validity("本办法自2026年5月1日起施行。\n《另一办法》自2020年1月1日起施行。")
    assert found.effective == date(2026, 5, 1)


def test_a_text_that_says_nothing_is_told_so() -> None:
    found = validity("第一条 甲。")
    assert (found.effective, found.stated) == (ISSUED, False)
    assert found.readings[0].confirm


def test_a_day_counted_from_the_issue_is_to_be_confirmed_and_a_written_one_is_not() -> None:
    assert validity("本办法自印发之日起施行。").readings[0].confirm
    assert not validity("本办法自2026年5月1日起施行。").readings[0].confirm


@pytest.mark.parametrize(
    ("sentence", "last"),
    [
        ("本办法自2026年1月1日起施行，有效期至2030年12月31日。", date(2030, 12, 31)),
        ("本办法自2026年1月1日起施行，有效期5年。", date(2030, 12, 31)),
        ("本办法自2026年1月1日起施行，有效期为五年。", date(2030, 12, 31)),
        ("本办法自2026年1月1日起试行，试行期两年。", date(2027, 12, 31)),
        ("本政策自2026年1月1日起执行，执行期限至2027年12月31日。", date(2027, 12, 31)),
        ("本办法自2024年2月29日起施行，有效期1年。", date(2025, 2, 28)),
    ],
)
def test_the_last_day_is_read(sentence: str, last: date) -> None:
    assert validity(sentence).expires == last


def test_the_validity_of_a_certificate_is_not_that_of_the_document() -> None:
    assert validity("第一条 证书有效期三年。\n第二条 本办法自2026年1月1日起施行。").expires is None


def test_the_version_before_of_the_same_title_is_known_by_its_number() -> None:
    text = "本办法自2026年1月1日起施行。原《甲办法》（松测规〔2020〕1号）同时废止。"
    assert [(r.title, r.number) for r in validity(text, title="甲办法").repeals] == [("甲办法", "松测规〔2020〕1号")]


def test_what_it_repeals_is_read_with_its_number() -> None:
    text = "本办法自2026年1月1日起施行。原《甲办法》（松测规〔2020〕1号）和《乙办法》同时废止。"
    assert [(r.title, r.number) for r in validity(text).repeals] == [("甲办法", "松测规〔2020〕1号"), ("乙办法", None)]


@pytest.mark.parametrize(
    "text",
    [
        "《甲办法》第三条同时废止。",
        "根据《甲办法》，制定本办法。",
        "《本办法》同时废止。",
        "规定废止的《甲办法》另行公布。",
    ],
)
def test_a_part_of_another_or_a_mere_mention_is_not_repealed(text: str) -> None:
    assert validity(text).repeals == ()


NOTICE = """\
松测规〔2026〕3号
关于印发《松江区测试办法》的通知
各单位：
现印发给你们。《甲办法》（松测规〔2020〕1号）不再执行。
松江区测试局
2026年3月20日
松江区测试办法
第一条 甲。
第二条 本办法自2026年5月1日起施行。
"""


def test_number_issuer_and_day_are_read_from_the_notice_with_their_lines() -> None:
    found = facts(NOTICE, "松江区测试办法")
    assert (found.number, found.issuers, found.issued) == ("松测规〔2026〕3号", ("松江区测试局",), ISSUED)
    assert (found.level, found.region) == (Level.DISTRICT, "松江区")
    lines = {reading.name: reading.line for reading in found.readings}
    assert (lines["number"], lines["issuers"], lines["issued"], lines["effective"]) == (1, 5, 6, 9)


def test_a_list_of_annexes_above_the_signature_does_not_hide_it() -> None:
    listed = NOTICE.replace("松江区测试局\n", "附件：松江区测试办法\n松江区测试局 松江区样例局\n")
    assert facts(listed, "松江区测试办法").issuers == ("松江区测试局", "松江区样例局")


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("国家税务总局公告2025年第99号", "国家税务总局公告2025年第99号"),
        ("财政部 税务总局 科技部公告2025年第98号", "财政部税务总局科技部公告2025年第98号"),
        ("公告2025年第97号", "公告2025年第97号"),
    ],
)
def test_the_number_of_an_announcement_names_who_made_it(line: str, number: str) -> None:
    assert facts(f"{line}\n第一条 甲。").number == number


def test_who_signed_counts_more_than_who_put_it_on_the_site() -> None:
    assert facts(NOTICE, "松江区测试办法", 发布机构="区府办").issuers == ("松江区测试局",)
    assert facts(NOTICE, "松江区测试办法", 发文机关="松江区样例局").issuers == ("松江区样例局",)


def test_the_number_of_the_law_that_it_rests_on_is_not_its_own() -> None:
    assert facts("根据《甲法》（国测发〔2016〕32号）制定。\n第一条 甲。").number is None


def test_a_revision_of_the_whole_has_the_number_that_counts() -> None:
    head = "2020年7月5日 国务院令第728号公布\n2025年3月17日 国务院令第802号修订\n"
    assert facts(f"{head}第一条 甲。").number == "国务院令第802号"
    amended = head.replace("国务院令第802号修订", "根据国务院令第802号《关于修改甲的决定》修订")
    assert facts(f"{amended}第一条 甲。").number == "国务院令第728号"


def test_the_page_around_the_text_is_believed() -> None:
    found = facts("第一条 甲。", 发文字号="沪测规〔2026〕9号", 发布日期="2026-03-20", 发布机构="上海市测试局")
    assert (found.number, found.issuers, found.issued) == ("沪测规〔2026〕9号", ("上海市测试局",), ISSUED)
    assert (found.level, found.region) == (Level.MUNICIPAL, "上海市")


@pytest.mark.parametrize(
    ("title", "level", "region"),
    [
        ("松江区测试办法", Level.DISTRICT, "松江区"),
        ("上海市测试办法", Level.MUNICIPAL, "上海市"),
        ("洞泾镇测试办法", Level.TOWN, "洞泾镇"),
        ("国务院关于测试的意见", Level.NATIONAL, "全国"),
        ("某公司测试办法", Level.UNKNOWN, None),
    ],
)
def test_level_and_region_are_read_from_the_title(title: str, level: Level, region: str | None) -> None:
    found = facts("第一条 甲。", title)
    assert (found.level, found.region) == (level, region)


def test_what_was_not_found_is_to_be_confirmed() -> None:
    unsure = {reading.name for reading in facts("第一条 甲。").readings if reading.confirm}
    assert unsure == {"number", "issuers", "issued", "level", "effective"}
