"""`python -m assistant`: ask, search, batch, assess, compile, calendar and evaluate on the command line."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any, TextIO

from assistant.commands import assess, calendar, compile
from assistant.documents.model import Level
from assistant.errors import AssistantError
from assistant.settings import Settings, load_settings

if TYPE_CHECKING:
    from assistant.answer.chain import Assistant
    from assistant.answer.model import Answer
    from assistant.retrieval.model import Hit, Scope, SearchResult

DONE, REFUSED = 0, 1


def parser() -> argparse.ArgumentParser:
    """The command line; `--help` loads nothing heavy."""
    p = argparse.ArgumentParser(prog="python -m assistant", description="松江区科技政策问答助手（命令行）")
    commands = p.add_subparsers(dest="command", required=True)
    help_day = "按哪一天回答，如 2026-11-23（默认今天）"
    day: dict[str, Any] = {"type": date.fromisoformat, "metavar": "日期", "help": help_day}

    ask = commands.add_parser("ask", help="提一个问题")
    ask.add_argument("question", metavar="问题")
    ask.add_argument("--json", action="store_true", help="以 JSON 输出")
    ask.add_argument("--as-of", **day)

    search = commands.add_parser("search", help="只查条款")
    search.add_argument("question", metavar="问题")
    search.add_argument("-k", type=_positive, default=10, help="条数（默认 10）")
    search.add_argument("--json", action="store_true", help="以 JSON 输出")
    search.add_argument("--as-of", **day)
    narrow: dict[str, Any] = {"action": "append", "metavar": "名称"}
    search.add_argument("--level", choices=[*Level], action="append", help="只查这一级的政策（可重复）")
    search.add_argument("--region", **narrow, help="只查这一地区的政策，如 上海市、松江区（可重复）")
    search.add_argument("--collection", **narrow, help="只查这一汇编里的政策（可重复）")
    search.add_argument("--policy", **narrow, help="只查这一政策，用文件夹名（可重复）")
    search.add_argument("--in-force", action="store_true", help="只查当日有效的政策")

    batch = commands.add_parser("batch", help="从标准输入逐行读入 JSON 问题，逐行输出 JSON 回答")
    batch.add_argument("--retrieve-only", action="store_true", help="只查条款，不作答")
    batch.add_argument("-k", type=_positive, default=10, help="条数（默认 10）")
    batch.add_argument("--as-of", **day)

    assess.add_assess(commands)
    compile.add_arguments(commands.add_parser("compile", help="把知识库编成一册政策汇编（Word、网页或 PDF）"))
    calendar.add_arguments(commands.add_parser("calendar", help="列出申报、年报等时间窗口"))

    evaluate = commands.add_parser("eval", help="运行随附的评测")
    evaluate.add_argument("--json", action="store_true", help="以 JSON 输出")
    evaluate.add_argument("--suite", metavar="名称", help="只运行一组评测")
    evaluate.add_argument("--statutes", metavar="目录", help="法规检索评测所用的目录")
    return p


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("应为正整数")
    return value


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit status."""
    arguments = parser().parse_args(argv)
    try:
        return _run(arguments, load_settings())
    except AssistantError as error:
        print(f"未完成：{error}", file=sys.stderr)
        return REFUSED
    except BrokenPipeError:  # the reader of the output, such as `head`, has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _run(arguments: argparse.Namespace, settings: Settings) -> int:
    match arguments.command:
        case "assess":
            return assess.assess(settings, arguments)
        case "compile":
            return compile.run(arguments, settings)
        case "calendar":
            return calendar.run(arguments, settings)
        case "eval":
            from assistant.evaluation.report import run_eval

            return run_eval(settings, suite=arguments.suite, as_json=arguments.json, statutes=arguments.statutes)
    from assistant.answer.chain import Assistant

    assistant = Assistant(settings)
    match arguments.command:
        case "ask":
            return _ask(assistant, arguments)
        case "search":
            return _search(assistant, arguments)
    return _batch(assistant, arguments, sys.stdin, sys.stdout)


