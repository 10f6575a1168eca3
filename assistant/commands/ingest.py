"""`python ingest.py`: the door for staff who keep the knowledge base."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import AssistantError, DocumentError
from assistant.settings import Settings, load_settings

if TYPE_CHECKING:
    from assistant.index.build import BuildReport

DONE, REFUSED, USAGE = 0, 1, 2


def parser() -> argparse.ArgumentParser:
    """The command line; `--help` loads nothing heavy."""
    p = argparse.ArgumentParser(
        prog="ingest.py",
        description="让问答索引与知识库保持一致：读入、逐条拆分、建立索引并发布。不带参数即更新整个知识库。",
        epilog="退出码：0 完成；1 有文件被拒绝（逐一列出）；2 命令写法有误。",
    )
    p.add_argument("paths", nargs="*", type=Path, metavar="文件", help="要加入知识库的文件（Markdown 或 TXT）")
    p.add_argument("--dry-run", action="store_true", help="只看会有什么变化，不发布")
    p.add_argument("--check", action="store_true", help="只检查知识库文件是否合格，不建索引")
    p.add_argument("--list", action="store_true", help="列出全部政策及其当日状态")
    p.add_argument("--remove", metavar="编号", help="移出一项政策（政策编号，或 编号@施行日）并重新发布")
    p.add_argument("--rollback", action="store_true", help="恢复上一次发布的索引")
    p.add_argument("--json", action="store_true", help="以 JSON 输出结果")
    p.add_argument("--library", type=Path, metavar="目录", help="知识库目录（默认 knowledge/）")
    p.add_argument("--as-of", type=date.fromisoformat, metavar="日期", help="--list 按哪一天判断状态（默认今天）")
    return p


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit status."""
    arguments = parser().parse_args(argv)
    try:
        settings = load_settings(library_dir=arguments.library)
        return _run(arguments, settings)
    except AssistantError as error:
        _print({"error": str(error)} if arguments.json else f"未完成：{error}", arguments.json)
        return REFUSED


def _run(arguments: argparse.Namespace, settings: Settings) -> int:
    if arguments.check:
        return _check(settings, arguments.json)
    if arguments.list:
        return _list(settings, arguments.as_of or settings.day(), arguments.json)
    if arguments.rollback:
        return _rollback(settings, arguments.json)
    refused: list[str] = []
    if arguments.remove and not arguments.dry_run:
        _remove(settings.library_dir, arguments.remove)
    for path in arguments.paths:
        try:
            _file(path, settings.library_dir, dry_run=arguments.dry_run)
        except (DocumentError, OSError) as error:
            refused.append(str(error))
    return _ingest(settings, arguments.dry_run, arguments.json, refused)


def _ingest(settings: Settings, dry_run: bool, as_json: bool, refused: list[str]) -> int:
    from assistant.index.build import ingest
    from assistant.index.embedding import load_embedding
    from assistant.index.snapshot import Snapshots

    embedding = load_embedding(settings.embedding_model)
    progress = _silent if as_json or not sys.stderr.isatty() else _progress
    report = ingest(
        settings.library_dir,
        settings.shipped_library,
        Snapshots(settings),
        embedding,
        dry_run=dry_run,
        progress=progress,
    )
    refused += [str(problem) for problem in report.refused]
    _print(_as_json(report, refused, dry_run) if as_json else _in_words(report, refused, dry_run), as_json)
    return REFUSED if refused else DONE


def _as_json(report: BuildReport, refused: list[str], dry_run: bool) -> dict[str, Any]:
    difference = report.difference
    return {
        "published": report.published,
        "dry_run": dry_run,
        "versions": report.versions,
        "clauses": report.clauses,
        "embedded": report.embedded,
        "added": list(difference.added),
        "changed": list(difference.changed),
        "removed": list(difference.removed),
        "unchanged": difference.unchanged,
        "changed_metadata": list(report.changed_metadata),
        "refused": refused,
        "warnings": [str(problem) for problem in report.problems if not problem.fatal],
    }


