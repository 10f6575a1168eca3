"""The clauses that the rules cite: that each is in the library, and that every figure stands in the clause it cites."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from assistant.documents.model import Document, Problem
from assistant.rules.figures import range_stands_in, stands_in
from assistant.rules.position import entries, line_of
from assistant.rules.quantity import Quantity
from assistant.rules.rulebook import FACTS_FILE, Rulebook
from assistant.rules.schema import Programme
from assistant.rules.score_schema import Indicator, Table

Texts = Mapping[str, str]


def clause_texts(documents: Iterable[Document]) -> dict[str, str]:
    """The text of every clause and part, by `policy#clause` and `policy#clause.part`; versions are put together."""
    texts: dict[str, str] = {}
    for document in documents:
        for clause in document.clauses:
            ref = f"{document.version.policy}#{clause.id}"
            texts[ref] = texts.get(ref, "") + clause.text + "\n"
            for part in clause.parts:
                texts[f"{ref}.{part.id}"] = texts.get(f"{ref}.{part.id}", "") + part.text + "\n"
    return texts


def check_references(rulebook: Rulebook, documents: Iterable[Document]) -> tuple[Problem, ...]:
    """Cited clauses that are not in the library, and figures that do not stand in the clause they cite."""
    documents = tuple(documents)
    texts = clause_texts(documents)
    policies = {document.version.policy for document in documents}
    problems = list(_dangling(rulebook.folder / FACTS_FILE, texts))
    for ident, programme in rulebook.programmes.items():
        file = rulebook.folder / f"{ident}.yaml"
        problems += _dangling(file, texts)
        for policy in programme.policies:
            if policy not in policies:
                problems.append(_problem(file, policy, f"政策 {policy} 不在知识库里"))
        problems += _figures_not_found(programme, file, texts)
    return tuple(problems)


def _problem(file: Path, value: str, text: str) -> Problem:
    return Problem(str(file), line_of(file, value), text, fatal=True)


def _dangling(file: Path, texts: Texts) -> Iterator[Problem]:
    for key, ref, line in entries(file):
        if key == "ref" and ref not in texts:
            yield Problem(str(file), line, f"引用的条款 {ref} 不在知识库里；请核对政策编号和条款编号", fatal=True)


def _figures_not_found(programme: Programme, file: Path, texts: Texts) -> Iterator[Problem]:
    for where, figure, ref in figures(programme):
        if not stands_in(figure, texts.get(ref, "")):
            yield _problem(file, where, f"{where} 的数值 {figure} 在所引条款 {ref} 里没有找到")
    for where, (low, high), ref in _all_points(programme):
        if (low, high) != (0, 0) and not range_stands_in(low, high, texts.get(ref, "")):
            yield _problem(file, where, f"{where} 的分值 {low}至{high}分 在所引条款 {ref} 里没有找到")


def figures(programme: Programme) -> Iterator[tuple[str, Quantity, str]]:
    """Every figure of the programme with the id of what it belongs to and the clause it cites."""
    for parameter in programme.parameters:
        for dated in parameter.values:
            found = [dated.value, *(figure for bracket in dated.brackets for figure in (bracket.value, bracket.up_to))]
            yield from ((parameter.id, figure, dated.ref) for figure in found if figure)
    for indicator in _indicators(programme):
        yield indicator.id, indicator.maximum, indicator.ref
        for table, ref in _tables(indicator):
            starts = (step.start for step in table.steps)
            yield from ((indicator.id, start, ref) for start in starts if start and start.number)


def _all_points(programme: Programme) -> Iterator[tuple[str, tuple[int, int], str]]:
    for indicator in _indicators(programme):
        for table, ref in _tables(indicator):
            yield from ((indicator.id, step.points, ref) for step in table.steps if not step.disputed)
        if indicator.flagged:
            yield indicator.id, indicator.flagged.yes, indicator.ref
            yield indicator.id, indicator.flagged.no, indicator.ref


def _tables(indicator: Indicator) -> list[tuple[Table, str]]:
    return [(table, table.ref or indicator.ref) for table in indicator.best_of]


def _indicators(programme: Programme) -> Iterator[Indicator]:
    pending = [indicator for score in programme.scores for indicator in score.indicators]
    while pending:
        indicator = pending.pop(0)
        yield indicator
        pending = [*indicator.parts, *pending]