def _ask(assistant: Assistant, arguments: argparse.Namespace) -> int:
    answer = assistant.ask(arguments.question, as_of=arguments.as_of)
    if arguments.json:
        print(json.dumps(answer.as_json(), ensure_ascii=False, indent=1))
        return _status(answer)
    print(answer.text)
    for citation in answer.citations:
        version = citation.found.version
        print(f"\n[{citation.marker}] 《{version.title}》{version.number or ''} {' '.join(citation.path)}")
        print(f"    {version.source or version.source_note or '出处未注明'}")
    return _status(answer)


def _status(answer: Answer) -> int:
    """A refusal for want of evidence is an answer; an error is not."""
    return REFUSED if answer.status.startswith("error_") else DONE


def _search(assistant: Assistant, arguments: argparse.Namespace) -> int:
    as_of = arguments.as_of or assistant.settings.day()
    search = assistant.services().search
    result = search.search(arguments.question, arguments.k, as_of, scope=_scope(arguments))
    if arguments.json:
        print(json.dumps(result_as_json(result), ensure_ascii=False, indent=1))
        return DONE
    for line in result.lookup.explained:
        print(f"直接查到：{line}")
    for missing in result.lookup.missing:
        last = f"，最后一条是{missing.last}" if missing.last else ""
        print(f"没有查到：{missing.within}{missing.said}{last}")
    for hit in result.hits:
        where = f"《{hit.found.version.title}》{hit.found.clause.label}{hit.part.label if hit.part else ''}"
        print(f"{hit.rank:>2} {hit.score:.3f} {where} {hit.found.clause.text[:60]!r}")
    return DONE


def _scope(arguments: argparse.Namespace) -> Scope:
    """The limits that the flags set."""
    from assistant.retrieval.model import Scope

    def some(values: list[str] | None) -> frozenset[str] | None:
        return frozenset(values) if values else None

    return Scope(
        policies=some(arguments.policy),
        levels=some(arguments.level),
        regions=some(arguments.region),
        collections=some(arguments.collection),
        in_force=arguments.in_force,
    )


def _batch(assistant: Assistant, arguments: argparse.Namespace, source: TextIO, target: TextIO) -> int:
    status = DONE
    for number, line in enumerate(source, start=1):
        if not line.strip():
            continue
        try:
            case = json.loads(line)
            turns = [str(turn) for turn in case.get("turns") or [case["question"]]]
        except (ValueError, KeyError, AttributeError, TypeError):
            shape = '应为 {"id", "question"} 或 {"id", "turns"}'
            print(f"第 {number} 行不是合格的问题：{shape}", file=sys.stderr)
            status = REFUSED
            continue
        out: dict[str, Any] = {"id": case.get("id")}
        if arguments.retrieve_only:
            out["hits"] = _hits(assistant, turns[-1], arguments.k, arguments.as_of)
        else:
            out["answer"] = assistant.converse(turns, as_of=arguments.as_of).as_json()
        print(json.dumps(out, ensure_ascii=False), file=target, flush=True)
    return status


def _hits(assistant: Assistant, question: str, k: int, as_of: date | None) -> list[dict[str, Any]]:
    services = assistant.services()
    result = services.search.search(question, k, as_of or assistant.settings.day())
    return [hit_as_json(hit) for hit in result.hits]


def result_as_json(result: SearchResult) -> dict[str, Any]:
    """The hits with what was named, what of it is missing, and what was left out and why."""
    return {
        "hits": [hit_as_json(hit) for hit in result.hits],
        "explained": list(result.lookup.explained),
        "missing": [asdict(missing) for missing in result.lookup.missing],
        "rejected": [asdict(rejected) for rejected in result.rejected],
    }


def hit_as_json(hit: Hit) -> dict[str, Any]:
    """A hit as the contract has it."""
    version, clause = hit.found.version, hit.found.clause
    return {
        "rank": hit.rank,
        "ref": hit.ref,
        "title": version.title,
        "number": version.number,
        "clause": clause.label,
        "path": list(hit.path),
        "text": clause.text,
        "score": round(hit.score, 5),
        "evidence": round(hit.evidence, 4),
        "lexical_rank": hit.lexical_rank,
        "dense_rank": hit.dense_rank,
        "status": str(hit.status),
        "how": str(hit.how),
        "also": list(hit.also),
    }
