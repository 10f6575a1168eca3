"""`python ingest.py`: the door for staff who keep the knowledge base."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.commands import ingest_report
from assistant.errors import AssistantError, DocumentError
from assistant.settings import Settings, load_settings

if TYPE_CHECKING:
    from assistant.documents.model import Document, Problem

DONE, REFUSED = 0, 1
STATUS_NAMES = {
    "in_force": "现行有效",
    "expired": "已到期",
    "replaced": "已被替代",
    "not_yet": "尚未施行",
    "unknown": "时效待核",
}


def parser() -> argparse.ArgumentParser:
    """The command line; `--help` loads nothing heavy."""
    p = argparse.ArgumentParser(
        prog="ingest.py",
        description="让问答索引与知识库保持一致：读入、逐条拆分、建立索引并发布。不带参数即更新整个知识库。",
        epilog="退出码：0 完成；1 有文件被拒绝（逐一列出）；2 命令写法有误。",
    )
    formats = "PDF、Word、WPS、OFD、Excel、网页、图片、Markdown、TXT"
    p.add_argument("paths", nargs="*", type=Path, metavar="文件", help=f"要加入知识库的文件或文件夹（{formats}）")
    p.add_argument("--collection", metavar="名称", help="把给出的文件同时编入一套政策，如 1+3（见 collections.yaml）")
    p.add_argument("--dry-run", action="store_true", help="只看会有什么变化，不发布")
    p.add_argument("--check", action="store_true", help="只检查知识库文件是否合格，不建索引")
    p.add_argument("--list", action="store_true", help="列出全部政策及其当日状态")
    p.add_argument("--remove", metavar="编号", help="移出一项政策（政策编号，或 编号@施行日）并重新发布")
    p.add_argument("--rollback", action="store_true", help="恢复上一次发布的索引")
    p.add_argument("--json", action="store_true", help="以 JSON 输出结果")
    p.add_argument("--library", type=Path, metavar="目录", help="知识库目录（默认 knowledge/）")
    p.add_argument("--as-of", type=date.fromisoformat, metavar="日期", help="--list、--check 按哪一天判断（默认今天）")
    return p


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit status."""
    arguments = parser().parse_args(argv)
    try:
        settings = load_settings(library_dir=arguments.library)
        return _run(arguments, settings)
    except AssistantError as error:
        return _refuse(str(error), arguments.json)
    except OSError as error:
        reason = f"{error.strerror or f'没有写完，{error}'}（{error.filename or '磁盘'}）"
        return _refuse(f"读写文件失败：{reason}。没有发布，原索引不变；请检查磁盘空间和权限后重试", arguments.json)


def _refuse(message: str, as_json: bool) -> int:
    if as_json:
        _print({"error": message}, True)
    else:
        print(f"未完成：{message}", file=sys.stderr)
    return REFUSED


def _run(arguments: argparse.Namespace, settings: Settings) -> int:
    if arguments.check:
        return _check(settings, arguments.as_of or settings.day(), arguments.json)
    if arguments.list:
        return _list(settings, arguments.as_of or settings.day(), arguments.json)
    if arguments.rollback:
        return _rollback(settings, arguments.json)
    if not arguments.dry_run or not (arguments.paths or arguments.remove):
        return _ingest(settings, arguments)
    from assistant.documents.intake import rehearsal

    with rehearsal(settings.library_dir) as copy:
        return _ingest(settings.model_copy(update={"library_dir": copy}), arguments)


def _ingest(settings: Settings, arguments: argparse.Namespace) -> int:
    from assistant.documents.formats.progress import told_to
    from assistant.documents.intake import Intake
    from assistant.index.build import extract_cache, ingest
    from assistant.index.embedding import load_embedding
    from assistant.index.snapshot import Snapshots

    snapshots = Snapshots(settings)
    intake = Intake(
        settings.library_dir,
        arguments.paths,
        remove=arguments.remove,
        collection=arguments.collection,
        cache=extract_cache(snapshots),
        journal=snapshots.root / "intake.json",
    )
    watched = sys.stderr.isatty() and not arguments.json
    with told_to(_page) if watched else nullcontext():
        report = ingest(
            settings.library_dir,
            settings.shipped_library,
            snapshots,
            load_embedding(settings.embedding_model),
            intake=intake,
            dry_run=arguments.dry_run,
            progress=_progress if watched else _silent,
        )
    outcome = ingest_report.Outcome(
        report,
        ingest_report.refusals(report, intake.refused),
        tuple(intake.filed),
        _rule_problems(settings.library_dir, report.documents),
        arguments.dry_run,
        tuple(intake.recovered),
    )
    told = ingest_report.as_json if arguments.json else ingest_report.in_words
    _print(told(outcome), arguments.json)
    return REFUSED if outcome.refused else DONE


