"""Facts out of messages, on the shipped catalogue."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from assistant.rules.rulebook import Rulebook, load_rulebook
from assistant.rules.understand.lexicon import lexicon
from assistant.rules.understand.model import Profile, Reading, Said
from assistant.rules.understand.needs import facts_of
from assistant.rules.understand.proposals import settle
from assistant.rules.understand.read import read_facts
from assistant.rules.values import Value

TODAY = date(2026, 11, 23)
WAN = Fraction(10**4)


@pytest.fixture(scope="module")
def rulebook(root: Path) -> Rulebook:
    return load_rulebook(root / "knowledge" / "rules")


def read(rulebook: Rulebook, text: str, programme: str = "hnte", earlier: Profile | None = None) -> Reading:
    wanted = facts_of(rulebook.programmes[programme], rulebook)
    return read_facts(text, rulebook.facts, TODAY, earlier, wanted=wanted)


def values(reading: Reading) -> dict[str, Value]:
    return {said.fact: said.values[0] for said in reading.known() if said.exact}


def test_three_years_are_told_in_the_order_of_time(rulebook: Rulebook) -> None:
    told = values(read(rulebook, "近三年研发费分别是200万、240万、300万"))
    assert told == {"rd_expense_before": 200 * WAN, "rd_expense_prev": 240 * WAN, "rd_expense_latest": 300 * WAN}


def test_years_by_number_are_counted_back_from_the_day(rulebook: Rulebook) -> None:
    told = values(read(rulebook, "2024年收入800万，2025年收入1500万"))
    assert (told["revenue_prev"], told["revenue_latest"]) == (800 * WAN, 1500 * WAN)


def test_a_sum_lasts_through_its_sentence(rulebook: Rulebook) -> None:
    told = values(read(rulebook, "近三年收入合计1亿、研发费合计700万；去年总收入4000万"))
    assert (told["revenue_3y"], told["rd_expense_3y"]) == (10000 * WAN, 700 * WAN)
    assert told["total_income_latest"] == 4000 * WAN


def test_a_head_count_is_bound_to_the_nearest_words(rulebook: Rulebook) -> None:
    told = values(read(rulebook, "60人里8个搞研发"))
    assert (told["staff_total"], told["rd_staff"]) == (60, 8)


@pytest.mark.parametrize("text", ["2项发明专利还在实审", "有1项发明专利的独占许可", "3项发明专利都在老板个人名下"])
def test_rights_that_are_not_granted_to_the_company_count_for_nothing(rulebook: Rulebook, text: str) -> None:
    assert values(read(rulebook, text))["patents_invention"] == 0


def test_trade_marks_are_no_fact(rulebook: Rulebook) -> None:
    assert not read(rulebook, "我们有5个商标").told


def test_a_share_abroad_tells_the_share_at_home(rulebook: Rulebook) -> None:
    assert values(read(rulebook, "研发费里有42%是委托美国公司做的"))["rd_domestic_ratio"] == Fraction("0.58")


def test_the_programme_settles_what_a_word_means(rulebook: Rulebook) -> None:
    assert "rd_expense_latest" in values(read(rulebook, "研发费200万"))
    assert "deduct_five_costs" in values(read(rulebook, "研发费200万", "rd-deduction"))


def test_a_goal_is_no_fact(rulebook: Rulebook) -> None:
    assert not read(rulebook, "要达到5%研发费还差多少？").told


def test_a_figure_without_words_is_asked_about(rulebook: Rulebook) -> None:
    reading = read(rulebook, "大概就是4800万吧")
    assert not reading.told
    assert "4800万" in reading.doubts[0]


def test_an_amount_without_a_unit_is_asked_about(rulebook: Rulebook) -> None:
    reading = read(rulebook, "去年收入5000")
    assert not reading.told
    assert "单位" in reading.doubts[0]


def test_two_values_in_one_message_are_asked_about_and_not_kept(rulebook: Rulebook) -> None:
    reading = read(rulebook, "职工80人，哦员工总数是95人")
    assert "staff_total" not in values(reading)
    assert "以哪个为准" in reading.doubts[0]


def test_a_correction_in_the_message_holds(rulebook: Rulebook) -> None:
    assert values(read(rulebook, "职工80人，不对，员工总数是95人"))["staff_total"] == 95


def test_a_later_word_replaces_an_earlier_one(rulebook: Rulebook) -> None:
    first = read(rulebook, "职工100人，研发人员8人")
    second = read(rulebook, "研发人员是12人", earlier=Profile(facts=first.facts))
    assert values(second) == {"staff_total": 100, "rd_staff": 12}
    assert [(old.values[0], new.values[0]) for old, new in second.changed] == [(8, 12)]


def test_a_supposition_is_laid_over_the_facts_and_does_not_change_them(rulebook: Rulebook) -> None:
    first = read(rulebook, "三年研发480万，三年收入1亿")
    second = read(rulebook, "如果研发费再加50万呢？", earlier=Profile(facts=first.facts))
    assert values(second)["rd_expense_3y"] == 530 * WAN
    assert {said.fact: said.values[0] for said in second.facts}["rd_expense_3y"] == 480 * WAN


def test_next_year_moves_the_day(rulebook: Rulebook) -> None:
    assert read(rulebook, "那明年呢？").day == date(2027, 11, 23)


def test_a_bare_answer_goes_to_what_was_asked(rulebook: Rulebook) -> None:
    earlier = Profile(asked=("ip_supports_product",))
    assert values(read(rulebook, "是的", earlier=earlier)) == {"ip_supports_product": True}


def test_not_knowing_is_an_answer(rulebook: Rulebook) -> None:
    assert read(rulebook, "不清楚", earlier=Profile(asked=("staff_total",))).unclear == ("staff_total",)


@pytest.mark.parametrize(
    ("text", "recent", "two_years"),
    [
        ("今年8月发生过重大安全事故", True, True),
        ("2025年3月发生过重大安全事故", False, True),
        ("近一年没有安全事故", False, None),
        ("去年环保罚了2万", None, None),
    ],
)
def test_an_accident_counts_by_its_gravity_and_its_day(
    rulebook: Rulebook, text: str, recent: bool | None, two_years: bool | None
) -> None:
    told = values(read(rulebook, text))
    assert (told.get("serious_incident_1y"), told.get("serious_incident_2y")) == (recent, two_years)


def test_every_fact_of_the_lexicon_is_in_the_catalogue(rulebook: Rulebook) -> None:
    words = lexicon()
    members = [name for family in words.families.values() for name in family.values()]
    named = [to for label in words.labels for to in label.to if to not in words.families]
    claimed = [claim.fact for claim in words.claims] + [name for zero in words.zeros for name in zero.facts]
    assert {name for name in (*members, *named, *claimed) if name not in rulebook.facts} == set()


def test_every_option_of_a_claim_is_an_option_of_its_fact(rulebook: Rulebook) -> None:
    for claim in lexicon().claims:
        for option in (*claim.any, *claim.choices, *([claim.value] if isinstance(claim.value, str) else [])):
            assert rulebook.facts[claim.fact].option(option), (claim.fact, option)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("员工70 研发7", {"staff_total": 70, "rd_staff": 7}),
        ("员工63人其中搞研发的7个", {"staff_total": 63, "rd_staff": 7}),
        ("员工30人里头研发12个", {"staff_total": 30, "rd_staff": 12}),
        ("68人，其中研发24人", {"staff_total": 68, "rd_staff": 24}),
        ("人数：全年月均100.5人，研发月均10人", {"staff_total": Fraction(201, 2), "rd_staff": 10}),
    ],
)
def test_people_are_told_apart_without_a_word_for_each(rulebook: Rulebook, text: str, told: dict[str, int]) -> None:
    assert values(read(rulebook, text)) == told


def test_people_counted_alone_are_the_staff_and_that_is_said(rulebook: Rulebook) -> None:
    (said,) = read(rulebook, "501个人，科小还能评伐", "tech-sme").told
    assert said.fact == "staff_total" and said.note and "职工总数" in said.note


@pytest.mark.parametrize(
    "text",
    ["近三年营收：2800/3500/4200（万）", "近三年营收（万元）：2800/3500/4200", "近三年营收2800万、3500万、4200万"],
)
def test_a_row_of_figures_shares_its_unit(rulebook: Rulebook, text: str) -> None:
    assert values(read(rulebook, text)) == {
        "revenue_before": 2800 * WAN,
        "revenue_prev": 3500 * WAN,
        "revenue_latest": 4200 * WAN,
    }


@pytest.mark.parametrize("text", ["研发三年690万", "三年研发690万", "近三年研发费用690万"])
def test_three_years_before_or_after_the_word_are_a_sum(rulebook: Rulebook, text: str) -> None:
    assert values(read(rulebook, text)) == {"rd_expense_3y": 690 * WAN}


def test_one_yuan_too_many_is_read(rulebook: Rulebook) -> None:
    assert values(read(rulebook, "资产2亿零1块", "tech-sme")) == {"total_assets": Fraction(200_000_001)}


def test_a_short_year_is_a_year(rulebook: Rulebook) -> None:
    told = {said.fact: said.values for said in read(rulebook, "公司22年7月在九亭成立").told}
    assert told["registered_on"] == (date(2022, 7, 1), date(2022, 7, 31))
    assert told["registered_place"] == ("songjiang",)


def test_a_claim_that_denies_itself_is_denied(rulebook: Rulebook) -> None:
    told = values(read(rulebook, "在家办公没进孵化器", "innovation-voucher"))
    assert told["in_incubator"] is False


def test_a_plan_is_no_fact(rulebook: Rulebook) -> None:
    assert "in_incubator" not in values(read(rulebook, "打算进驻复旦科技园", "innovation-voucher"))


def test_a_share_of_revenue_is_one_of_research_only_where_research_is_spoken_of(rulebook: Rulebook) -> None:
    assert "rd_ratio_3y" not in values(read(rulebook, "广告业务占收入七成"))


@pytest.mark.parametrize(
    ("text", "value"), [("核定征收改查账征收了", "audited"), ("查账改成核定了", "deemed"), ("核定征收", "deemed")]
)
def test_how_tax_is_collected_is_what_it_changed_to(rulebook: Rulebook, text: str, value: str) -> None:
    assert values(read(rulebook, text, "rd-deduction"))["tax_collection"] == value


def test_income_from_a_transfer_is_no_gain_until_its_costs_are_known(rulebook: Rulebook) -> None:
    told = values(read(rulebook, "技术转让收入800万，成本150万", "tech-transfer"))
    assert told == {"transfer_revenue": 800 * WAN, "transfer_costs": 150 * WAN}


def test_a_company_that_left_the_list_is_not_on_it(rulebook: Rulebook) -> None:
    assert values(read(rulebook, "去年被列入经营异常，上个月刚移出", "tech-sme"))["listed_abnormal"] is False
    assert values(read(rulebook, "没出经营异常名录", "tech-sme"))["listed_abnormal"] is True


@pytest.mark.parametrize("word", ["对", "是的", "嗯，没错", "确认。", "都对"])
def test_a_yes_confirms_what_was_proposed(word: str) -> None:
    assert settle(word, (Said("rd_staff", (Fraction(12),), "12人"),)).confirmed


@pytest.mark.parametrize("word", ["对不对？", "是高企", "高企对研发有要求吗", "不清楚"])
def test_other_words_leave_it_open(word: str) -> None:
    proposed = (Said("rd_staff", (Fraction(12),), "12人"),)
    assert settle(word, proposed).open == proposed
