"""What a hit is worth as an answer: its score, and whether it tells what is asked, of the level, the year and the clause meant."""

from __future__ import annotations

import re
from collections.abc import Callable, Set

from assistant.answer.figures import figures
from assistant.answer.kinds import kinds_of
from assistant.answer.model import Run
from assistant.documents.model import ClauseKind, Level
from assistant.retrieval.model import Hit

TELLS = 0.08  # what a clause gains that tells the kind of thing asked (how much, when, …)
NAMED = 0.08  # what a clause gains that has a name in Latin letters that the question says (GLP, G60)
HEADED = 0.02  # what a clause gains whose heading stands in the question
DEFINED = 0.06  # the same where it is asked what that is
SAID_LEVEL = 0.05  # what a rule of the level of government gains that the question speaks of
SAID_BEFORE = 0.05  # what the clause that the last answer rested on gains where its words are asked about, else loses
COMPARES = 0.06  # what a table of two things side by side gains where both are asked about, and loses where one is
DEFINES_OTHER = (
    0.06  # what the definition of a term loses that the question does not say, where it is not asked what something is
)
OTHER_FIGURE = 0.10  # what a gap about a certain figure (恰好5000万元) loses where another is asked about
OTHER_YEAR = 0.15  # what a rule for a certain year loses when another year is asked about
ABROAD = 0.08  # what a rule for abroad gains and one for home loses, where something abroad is asked about
EACH = re.compile(  # asked of two things at once, as a comparison is
    r"各是|各要|各有|分别|各自|[和跟与、][^，。；？?]{2,12}，?(?:(?:到底|究竟|[A-Za-z0-9]{2,6})?(?:里|中)?哪(?:一?[个种项样])|都(?:得|要|须|必须))"
)
_NAMES = re.compile(r"[A-Za-z][A-Za-z0-9]{2,}")
_IS_ABROAD = re.compile(r"境外|国外|海外|外国|老外|外籍|香港|德国|日本|美国|英国|法国|新加坡|韩国|印度|瑞士|以色列")
_LEVELS = {
    Level.NATIONAL: re.compile(r"国家|全国|中央|国务院|财政部|工信部|科技部|税务总局"),
    Level.MUNICIPAL: re.compile(r"上海|市里|市级|本市|市科委|市经信"),
    Level.DISTRICT: re.compile(r"(?<![从在离])松江(?!区?的?(?:一家)?(?:企业|公司|厂))|区里|区级|本区|区科委"),
    Level.TOWN: re.compile(r"镇|街道"),
}
_DEFINES = re.compile(
    r"(?:\A|\A.{2,24}\n)(?:第[零一二三四五六七八九十百]+条\s*)?“?([^，。；：（“”\n]{2,16})”?(?:（[^）]*）)?，?是指"
)
_ITS_WORDS = re.compile(r"(?:这|那|它)是?(?:哪|什么时候|几几)|还是这|这个数|这数|还这样|来得及|赶得上")
_YEARS = {r"今年|现在|目前|本年": 0, r"明年": 1, r"去年": -1, r"前年": -2}


def worth_for(run: Run) -> Callable[[Hit], float]:
    """The measure of the hits of a run."""
    years, levels = _years(run), {level for level, said in _LEVELS.items() if said.search(run.question)}
    before, gains_before = _before(run)
    apart = EACH.search(run.question) is not None or (run.kind is not None and run.kind.name == "difference")
    side_by_side = len(run.terms) > 1 or apart
    defines = run.kind is not None and run.kind.name == "definition"
    kinds = kinds_of(run.question) or ((run.kind,) if run.kind else ())
    names = names_said(run)
    asked = {figure.key for figure in figures(run.question)}
    abroad = _IS_ABROAD.search(run.question) is not None

    def worth(hit: Hit) -> float:
        clause, version = hit.found.clause, hit.found.version
        tells = any(kind.tells.search(clause.text) for kind in kinds)
        headed = not is_gap(hit) and clause.path[-1] in run.question
        gains = TELLS * tells + (DEFINED if defines else HEADED) * headed + SAID_LEVEL * (version.level in levels)
        gains += ABROAD * (("境外" in f"{version.title}{clause.path[-1]}") - ("境内" in clause.path[-1])) * abroad
        table = "对照" in version.title
        gains += COMPARES * (side_by_side and table and apart)
        gains += NAMED * any(says(hit, name) for name in names)
        table_alone = not side_by_side and table
        loses: float = DEFINES_OTHER * (not defines and _defines_other(clause.text, run.question))
        loses += OTHER_FIGURE * (is_gap(hit) and _of_another_figure(clause.path[-1], asked))
        loses += OTHER_YEAR * _of_another_year(hit, years) + COMPARES * table_alone
        return hit.score + gains + gains_before * (hit.ref == before) - loses

    return worth


def names_said(run: Run) -> frozenset[str]:
    """The names in Latin letters (GLP) that the question says and any clause near it."""
    assert run.result is not None
    names = {name.upper() for name in _NAMES.findall(run.question)}
    return frozenset(name for name in names if any(says(hit, name) for hit in run.result.hits))


def says(hit: Hit, name: str) -> bool:
    """Whether a clause or its title says a name, which is in capitals."""
    return name in f"{hit.found.version.title}{hit.found.clause.text}".upper()


def is_gap(hit: Hit) -> bool:
    """Whether a hit tells of what could not be established."""
    return hit.found.clause.kind is not ClauseKind.CLAUSE


def _before(run: Run) -> tuple[str, float]:
    """The clause that the last answer rested on, and what it gains: what is asked next, is told by another as a rule."""
    if not run.follows or run.question.rstrip("？?").endswith("呢"):
        return "", 0
    return next(iter(run.history[-1].refs), ""), SAID_BEFORE if _ITS_WORDS.search(run.question) else -SAID_BEFORE


def _defines_other(text: str, question: str) -> bool:
    """Whether a clause is the definition of a term that a question does not say."""
    defined = _DEFINES.match(text)
    return defined is not None and defined[1] not in question


def _of_another_figure(about: str, asked: Set[tuple[object, str]]) -> bool:
    """Whether a gap is about certain figures, and none of them is asked about though others are."""
    of = {figure.key for figure in figures(about)}
    return bool(of and asked and of.isdisjoint(asked))


def _years(run: Run) -> set[int]:
    """The years that the question is about, where it says so."""
    said = {2000 + int(year) for year in re.findall(r"(?<!\d)(?:20)?([12]\d)\s*年(?!以)", run.standalone)}
    return said | {run.as_of.year + by for word, by in _YEARS.items() if re.search(word, run.standalone)}


def _of_another_year(hit: Hit, years: set[int]) -> bool:
    """Whether a document is for a certain year only, and not for the one that is asked about."""
    of = {int(year) for year in re.findall(r"(20\d{2})年度", hit.found.version.title)}
    return bool(of and years and not of & years and not is_gap(hit))
