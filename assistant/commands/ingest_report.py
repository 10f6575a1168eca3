"""What an ingest did, as JSON and in words for staff."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.commands import ingest_changes

if TYPE_CHECKING:
    from assistant.documents.model import Document, Problem, Reading
    from assistant.index.build import BuildReport

SHOWN = 12  # files listed by name before the rest is counted
_FACTS = {
    "title": "标题",
    "number": "文号",
    "issuers": "发文机关",
    "level": "层级",
    "issued": "印发日",
    "effective": "施行日",
    "expires": "失效日",
    "repeals": "废止",
}
_LEVELS = {"national": "国家级", "municipal": "市级", "district": "区级", "town": "街镇级", "unknown": "层级不明"}


@dataclass(frozen=True)
class Outcome:
    """All that is to be told of one call.

    Attributes:
        refused: what was not taken in, one line each.
        filed: the files that were added, as the library names them.
        recovered: what an earlier call left that was killed.
        rules: clauses cited by the rules that are missing or say otherwise.
    """

    report: BuildReport
    refused: tuple[str, ...]
    filed: tuple[str, ...] = ()
    rules: tuple[Problem, ...] = ()
    dry_run: bool = False
    recovered: tuple[str, ...] = ()

    def read_from(self) -> list[Document]:
        """The documents that were added in this call."""
        return [document for document in self.report.documents if document.version.file in self.filed]

    def warnings(self) -> list[str]:
        """What staff should look at, what this call brought first."""
        problems = [problem for problem in self.report.problems if not problem.fatal]
        problems.sort(key=lambda problem: problem.file not in self.filed)
        return [str(problem) for problem in (*self.rules, *problems)]


def as_json(outcome: Outcome) -> dict[str, Any]:
    """The outcome as `--json` prints it."""
    report = outcome.report
    difference = report.difference
    return {
        "published": report.published,
        "dry_run": outcome.dry_run,
        "versions": report.versions,
        "clauses": report.clauses,
        "embedded": report.embedded,
        "added": list(difference.added),
        "changed": list(difference.changed),
        "removed": list(difference.removed),
        "unchanged": difference.unchanged,
        "moved": [{"from": change.was, "to": change.ref} for change in report.changes if change.was],
        "changes": ingest_changes.as_json(report.changes),
        "changed_metadata": list(report.changed_metadata),
        "read": [_document_json(document) for document in outcome.read_from()],
        "recovered": list(outcome.recovered),
        "refused": list(outcome.refused),
        "warnings": outcome.warnings(),
    }


def _document_json(document: Document) -> dict[str, Any]:
    facts = [
        {"name": r.name, "value": r.value, "line": r.line, "page": r.page, "confirm": r.confirm}
        for r in document.readings
    ]
    version = document.version
    return {"file": version.file, "key": version.key, "clauses": len(document.clauses), "facts": facts}


def in_words(outcome: Outcome) -> str:
    """The outcome for people."""
    report = outcome.report
    lines = list(outcome.recovered)
    lines += [f"知识库：{report.versions} 份政策文件，{report.clauses} 条。"]
    lines += [line for document in outcome.read_from() for line in _document(document)]
    if report.published or outcome.dry_run or not outcome.refused:  # else a refused file's clauses would look removed
        lines += _difference(report, outcome.dry_run)
    warnings = outcome.warnings()
    if warnings:
        lines += [f"请留意（{len(warnings)} 处）：", *(f"  {warning}" for warning in warnings[:SHOWN])]
        lines += [f"  另有 {len(warnings) - SHOWN} 处，用 --check 查看"] if len(warnings) > SHOWN else []
    if outcome.refused:
        lines.append(f"被拒绝（{len(outcome.refused)} 处），请改正后再运行：")
        lines += [f"  {problem}" for problem in outcome.refused]
    lines.append(_end(outcome))
    return "\n".join(lines)


def _document(document: Document) -> Iterator[str]:
    """What was read from an added document, what to confirm marked."""
    version = document.version
    yield f"读入 {version.file}：《{version.title}》，{len(document.clauses)} 条，编号 {version.key}"
    for reading in document.readings:
        if reading.name != "title":
            yield f"  {_FACTS[reading.name]}：{_value(reading)}{'  ← 请确认' if reading.confirm else ''}"
    if any(reading.confirm for reading in document.readings):
        yield "  需要更正的，写进同名的 .yaml 文件（如 文件.yaml 配 文件.pdf），再运行一次。"


def _value(reading: Reading) -> str:
    value = reading.value or "没有读到"
    if reading.name == "level":
        level, _, region = value.partition("，")
        value = f"{_LEVELS[level]}，{region}"
    place = f"（第 {reading.page} 页）" if reading.page else f"（第 {reading.line} 行）" if reading.line else ""
    return value + place


def _difference(report: BuildReport, dry_run: bool) -> list[str]:
    difference = report.difference
    counts = f"新增 {len(difference.added)} 条，修改 {len(difference.changed)} 条，删除 {len(difference.removed)} 条"
    moved = sum(change.was is not None for change in report.changes)
    counts += f"（其中 {moved} 条只是换了条号）" if moved else ""
    lines = [f"与已发布的相比：{counts}，未变 {difference.unchanged} 条。"]
    lines += _per_version(report)
    if dry_run and report.changes:
        lines += ["逐条：", *ingest_changes.in_words(report.changes, colour=ingest_changes.in_colour())]
    if report.changed_metadata:
        lines.append(f"文件信息（日期、文号等）有变化：{'、'.join(report.changed_metadata[:SHOWN])}")
    return lines


def _per_version(report: BuildReport) -> Iterator[str]:
    difference = report.difference
    for name, refs in (("新增", difference.added), ("修改", difference.changed), ("删除", difference.removed)):
        per_version = difference.by_version(refs)
        yield from (f"  {name} {version}：{count} 条" for version, count in list(per_version.items())[:SHOWN])
        if len(per_version) > SHOWN:
            yield f"  {name}：另有 {len(per_version) - SHOWN} 份文件"


def _end(outcome: Outcome) -> str:
    report = outcome.report
    if report.published:
        return f"已发布：{report.published}（新算向量 {report.embedded} 个）。恢复上一版：python ingest.py --rollback"
    if outcome.dry_run:
        return "这是预览，没有发布。"
    if report.blocked:
        return "没有发布，原索引不变。"
    return "没有变化，无需重新发布。"


def refusals(report: BuildReport, refused: Sequence[str]) -> tuple[str, ...]:
    """Every refusal of a call once, those of the files given first."""
    return tuple(dict.fromkeys((*refused, *(str(problem) for problem in report.refused))))