def _in_words(report: BuildReport, refused: list[str], dry_run: bool) -> str:
    difference = report.difference
    lines = [f"知识库：{report.versions} 份政策文件，{report.clauses} 条。"]
    lines.append(
        f"与已发布的相比：新增 {len(difference.added)} 条，修改 {len(difference.changed)} 条，"
        f"删除 {len(difference.removed)} 条，未变 {difference.unchanged} 条。"
    )
    for name, refs in (("新增", difference.added), ("修改", difference.changed), ("删除", difference.removed)):
        per_version = difference.by_version(refs)
        lines += [f"  {name} {version}：{count} 条" for version, count in list(per_version.items())[:SHOWN]]
        if len(per_version) > SHOWN:
            lines.append(f"  {name}：另有 {len(per_version) - SHOWN} 份文件")
    if report.changed_metadata:
        lines.append(f"文件信息（日期、文号等）有变化：{'、'.join(report.changed_metadata[:SHOWN])}")
    warnings = [str(problem) for problem in report.problems if not problem.fatal]
    if warnings:
        lines += [f"请留意（{len(warnings)} 处）：", *(f"  {warning}" for warning in warnings[:SHOWN])]
    if refused:
        lines += [f"被拒绝（{len(refused)} 处），请改正后再运行：", *(f"  {problem}" for problem in refused)]
    if report.published:
        lines.append(f"已发布：{report.published}（新算向量 {report.embedded} 个）。恢复上一版：python ingest.py --rollback")
    elif dry_run:
        lines.append("这是预览，没有发布。")
    elif refused:
        lines.append("没有发布，原索引不变。")
    else:
        lines.append("没有变化，无需重新发布。")
    return "\n".join(lines)


SHOWN = 12  # files listed by name before the rest is counted


def _check(settings: Settings, as_json: bool) -> int:
    from assistant.documents.library import SideFiles, read_library

    library = read_library(settings.library_dir)
    SideFiles.load(settings.library_dir, settings.shipped_library)
    fatal = [str(problem) for problem in library.problems if problem.fatal]
    warnings = [str(problem) for problem in library.problems if not problem.fatal]
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

    versions = [document.version for document in read_library(settings.library_dir).documents]
    rows = [
        {"key": v.key, "title": v.title, "number": v.number, "level": str(v.level), "status": str(v.status(day))}
        for v in sorted(versions, key=lambda v: (list(type(v.level)).index(v.level), v.key))
    ]
    if as_json:
        _print({"as_of": day.isoformat(), "policies": rows}, True)
        return DONE
    names = {"in_force": "现行有效", "expired": "已到期", "replaced": "已被替代", "not_yet": "尚未施行", "unknown": "时效待核"}
    lines = [f"截至 {day}，共 {len(rows)} 份："]
    lines += [f"{names[str(r['status'])]}\t{r['key']}\t《{r['title']}》\t{r['number'] or ''}" for r in rows]
    _print("\n".join(lines), False)
    return DONE


def _rollback(settings: Settings, as_json: bool) -> int:
    from assistant.index.snapshot import Snapshots

    snapshots = Snapshots(settings)
    with snapshots.lock():
        ident = snapshots.rollback()
    _print({"published": ident} if as_json else f"已恢复到 {ident}。知识库文件没有改动；再次运行 ingest.py 会重新发布它们。", as_json)
    return DONE


def _file(path: Path, root: Path, *, dry_run: bool) -> None:
    """Put a document into the library, unless it is there already."""
    from assistant.documents.library import read_document

    if not path.is_file():
        raise DocumentError(path, 1, "文件不存在")
    read_document(path, path.parent)
    if path.resolve().is_relative_to(root.resolve()) or dry_run:
        return
    home = root / "originals" if (root / "policies").is_dir() else root
    home.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, home / path.name)


def _remove(root: Path, reference: str) -> None:
    """Move the files of a policy out of the library, into `.removed/`."""
    from assistant.documents.library import read_library

    found = [d.version for d in read_library(root).documents if reference in (d.version.key, d.version.policy)]
    if not found:
        raise AssistantError(f"知识库里没有 {reference}；用 python ingest.py --list 查看编号")
    target = root / ".removed" / datetime.now().strftime("%Y%m%d-%H%M%S")
    for version in found:
        destination = target / version.file
        destination.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(root / version.file, destination)


def _print(result: Any, as_json: bool) -> None:
    print(json.dumps(result, ensure_ascii=False, indent=1) if as_json else result)


def _progress(what: str, done: int, total: int) -> None:
    if done == 0 or done == total or done % 100 == 0:
        print(f"\r{what} {done}/{total}   ", end="\n" if done == total else "", file=sys.stderr, flush=True)


def _silent(what: str, done: int, total: int) -> None:
    pass
