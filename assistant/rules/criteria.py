"""One criterion for one company: pass, fail or unknown, with what it has, what is asked and how far it is."""

from __future__ import annotations

from datetime import date

from assistant.rules.case import Case, all_of, any_of
from assistant.rules.comparisons import compared
from assistant.rules.criterion_schema import Among, Bound, CertificateValid, Criterion, Meets
from assistant.rules.dates import years_later
from assistant.rules.found import Found
from assistant.rules.gaps import gap_in_days
from assistant.rules.messages import message
from assistant.rules.model import CriterionResult, Outcome, Result


def judge(criterion: Criterion, case: Case) -> CriterionResult:
    """How the company stands to the criterion on the day."""
    children = tuple(judge(child, case) for child in criterion.children)
    found = _group(criterion, children) if children else _single(criterion, case)
    failed = found.result is Result.FAIL
    notes = [criterion.note, found.note, criterion.on_fail if failed else None]
    return CriterionResult(
        id=criterion.id,
        label=criterion.label,
        result=found.result,
        ref=criterion.ref,
        value=found.value,
        threshold=found.threshold,
        gap=found.gap if failed else None,
        missing=found.missing if found.result is Result.UNKNOWN else (),
        note="；".join(note.rstrip("。；") for note in notes if note) or None,
        confidence=criterion.confidence,
        children=children,
        always=criterion.always,
        alternatives=bool(criterion.any_of),
    )


def _group(criterion: Criterion, children: tuple[CriterionResult, ...]) -> Found:
    results = [child.result for child in children]
    result = any_of(results) if criterion.any_of else all_of(results)
    late = {child.id for child in criterion.children if child.ask_late}
    first = [name for child in children if child.id not in late for name in child.missing]
    missing = first or [name for child in children for name in child.missing]
    return Found(result, missing=tuple(dict.fromkeys(missing)))


def _single(criterion: Criterion, case: Case) -> Found:
    if criterion.days_at_least:
        return _days(criterion.days_at_least, case)
    if criterion.years_at_least or criterion.within_years:
        return _years(criterion, case)
    if criterion.bound:
        return compared(criterion, criterion.bound, case)
    if criterion.some:
        return _some(criterion.some.fact, case)
    if criterion.is_true or criterion.is_false:
        return _flag(criterion, case)
    if criterion.one_of or criterion.none_of:
        return _among(criterion, case)
    if criterion.certificate_valid:
        return _certificate(criterion.certificate_valid, case)
    assert criterion.meets
    return _other_programme(criterion.meets, case)


def _days(bound: Bound, case: Case) -> Found:
    day, figure = case.company.value(bound.fact), case.figure(bound.parameter)
    asked = message("at_least", figure=figure) if figure else None
    if not isinstance(day, date) or figure is None:
        return Found(Result.UNKNOWN, threshold=asked, missing=case.missing(bound.fact))
    days = (case.as_of - day).days
    passed = days >= figure.number
    value = message("days_since", day=day, days=days)
    gap = None if passed else gap_in_days(int(figure.number) - days, day, case.as_of)
    return Found(Result.PASS if passed else Result.FAIL, value, asked, gap)


def _years(criterion: Criterion, case: Case) -> Found:
    bound = criterion.years_at_least or criterion.within_years
    assert bound
    day, figure = case.company.value(bound.fact), case.figure(bound.parameter)
    name = "at_least" if criterion.years_at_least else "within"
    asked = message(name, figure=figure) if figure else None
    if not isinstance(day, date) or figure is None:
        return Found(Result.UNKNOWN, threshold=asked, missing=case.missing(bound.fact))
    full = years_later(day, int(figure.number))
    if criterion.within_years:
        return Found(Result.PASS if case.as_of <= full else Result.FAIL, day.isoformat(), asked)
    gap = None if full <= case.as_of else gap_in_days((full - case.as_of).days, day, case.as_of)
    return Found(Result.FAIL if gap else Result.PASS, day.isoformat(), asked, gap)


def _some(name: str, case: Case) -> Found:
    number = case.company.number(name)
    if number is None:
        return Found(Result.UNKNOWN, threshold=message("some"), missing=case.missing(name))
    return Found(Result.PASS if number > 0 else Result.FAIL, case.company.shown(name), message("some"))


def _flag(criterion: Criterion, case: Case) -> Found:
    of = criterion.is_true or criterion.is_false
    assert of
    said = case.company.value(of.fact)
    wanted = criterion.is_true is not None
    asked = message("yes") if wanted else message("no")
    if not isinstance(said, bool):
        return Found(Result.UNKNOWN, threshold=asked, missing=case.missing(of.fact))
    return Found(Result.PASS if said is wanted else Result.FAIL, case.company.shown(of.fact), asked)


def _among(criterion: Criterion, case: Case) -> Found:
    among = criterion.one_of or criterion.none_of
    assert among
    said = case.company.value(among.fact)
    asked = _asked(among, case, within=criterion.one_of is not None)
    chosen = said if isinstance(said, tuple) else (said,)
    if not isinstance(said, str | tuple) or not chosen:
        return Found(Result.UNKNOWN, threshold=asked, missing=case.missing(among.fact))
    value = case.company.shown(among.fact)
    if any(one in among.unsure for one in chosen):
        return Found(Result.UNKNOWN, value, asked, note=message("to_be_checked"))
    inside = any(one in among.options for one in chosen)
    return Found(Result.PASS if inside == (criterion.one_of is not None) else Result.FAIL, value, asked)


def _asked(among: Among, case: Case, *, within: bool) -> str:
    fact = case.company.catalogue[among.fact]
    labels = "、".join(option.label for option in fact.options if option.id in among.options)
    return message("one_of" if within else "none_of", options=labels)


def _certificate(test: CertificateValid, case: Case) -> Found:
    """By the date of issue where it is known; the sources do not say whether the last day itself is still covered."""
    status, since = case.company.value(test.status), case.company.value(test.since)
    figure = case.figure(test.parameter)
    asked = message("certificate", figure=figure)
    value = case.company.shown(test.status)
    if isinstance(status, str) and status != test.valid:
        return Found(Result.FAIL, value, asked)
    if isinstance(since, date) and figure is not None:
        end = years_later(since, int(figure.number))
        issued = message("issued", day=since, end=end)
        if case.as_of == end:
            return Found(Result.UNKNOWN, issued, asked, note=message("last_day"))
        return Found(Result.PASS if case.as_of < end else Result.FAIL, issued, asked)
    if status is None:
        return Found(Result.UNKNOWN, threshold=asked, missing=case.missing(test.status))
    return Found(Result.PASS, value, asked)


def _other_programme(test: Meets, case: Case) -> Found:
    verdict = case.meets(test.programme)
    results = {Outcome.ELIGIBLE: Result.PASS, Outcome.NOT_ELIGIBLE: Result.FAIL, Outcome.UNKNOWN: Result.UNKNOWN}
    failing = "、".join(criterion.label for criterion in verdict.failing())
    note = message("other_fails", name=verdict.programme.name, failing=failing) if failing else None
    asked = message("meets", name=verdict.programme.name)
    return Found(results[verdict.outcome], message(verdict.outcome), asked, missing=verdict.missing, note=note)
