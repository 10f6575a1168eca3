"""What an ingest did, as JSON and in words for staff."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.index.build import BuildReport

SHOWN = 12  # files listed by name before the rest is counted


def as_json(report: BuildReport, refused: Sequence[str], *, dry_run: bool) -> dict[str, Any]:
    """The report as `--json` prints it."""
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
        "refused": list(refused),
        "warnings": [str(problem) for problem in report.problems if not problem.fatal],
    }


def in_words(report: BuildReport, refused: Sequence[str], *, dry_run: bool) -> str:
    """The report for people."""
    lines = [f"知识库：{report.versions} 份政策文件，{report.clauses} 条。"]
    if report.published or dry_run or not refused:  # else the clauses of a refused file would look removed
        lines += _difference(report)
    warnings = [str(problem) for problem in report.problems if not problem.fatal]
    if warnings:
        lines += [f"请留意（{len(warnings)} 处）：", *(f"  {warning}" for warning in warnings[:SHOWN])]
    if refused:
        lines += [f"被拒绝（{len(refused)} 处），请改正后再运行：", *(f"  {problem}" for problem in refused)]
    lines.append(_outcome(report, refused, dry_run))
    return "\n".join(lines)


def _difference(report: BuildReport) -> list[str]:
    difference = report.difference
    lines = [
        f"与已发布的相比：新增 {len(difference.added)} 条，修改 {len(difference.changed)} 条，"
        f"删除 {len(difference.removed)} 条，未变 {difference.unchanged} 条。"
    ]
    for name, refs in (("新增", difference.added), ("修改", difference.changed), ("删除", difference.removed)):
        per_version = difference.by_version(refs)
        lines += [f"  {name} {version}：{count} 条" for version, count in list(per_version.items())[:SHOWN]]
        if len(per_version) > SHOWN:
            lines.append(f"  {name}：另有 {len(per_version) - SHOWN} 份文件")
    if report.changed_metadata:
        lines.append(f"文件信息（日期、文号等）有变化：{'、'.join(report.changed_metadata[:SHOWN])}")
    return lines


def _outcome(report: BuildReport, refused: Sequence[str], dry_run: bool) -> str:
    if report.published:
        return f"已发布：{report.published}（新算向量 {report.embedded} 个）。恢复上一版：python ingest.py --rollback"
    if dry_run:
        return "这是预览，没有发布。"
    if refused:
        return "没有发布，原索引不变。"
    return "没有变化，无需重新发布。"
