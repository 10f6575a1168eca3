"""The shipped policies: read strictly, traced to a source, in our own words, found by lay questions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from assistant.answer.figures import Kind, figures
from assistant.documents.model import Clause, ClauseKind, Status, TextKind
from assistant.documents.upkeep import dangling, overdue
from tests.knowledge.shipped import FACTS, library, needs_facts, official_texts, sides

LONGEST_SHARED_RUN = 20  # characters; shorter ones are terms that every text on the matter shares
NAMES = (  # institutions and prizes, longer than that
    "上海科学院三石空天产业技术创新联合研究院",
    "国家自然科学奖",
    "国家技术发明奖",
    "国家科学技术进步奖",
)
TODAY, EARLIER = date(2026, 11, 23), date(2024, 6, 30)


def clauses() -> Iterator[tuple[str, Clause]]:
    for document in library().documents:
        yield from ((document.version.key, clause) for clause in document.clauses)


def test_every_file_is_read_without_a_refusal_or_a_remark() -> None:
    assert [str(problem) for problem in library().problems] == []


def test_every_name_of_a_policy_or_an_office_leads_somewhere() -> None:
    assert [str(problem) for problem in dangling(library(), sides())] == []


def test_nothing_is_past_its_checking_period_and_later_nothing_goes_unnoticed() -> None:
    assert [str(problem) for problem in overdue(library(), TODAY)] == []
    holding = [
        d for d in library().documents if d.version.status(date(2028, 1, 1)) in (Status.IN_FORCE, Status.UNKNOWN)
    ]
    assert {problem.file for problem in overdue(library(), date(2028, 1, 1))} == {d.version.file for d in holding}


def test_every_digest_says_where_it_was_seen_when_and_in_which_words_it_is_found() -> None:
    for document in library().documents:
        version = document.version
        if version.text_kind is TextKind.DIGEST:
            assert version.source or version.source_note, version.key
            assert version.checked, version.key
            assert version.topics, version.key


def test_every_clause_can_be_found_by_three_lay_questions() -> None:
    poor = [f"{key}#{c.id}" for key, c in clauses() if len(c.asks) + sum(len(part.asks) for part in c.parts) < 3]
    assert poor == []


def test_every_gap_names_the_office_to_ask() -> None:
    assert [f"{key}#{c.id}" for key, c in clauses() if c.kind is not ClauseKind.CLAUSE and not c.office] == []


def test_a_clause_named_in_another_clause_of_the_same_policy_is_there() -> None:
    for document in library().documents:
        labels = {clause.label for clause in document.clauses}
        numbered = any(label.startswith("第") and label.endswith("条") for label in labels)
        for clause in document.clauses if numbered else ():
            for label in re.findall(r"(?:本条例|本法|本办法)(第[一二三四五六七八九十百]+条)", clause.text):
                assert label in labels, f"{document.version.key}#{clause.id}: {label}"


def test_the_list_of_policies_differs_rightly_between_two_days() -> None:
    def on(day: date) -> dict[str, Status]:
        return {document.version.key: document.version.status(day) for document in library().documents}

    then, now = on(EARLIER), on(TODAY)
    changed = {key: (then[key], now[key]) for key in now if then[key] is not now[key]}
    assert changed["sh-gaozhuan@2020-11-18"] == (Status.IN_FORCE, Status.EXPIRED)
    assert changed["sh-g60-measures@2026-01-01"] == (Status.NOT_YET, Status.IN_FORCE)
    assert changed["cn-vat-law@2026-01-01"] == (Status.NOT_YET, Status.IN_FORCE)
    assert changed["sj-carriers@2024-10-18"] == (Status.NOT_YET, Status.IN_FORCE)
    assert now["sj-carriers-2019@undated"] is Status.REPLACED
    assert then["sh-sme-regulation@2011-06-01"] is now["sh-sme-regulation@2011-06-01"] is Status.REPLACED
    assert then["cn-hnte-measures@2016-01-01"] is now["cn-hnte-measures@2016-01-01"] is Status.IN_FORCE


def _digits(text: str) -> list[str]:
    return re.findall(r"\d+(?:\.\d+)?", text)


@cache
def known_figures() -> tuple[frozenset[tuple[Kind, str]], frozenset[str]]:
    """The figures of the facts and of the official texts, and the bare numbers that the facts write without a unit."""
    text = "\n".join((FACTS.read_text(encoding="utf-8"), *official_texts()))
    found = {figure.key for figure in figures(text)}
    found |= {(Kind.DATE, value[:length]) for kind, value in found if kind is Kind.DATE for length in (4, 6)}
    return frozenset(found), frozenset(_digits(text))


@needs_facts
def test_every_figure_stands_in_the_facts_or_in_an_official_text() -> None:
    known, numbers = known_figures()
    strange = [
        f"{key}#{clause.id}: {figure.text}"
        for key, clause in clauses()
        for figure in figures(clause.text)
        if figure.key not in known and not set(_digits(figure.text) or [""]) <= numbers
        if figure.kind is not Kind.COUNT or _digits(figure.text)  # 八项 is how our own words count
        if not figure.text.startswith("第")  # 第四批 follows from 六批
    ]
    assert strange == []


@needs_facts
def test_every_date_of_a_policy_stands_in_the_facts_or_in_an_official_text() -> None:
    known, _ = known_figures()
    strange = [
        f"{document.version.key}: {day}"
        for document in library().documents
        for day in (document.version.issued, document.version.effective, document.version.expires)
        if day and (Kind.DATE, f"{day:%Y%m%d}") not in known
    ]
    assert strange == []


@needs_facts
def test_no_sentence_is_shared_with_an_official_text() -> None:
    official = {run for text in official_texts() for run in runs(text)}
    shared = [f"{key}#{c.id}: {run}" for key, c in clauses() for run in sorted(runs(own_words(c.text)) & official)[:1]]
    assert shared == []


def own_words(text: str) -> str:
    """A clause without titles and names, which nobody can put in other words."""
    for name in NAMES:
        text = text.replace(name, "")
    return re.sub(r"《[^》]*》", "", text)


def runs(text: str) -> set[str]:
    """Every run of that many Chinese characters, punctuation and figures aside."""
    characters = re.sub(r"[^\u4e00-\u9fff]", "", text)
    return {characters[i : i + LONGEST_SHARED_RUN] for i in range(len(characters) - LONGEST_SHARED_RUN + 1)}
