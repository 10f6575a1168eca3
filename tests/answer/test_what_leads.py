"""What the first sentence of an answer rests on, where several clauses are near: the one that decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from assistant.answer.kinds import kind_of, kinds_of

if TYPE_CHECKING:
    from assistant.answer.chain import Assistant

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("question", "said", "clause"),
    [
        # the definition of another term has a figure too
        ("高新技术产品收入要占多少", "60%", "cn-hnte-measures#art-11"),
        # its heading is what is asked about, and it tells the days
        ("科技人员一年要干满几天", "183天", "cn-hnte-guide#科技人员"),
        # a sentence that refers back (上面三项标准) is quoted with what it means
        (
            "高校老师的职务成果许可给企业，学校没有规定也没有约定，完成人最少分多少？",
            "50%",
            "cn-st-transformation-law#art-45",
        ),
        (
            "G60科创走廊策源地的若干措施，单项最高支持能到多少？",
            "5000万元",
            "sh-g60-measures#卫星制造与商业运营重点项目",
        ),
        ("关键共性技术揭榜和应用性基础研究，G60哪个封顶更高", "3000万元", "sh-g60-measures#应用性基础研究"),
        # two kinds of thing are asked for at once
        (
            "技术开发合同免增值税的政策执行到什么时候，需要先办什么手续？",
            "登记",
            "cn-vat-tech-transfer-2026-10#要先办技术合同登记",
        ),
        # the tier in which the asker's amount lies
        (
            "我们一年砸3000万做基础研究，市里补多少",
            "1000万元至5000万元的，补助200万元",
            "sh-basic-research-enterprise#按年投入给补助",
        ),
        # a later sentence of the clause is the one that answers
        ("核定征收能享受加计扣除吗", "核定征收的企业不能享受", "cn-rd-deduction-119#适用的企业"),
        # what is not known of exactly 5000万 is not asked
        ("今年基础研究只花了600万出头，够得上市里哪一档", "1000万元", "sh-basic-research-enterprise#按年投入给补助"),
        # the old rule is asked for as such
        ("我们是做创新药的，想问旧的高转办法里哪些药械产品可以不管专利年份", "新药", "sh-gaozhuan#新药和三类医疗器械"),
    ],
)
def test_the_deciding_clause_leads(question: str, said: str, clause: str, shipped: Assistant) -> None:
    answer = shipped.ask(question)
    first = answer.citations[0].found
    assert f"{first.version.policy}#{first.clause.id}" == clause
    assert said in answer.text.split("\n\n依据")[0]


@pytest.mark.parametrize(
    ("question", "clause"),
    [
        (
            "跟大学共有一个发明专利，我们和对方办的公司都想拿它报高企，两家能都用吗",
            "cn-hnte-guide#多个权属人的知识产权",
        ),
        ("我司就5个人，没专利，今年头一回报科小，会有人来现场看吗", "cn-tech-sme-2026#要实地核查的情形"),
        ("在松江设了只股权投资基金，实缴6个亿，按区里金融支持措施能拿多少", "sj-finance-support#股权投资基金"),
    ],
)
def test_what_the_rules_do_not_model_is_answered_by_the_clause(question: str, clause: str, shipped: Assistant) -> None:
    answer = shipped.ask(question)
    first = answer.citations[0].found
    assert not answer.verdicts and f"{first.version.policy}#{first.clause.id}" == clause


def test_of_alternatives_the_one_that_is_met_leads(shipped: Assistant) -> None:
    answer = shipped.ask("餐饮收入正好占一半，还能加计扣除吗")
    assert answer.text.startswith("按您提供的情况，这一项达到") and "另一条没有达到，但有一条达到就可以" in answer.text


def test_of_alternatives_that_fail_the_nearest_leads(shipped: Assistant) -> None:
    answer = shipped.ask("我们团队在家里办公，没进孵化器也没注册公司，能申请创新券吗")
    lead = answer.text.split("\n\n")[0]
    assert "入驻" in lead and "独立法人资格" not in lead


def test_an_amount_at_the_border_of_two_tiers_is_left_to_the_reader(shipped: Assistant) -> None:
    lead = shipped.ask("基础研究投入5000万，市里补多少").text.split("\n\n依据")[0]
    assert "补助200万元" in lead and "补助500万元" in lead


@pytest.mark.parametrize(
    ("question", "said"),
    [("职工80个，高企要几个科技人员", "至少8人"), ("去年收入6200万，高企研发占比最低多少", "要求不低于4%，")],
)
def test_what_was_told_settles_how_much_is_asked(question: str, said: str, shipped: Assistant) -> None:
    assert said in shipped.ask(question).text.split("\n\n")[0]


def test_whom_a_programme_is_for_is_answered_by_the_clause(shipped: Assistant) -> None:
    assert not shipped.ask("我是松江的小软件公司，什么样的企业能领上海创新券").verdicts


def test_the_tiers_of_a_ladder_are_judged_side_by_side(shipped: Assistant) -> None:
    answer = shipped.ask("按2024年指南，我们软件公司上年主营5000万，报上海科技小巨人算哪一档")
    assert [(v.programme, v.verdict) for v in answer.verdicts] == [
        ("上海市科技小巨人培育企业", "unknown"),
        ("上海市科技小巨人企业", "not_eligible"),
    ]


def test_everything_that_is_asked_has_its_kind() -> None:
    question = "政策执行到什么时候，需要先办什么手续？"
    assert [kind.name for kind in kinds_of(question)] == ["time", "procedure"]
    assert (kind_of(question) or kinds_of("")).name == "procedure"  # type: ignore[union-attr]
