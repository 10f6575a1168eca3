"""Facts out of messages, on the shipped catalogue."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from assistant.rules.rulebook import Rulebook, load_rulebook
from assistant.rules.understand.lexicon import lexicon
from assistant.rules.understand.model import Profile, Reading
from assistant.rules.understand.needs import facts_of
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
