"""Facts out of messages, on the shipped catalogue."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from assistant.rules.rulebook import Rulebook
from assistant.rules.understand.lexicon import lexicon
from assistant.rules.understand.model import Profile, Reading, Said
from assistant.rules.understand.needs import facts_of
from assistant.rules.understand.proposals import settle
from assistant.rules.understand.read import read_facts
from assistant.rules.values import Value

TODAY = date(2026, 11, 23)
WAN = Fraction(10**4)


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


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("住所松江区小昆山镇文俊路88号", "songjiang"),
        ("工厂在松江，执照是嘉定的", "shanghai_other"),
        ("公司前年从闵行迁到松江，原先注册在莘庄", "songjiang"),
        ("公司总部在南京，我们松江这边是单独注册的子公司", "songjiang"),
        ("我们是无锡公司在松江设的分公司", "songjiang"),
        ("昆山的企业", "elsewhere"),
        ("我们在松江参加过比赛", None),
        ("客户多在青浦", None),
        ("给松江的企业做检测", None),
        ("想把公司搬去松江", None),
        ("南京西路上办公", None),
        ("本公司是香港某某有限公司在松江出资设立的子公司", "songjiang"),
        ("松江的小有限公司，做仪表的", "songjiang"),
    ],
)
def test_a_company_tells_where_it_is_registered(rulebook: Rulebook, text: str, place: str | None) -> None:
    assert values(read(rulebook, text)).get("registered_place") == place


@pytest.mark.parametrize(
    ("text", "programme", "fact", "value"),
    [
        ("执照还没下来", "innovation-voucher", "legal_form", "team"),
        ("下面有三家分公司", "hnte", "legal_form", None),
        ("母公司是上市公司", "st-giant", "listed", None),
        ("产品已经上市两年", "st-giant", "listed", None),
        ("控股股东是上市公司，我们自己没有上市", "st-giant", "listed", False),
        ("给制造企业写软件的", "st-giant", "sector", "software_service"),
        ("税务核的定额征收", "rd-deduction", "tax_collection", "deemed"),
        ("我们是做吊车租赁的", "rd-deduction", "excluded_industry", "leasing_business"),
        ("租金占收入的八成", "rd-deduction", "excluded_industry_share", Fraction(4, 5)),
        ("餐饮机器人研发生产", "rd-deduction", "excluded_industry", "none"),
        ("我和另外三个合伙人", "innovation-voucher", "core_members", 4),
        ("我们不碰药也不做器械", "sj-biomed-device", "biomed_business", False),
        ("创新联合体没参加", "g60-measures", "g60_activities", None),
        ("创新联合体是什么？", "g60-measures", "g60_activities", None),
        ("不是什么限制类产品", "tech-sme", "restricted_product", False),
        ("集团2001年3月5日成立", "hnte", "registered_on", None),
        ("2021年5月6日成立了技术中心", "hnte", "registered_on", None),
        ("执照是2016-7-8发的", "hnte", "registered_on", date(2016, 7, 8)),
    ],
)
def test_a_company_tells_what_it_is(
    rulebook: Rulebook, text: str, programme: str, fact: str, value: Value | None
) -> None:
    assert values(read(rulebook, text, programme)).get(fact) == value


@pytest.mark.parametrize(
    ("text", "programme", "expected"),
    [
        (
            "2024年末净资产1350万，2025年末1600万",
            "hnte",
            {"net_assets_prev": 1350 * WAN, "net_assets_latest": 1600 * WAN},
        ),
        (
            "2024年研发占比4.7%；2025年5.3%",
            "srdi-sme",
            {"rd_ratio_prev": Fraction(47, 1000), "rd_ratio_latest": Fraction(53, 1000)},
        ),
        (
            "研发前年2500万、去年3100万，合计5600万",
            "srdi-giant",
            {"rd_expense_prev": 2500 * WAN, "rd_expense_latest": 3100 * WAN, "rd_expense_2y": 5600 * WAN},
        ),
        ("去年、前年研发各是260万、175万", "srdi-sme", {"rd_expense_latest": 260 * WAN, "rd_expense_prev": 175 * WAN}),
        ("2025年研发388万，上一年342万", "srdi-sme", {"rd_expense_latest": 388 * WAN, "rd_expense_prev": 342 * WAN}),
        ("研发费用明细账合计1,234,500", "tech-sme", {"rd_expense_latest": Fraction(1_234_500)}),
        ("研发费用：86.5万（2025年）", "srdi-sme", {"rd_expense_latest": Fraction(865_000)}),
        (
            "三年研发1500万，其中境外100万，境内1400万",
            "hnte",
            {"rd_expense_3y": 1500 * WAN, "rd_overseas_3y": 100 * WAN, "rd_domestic_3y": 1400 * WAN},
        ),
        ("研发占主营业务收入三年是6.2%", "st-giant", {"rd_main_ratio_3y": Fraction(62, 1000)}),
        (
            "研发费占收入8%，占成本费用9%",
            "tech-sme",
            {"rd_ratio_latest": Fraction(8, 100), "rd_cost_ratio_latest": Fraction(9, 100)},
        ),
        ("总资产2200万（固定资产900万）", "tech-sme", {"total_assets": 2200 * WAN}),
        ("资产负债率由60%降至48%", "srdi-sme", {"debt_ratio": Fraction(48, 100)}),
        ("天使轮融了500万，A轮融了2000万", "st-giant", {"equity_financing": 2500 * WAN}),
        ("近2年融资：无", "srdi-sme", {"equity_financing_2y": 0, "equity_financing": 0}),
        ("研发支出：人工80万+材料30万=110万", "tech-sme", {"rd_expense_latest": 110 * WAN}),
        ("母公司去年研发费2.3亿，我们自己的还没归集", "srdi-sme", {}),
        ("今年上半年研发投入260万", "tech-sme", {}),
        ("我们还没有归集过研发费用", "hnte", {}),
        ("科小要求研发费占收入6%以上才能拿满分", "tech-sme", {}),
    ],
)
def test_costs_assets_and_financing_are_read_of_their_years(
    rulebook: Rulebook, text: str, programme: str, expected: dict[str, Value]
) -> None:
    assert values(read(rulebook, text, programme)) == expected
