"""What staff should look after: policies not checked for long, and names that lead nowhere.

None of it stops publishing; `ingest.py --check` lists it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from assistant.documents.library import Library, SideFiles
from assistant.documents.model import Problem, Status

CHECK_EVERY_MONTHS = 6  # district policies change with every year's budget
ENDED = (Status.EXPIRED, Status.REPLACED)


def overdue(library: Library, day: date, months: int = CHECK_EVERY_MONTHS) -> list[Problem]:
    """Versions that have not ended by `day` and were last checked `months` or more whole months before it."""
    found = []
    for document in library.documents:
        version = document.version
        if version.checked and months_between(version.checked, day) >= months and version.status(day) not in ENDED:
            line = _line(library.root / version.file, "checked:")
            message = f"上次核对是 {version.checked}，已满 {months} 个月；请核对是否仍然有效，再改 checked"
            found.append(Problem(version.file, line, message))
    return found


def months_between(first: date, last: date) -> int:
    """Whole months from the first day to the last."""
    return (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)


def dangling(library: Library, sides: SideFiles) -> list[Problem]:
    """Names in the library's files that nothing bears: policies and offices."""
    return [*_unknown_policies(library, sides), *_unknown_offices(library, sides)]


def _unknown_policies(library: Library, sides: SideFiles) -> Iterator[Problem]:
    known = {document.version.policy for document in library.documents}
    named = {
        "collections.yaml": [policy for collection in sides.collections for policy in collection.policy_ids()],
        "calendar.yaml": [window.policy for window in sides.calendar],
        "glossary.yaml": [name.policy for name in sides.glossary.file.documents],
    }
    for name, policies in named.items():
        file = library.root / name
        if not file.exists():  # the shipped one serves, which speaks of the shipped policies
            continue
        for policy in dict.fromkeys(policies):
            if policy not in known:
                yield Problem(name, _line(file, policy), f"政策编号 {policy} 在库里不存在；请更正，或先加入该政策")


def _unknown_offices(library: Library, sides: SideFiles) -> Iterator[Problem]:
    for document in library.documents:
        for clause in document.clauses:
            if clause.office and sides.offices.get(clause.office) is None:
                file = document.version.file
                message = f"ask 里的部门 {clause.office} 在 offices.yaml 里不存在；请更正，或先加入该部门"
                yield Problem(file, _line(library.root / file, f"ask: {clause.office}"), message)
    default = sides.offices.file.default
    if default and sides.offices.default() is None:
        line = _line(library.root / "offices.yaml", "default:")
        yield Problem("offices.yaml", line, f"default 里的部门 {default} 不存在；请更正")


def _line(file: Path, words: str) -> int:
    """The first line that holds the words, as whole words."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return 1
    whole = re.compile(rf"(?<![\w-]){re.escape(words)}(?![\w-])")
    return next((number for number, line in enumerate(lines, start=1) if whole.search(line)), 1)
