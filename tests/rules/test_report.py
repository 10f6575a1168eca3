"""The report names the facts, every criterion with its clause, what was not checked, and who decides."""

from __future__ import annotations

import zipfile
from datetime import date
from functools import cache
from pathlib import Path

from assistant.documents.library import read_library
from assistant.rules.account import account
from assistant.rules.citations import clause_labels
from assistant.rules.company import Company, read_company
from assistant.rules.evaluate import judge_company
from assistant.rules.model import Verdict
from assistant.rules.report import write_report
from assistant.rules.rulebook import Rulebook, load_rulebook

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"
FACTS: dict[str, object] = {"revenue_latest": "4800万", "revenue_3y": "9800万", "rd_expense_3y": "430万"}


@cache
def rulebook() -> Rulebook:
    return load_rulebook(KNOWLEDGE / "rules")


@cache
def labels() -> dict[str, str]:
    return clause_labels(read_library(KNOWLEDGE).documents)


def judged(programme: str, **facts: object) -> tuple[Verdict, Company]:
    company = read_company(facts, rulebook().facts, date(2026, 11, 23))
    return judge_company(rulebook(), rulebook().find(programme), company), company


def words(file: Path) -> str:
    from docx import Document

    docx = Document(str(file))
    cells = [cell.text for table in docx.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in docx.paragraphs), *cells])


def test_a_report_holds_the_facts_the_criteria_and_their_clauses(tmp_path: Path) -> None:
    verdict, company = judged("hnte", **FACTS)
    write_report(verdict, company, labels(), tmp_path / "report.docx")
    text = words(tmp_path / "report.docx")
    for expected in ("判断日：2026-11-23", "4800万元", "4.39%", "还差60万元", "未达到"):
        assert expected in text
    assert "《高新技术企业认定管理办法》第十一条（五）" in text
    assert "核心技术对应领域目录的具体细目" in text
    assert "以主管部门（上海市高新技术企业认定机构）认定为准" in text


def test_a_report_says_that_it_was_generated_in_its_text_on_every_page_and_in_its_metadata(tmp_path: Path) -> None:
    from docx import Document

    verdict, company = judged("hnte", **FACTS)
    file = tmp_path / "report.docx"
    write_report(verdict, company, labels(), file)
    assert "本报告由人工智能自动生成" in words(file)
    assert "人工智能自动生成" in Document(str(file)).sections[0].footer.paragraphs[0].text
    with zipfile.ZipFile(file) as package:
        label = package.read("docProps/custom.xml").decode()
    assert 'name="AIGC"' in label and '"Label": "1"' in label and "松江区科技政策问答助手" in label


def test_a_report_asks_for_what_is_missing(tmp_path: Path) -> None:
    verdict, company = judged("hnte", revenue_latest="4800万")
    write_report(verdict, company, labels(), tmp_path / "report.docx")
    assert "还需要补充的情况" in words(tmp_path / "report.docx")
    assert "请问企业的职工总数是多少人" in words(tmp_path / "report.docx")


def test_the_head_of_a_table_comes_again_on_every_page_and_no_row_is_torn(tmp_path: Path) -> None:
    from docx import Document

    verdict, company = judged("hnte", **FACTS)
    write_report(verdict, company, labels(), tmp_path / "report.docx")
    for table in Document(str(tmp_path / "report.docx")).tables:
        xml = table._tbl.xml
        assert xml.count("<w:tblHeader") == 1
        assert xml.count("<w:cantSplit") == len(table.rows)


def test_a_report_shows_the_steps_of_a_computation(tmp_path: Path) -> None:
    verdict, company = judged("技术转让", transfer_income="800万", legal_form="company", registered_place="songjiang")
    write_report(verdict, company, labels(), tmp_path / "report.docx")
    assert "300万元×50%×25%=37.5万元" in words(tmp_path / "report.docx")


def test_an_account_asks_in_the_words_of_the_facts() -> None:
    verdict, _ = judged("sj-hnte-reward", registered_place="songjiang")
    told = account(verdict, rulebook().facts, labels())
    assert "请问企业是哪一年度通过高企认定（或者重新认定）的？" in told
    assert "以主管部门（上海市松江区科学技术委员会）认定为准" in told


def test_an_account_says_what_a_benefit_still_lacks() -> None:
    verdict, _ = judged("G60", registered_place="songjiang", g60_activities=["basic_research"])
    assert "**应用性基础研究**：还算不出，缺：应用性基础研究项目的总投入" in account(
        verdict, rulebook().facts, labels()
    )