def _rule_problems(library: Path, documents: Sequence[Document]) -> tuple[Problem, ...]:
    """Clauses that the library's own rules cite and that are not there, or do not hold the figure."""
    from assistant.documents.model import Problem
    from assistant.rules.references import check_references
    from assistant.rules.rulebook import load_rulebook, rules_folder

    folder = rules_folder(library, library)
    if not documents or not folder.is_dir():
        return ()
    try:
        return check_references(load_rulebook(folder), documents)
    except DocumentError as error:
        return (Problem(str(error.file), error.line, error.message),)


def _check(settings: Settings, day: date, as_json: bool) -> int:
    from assistant.documents.library import SideFiles, read_library
    from assistant.documents.upkeep import dangling, overdue

    library = read_library(settings.library_dir)
    sides = SideFiles.load(settings.library_dir, settings.shipped_library)
    fatal = [str(problem) for problem in library.problems if problem.fatal]
    warnings = [str(problem) for problem in library.problems if not problem.fatal]
    warnings += map(str, (*dangling(library, sides), *overdue(library, day)))
    warnings += map(str, _rule_problems(settings.library_dir, library.documents))
    clauses = sum(len(document.clauses) for document in library.documents)
    if as_json:
        _print({"versions": len(library.documents), "clauses": clauses, "refused": fatal, "warnings": warnings}, True)
    else:
        words = [f"检查了 {len(library.documents) + len(fatal)} 份文件，{clauses} 条。"]
        words += [f"  请留意 {warning}" for warning in warnings] + [f"  不合格 {problem}" for problem in fatal]
        words.append("有不合格的文件，请按提示改正。" if fatal else "全部合格。")
        _print("\n".join(words), False)
    return REFUSED if fatal else DONE


def _list(settings: Settings, day: date, as_json: bool) -> int:
    from assistant.documents.library import read_library
    from assistant.documents.model import Level

    versions = [document.version for document in read_library(settings.library_dir).documents]
    rows = [
        {"key": v.key, "title": v.title, "number": v.number, "level": str(v.level), "status": str(v.status(day))}
        for v in sorted(versions, key=lambda v: (list(Level).index(v.level), v.key))
    ]
    if as_json:
        _print({"as_of": day.isoformat(), "policies": rows}, True)
        return DONE
    lines = [f"截至 {day}，共 {len(rows)} 份："]
    lines += [f"{STATUS_NAMES[str(r['status'])]}\t{r['key']}\t《{r['title']}》\t{r['number'] or ''}" for r in rows]
    _print("\n".join(lines), False)
    return DONE


def _rollback(settings: Settings, as_json: bool) -> int:
    from assistant.index.snapshot import Snapshots

    snapshots = Snapshots(settings)
    with snapshots.lock():
        ident = snapshots.rollback()
    words = f"已恢复到 {ident}。知识库文件没有改动；再次运行 ingest.py 会重新发布它们。"
    _print({"published": ident} if as_json else words, as_json)
    return DONE


def _print(result: Any, as_json: bool) -> None:
    print(json.dumps(result, ensure_ascii=False, indent=1) if as_json else result)


def _progress(what: str, done: int, total: int) -> None:
    if done == 0 or done == total or done % 100 == 0:
        print(f"\r{what} {done}/{total}   ", end="\n" if done == total else "", file=sys.stderr, flush=True)


def _page(path: Path, number: int, total: int) -> None:
    """Recognising a page takes seconds: say which one it is."""
    end = "\n" if number == total else ""
    print(f"\r识别 {path.name} 第 {number}/{total} 页   ", end=end, file=sys.stderr, flush=True)


def _silent(what: str, done: int, total: int) -> None:
    pass
