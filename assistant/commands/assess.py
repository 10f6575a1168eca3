"""`python -m assistant assess`: check a company's facts against the rules of a programme."""

from __future__ import annotations

import argparse
import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from assistant.documents.library import read_library
from assistant.errors import AssistantError
from assistant.rules.account import account
from assistant.rules.citations import clause_labels
from assistant.rules.company import read_company
from assistant.rules.evaluate import judge_company
from assistant.rules.rulebook import load_rulebook, rules_folder
from assistant.settings import Settings


class FactsFileError(AssistantError):
    """The file of facts cannot be read."""


def add_assess(commands: Any) -> None:
    """Add the sub-command to the parser of `python -m assistant`."""
    assess = commands.add_parser("assess", help="对照规则判断企业是否符合某个项目的条件")
    assess.add_argument("programme", metavar="项目", help="项目名称、简称或者编号，如 高新技术企业")
    facts_help = "企业情况（JSON，键见 knowledge/rules/facts.yaml）"
    assess.add_argument("--facts", required=True, type=Path, metavar="文件", help=facts_help)
    day_help = "按哪一天判断，如 2026-11-23（默认今天）"
    assess.add_argument("--as-of", type=date.fromisoformat, metavar="日期", help=day_help)
    assess.add_argument("--json", action="store_true", help="以 JSON 输出")
    assess.add_argument("--out", type=Path, metavar="报告.docx", help="另存一份 Word 报告")


def assess(settings: Settings, arguments: argparse.Namespace) -> int:
    """Run the sub-command; returns the exit status 0.

    Raises:
        AssistantError: an unknown programme, facts that cannot be, or a rule file that is refused.
    """
    rulebook = load_rulebook(rules_folder(settings.library_dir, settings.shipped_library))
    programme = rulebook.find(arguments.programme)
    company = read_company(read_facts(arguments.facts), rulebook.facts, arguments.as_of or settings.day())
    verdict = judge_company(rulebook, programme, company)
    if arguments.json:
        print(json.dumps(verdict.as_json(), ensure_ascii=False, indent=1))
        if not arguments.out:
            return 0
    labels = clause_labels(read_library(settings.library_dir).documents)
    if not arguments.json:
        print(account(verdict, rulebook.facts, labels))
    if arguments.out:
        from assistant.rules.report import write_report

        write_report(verdict, company, labels, arguments.out)
    return 0


def read_facts(file: Path) -> dict[str, object]:
    """The facts of a JSON file, numbers exact.

    Raises:
        FactsFileError: it is not there, or not a JSON object.
    """
    try:
        facts = json.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)
    except OSError as error:
        raise FactsFileError(f"企业情况文件 {file} 读不出来：{error.strerror}；请检查路径") from error
    except ValueError as error:
        raise FactsFileError(f"企业情况文件 {file} 不是合格的 JSON：{error}") from error
    if not isinstance(facts, dict):
        raise FactsFileError(f'企业情况文件 {file} 应是一个对象，如 {{"staff_total": 30}}')
    return facts
