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
        ("本规定自公布之日起满30日施行。", date(2026, 4, 19)),
        ("本规定自公布之日起一个月后施行。", date(2026, 4, 20)),
        ("本规定自2026年5月1日零时起施行。", date(2026, 5, 1)),
        ("本政策有效期自2026年5月1日至2027年12月31日。", date(2026, 5, 1)),
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
        ("本办法自2026年1月1日起施行，至2028年12月31日止。", date(2028, 12, 31)),
        ("本办法自2026年1月1日起施行，2028年12月31日废止。", date(2028, 12, 31)),
        ("本办法自2026年1月1日起施行，自2029年1月1日起失效。", date(2028, 12, 31)),
        ("本政策自2026年1月1日至2028年12月31日有效。", date(2028, 12, 31)),
        ("本意见执行期限为2026年1月1日至2028年12月31日。", date(2028, 12, 31)),
    ],
)
def test_the_last_day_is_read(sentence: str, last: date) -> None:
    assert validity(sentence).expires == last


@pytest.mark.parametrize(
    "text",
    ["证书有效期三年。", "依照本办法取得的许可证，有效期三年。", "执行期限：2026年10月1日至2029年9月30日。"],
)
def test_the_validity_of_a_certificate_or_a_project_is_not_that_of_the_document(text: str) -> None:
    found = validity(f"第一条 {text}\n第二条 本办法自2026年1月1日起施行。")
    assert (found.effective, found.expires) == (date(2026, 1, 1), None)


@pytest.mark.parametrize(
    "text",
    [
        "现决定废止《甲办法》（松测规〔2020〕1号）、《乙办法》。",
        "决定对下列文件予以废止：《甲办法》（松测规〔2020〕1号）、《乙办法》。",
        "原《甲办法》（松测规〔2020〕1号，以下简称原办法）和《乙办法》自即日起不再执行。",
        "下列文件予以废止：\n1.《甲办法》（松测规〔2020〕1号）\n2.《乙办法》\n请遵照执行。\n《丙办法》另行修改。",
    ],
)
def test_what_is_repealed_is_read_in_every_form(text: str) -> None:
    assert [str(repeal) for repeal in validity(text).repeals] == ["《甲办法》（松测规〔2020〕1号）", "《乙办法》"]


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
        "依照《甲办法》规定的程序，宣告该票据失效。",
        "按照《甲办法》取得的证书同时废止。",
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


def test_a_table_at_the_head_says_nothing_by_its_days_and_numbers() -> None:
    found = facts("| 办理时间 | 2026年9月1日 |\n| 设定依据 | 松测规〔2020〕1号 |\n一、甲事要办。\n二、乙事要办。")
    assert (found.number, found.issued, found.validity.effective) == (None, None, None)


def test_the_first_and_the_last_day_that_a_page_states_count_where_the_text_is_silent() -> None:
    found = facts("第一条 甲。", 施行日期="2026-05-01", 失效日期="2028-04-30").validity
    assert (found.effective, found.expires, found.stated) == (date(2026, 5, 1), date(2028, 4, 30), True)
    assert {reading.name for reading in found.readings if reading.confirm} == {"effective", "expires"}
    own = facts("第一条 本办法自2026年6月1日起施行，有效期2年。", 施行日期="2026-05-01", 失效日期="2030-01-01").validity
    assert (own.effective, own.expires) == (date(2026, 6, 1), date(2028, 5, 31))


@pytest.mark.parametrize(
    "head",
    [
        "| 松江区测试局 | 文件 |\n| 松江区样例局 | 文件 |",
        "松江区测试局\n松江区样例局文件",
        "（2026年2月6日松江区测试局、松江区样例局发布）",
    ],
)
def test_several_offices_are_read_from_a_letterhead_or_from_below_the_title(head: str) -> None:
    assert facts(f"{head}\n第一条 甲。").issuers == ("松江区测试局", "松江区样例局")


def test_a_list_of_annexes_below_the_signature_does_not_hide_it() -> None:
    text = "一、甲事要办。\n二、乙事要办。\n松江区测试局\n2026年3月20日\n附件：1.申请表.docx\n2.汇总表.xlsx"
    assert (facts(text).issuers, facts(text).issued) == (("松江区测试局",), ISSUED)
    assert split(read_lines(text, markdown=False)).clauses[-1].text == "二、乙事要办。"


@pytest.mark.parametrize(
    ("head", "number"),
    [
        ("松测规[2026]3号", "松测规〔2026〕3号"),
        ("松测规〔２０２６〕１２号", "松测规〔2026〕12号"),
        ("（2026年1月15日区政府第120次常务会议通过 2026年2月1日沪松府规〔2026〕2号公布）", "沪松府规〔2026〕2号"),
        ("（2012年12月19日中华人民共和国公安部令第１２５号公布）", "公安部令第125号"),
    ],
)
def test_a_number_is_read_as_the_standard_has_it(head: str, number: str) -> None:
    assert facts(f"{head}\n第一条 甲。").number == number
