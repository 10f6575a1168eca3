"""Several programmes in one question: each answered by itself, in order, what is missing asked once for all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from assistant.answer.model import Answer, AnswerStatus
from assistant.answer.qualify_names import named_together
from assistant.rules.rulebook import Rulebook, load_rulebook

if TYPE_CHECKING:
    from pathlib import Path

    from assistant.answer.chain import Assistant

HNTE, SME, SRDI, GIANT = "高新技术企业认定", "科技型中小企业评价", "专精特新中小企业", "专精特新“小巨人”企业"
FACTS = "松江的有限公司，员工520人，研发60人，去年营收1亿，三年合计2.6亿，三年研发900万"


@pytest.fixture(scope="module")
def rulebook(root: Path) -> Rulebook:
    return load_rulebook(root / "knowledge" / "rules")


def verdicts(answer: Answer) -> dict[str, str]:
    return {verdict.programme: verdict.verdict for verdict in answer.verdicts}


def failing(answer: Answer, programme: str) -> set[str]:
    (found,) = [verdict for verdict in answer.verdicts if verdict.programme == programme]
    return {criterion.id for criterion in found.criteria if criterion.result == "fail"}


@pytest.mark.parametrize(
    ("question", "programmes"),
    [
        ("我们能申请高企和科小吗", ("hnte", "tech-sme")),
        ("高企、专精特新、小巨人哪个能报", ("hnte", "srdi-sme", "srdi-giant")),
        ("科小跟创新券我们都能拿吗", ("tech-sme", "innovation-voucher")),
        ("想报高新技术企业以及科技型中小企业，行吗", ("hnte", "tech-sme")),
        ("我们是高企，能评科小吗", ()),
        ("我们是高企和科小，能领创新券吗", ()),
        ("我们已经是高企和科小了，还能申报什么", ()),
        ("专精特新小巨人能报吗", ()),
    ],
)
def test_programmes_side_by_side_are_told_from_what_the_company_is(
    rulebook: Rulebook, question: str, programmes: tuple[str, ...]
) -> None:
    assert named_together(question, rulebook) == programmes


def test_without_facts_each_is_begun_and_every_question_is_asked_once(shipped: Assistant) -> None:
    answer = shipped.ask("我们能申请高企和科小吗")
    assert answer.status is AnswerStatus.NEEDS_FACTS
    assert list(verdicts(answer)) == [HNTE, SME]
    questions = [line for line in answer.text.splitlines() if "请问" in line]
    assert len(questions) == len(set(questions)) > 2
    assert answer.text.count("还需要您告诉我") == 1


def test_each_is_judged_by_its_own_rules(shipped: Assistant) -> None:
    answer = shipped.converse(["我们能申请高企和科小吗", FACTS])
    assert verdicts(answer) == {HNTE: "not_eligible", SME: "not_eligible"}
    assert failing(answer, HNTE) == {"rd_ratio"} and failing(answer, SME) == {"staff"}
    first, second = answer.text.split(f"**2. {SME}**")
    assert "3.46%" in first and "3.46%" not in second
    assert "不超过500人" in second


def test_three_are_answered_in_the_order_in_which_they_were_named(shipped: Assistant) -> None:
    answer = shipped.ask("我们营收4800万，Ⅰ类知识产权2项，高企、专精特新、小巨人哪个能报")
    assert list(verdicts(answer).items()) == [(HNTE, "unknown"), (SRDI, "unknown"), (GIANT, "not_eligible")]
    assert failing(answer, GIANT) == {"revenue"}
    assert answer.status is AnswerStatus.PARTIAL


def test_markers_run_through_and_have_their_citations(shipped: Assistant) -> None:
    answer = shipped.ask("我们营收4800万，Ⅰ类知识产权2项，高企、专精特新、小巨人哪个能报")
    assert [citation.marker for citation in answer.citations] == list(range(1, len(answer.citations) + 1))


def test_a_follow_up_turns_to_one_of_them_with_all_facts(shipped: Assistant) -> None:
    answer = shipped.converse(["我们能申请高企和科小吗", FACTS, "那科小呢"])
    assert verdicts(answer) == {SME: "not_eligible"}
    answer = shipped.converse(["我们能申请高企和科小吗", FACTS, "那科小呢", "那高企呢？"])
    assert verdicts(answer) == {HNTE: "not_eligible"}


def test_more_facts_count_for_all_of_them(shipped: Assistant) -> None:
    answer = shipped.converse(["我们能申请高企和科小吗", "员工600人，研发人员30人"])
    assert failing(answer, HNTE) == {"staff"} and failing(answer, SME) == {"staff"}


def test_nonsense_is_asked_about_once(shipped: Assistant) -> None:
    answer = shipped.ask("职工20人，研发人员30人，高企和科小能报吗？")
    assert answer.status is AnswerStatus.NEEDS_FACTS and not answer.verdicts
    assert answer.text.count("不会多于") == 1


@pytest.mark.parametrize("question", ["高企和科小有什么区别？", "高企、科小、专精特新的条件分别是什么？"])
def test_general_questions_on_several_are_left_to_the_search(shipped: Assistant, question: str) -> None:
    assert not shipped.ask(question).verdicts
