"""The facts box of a policy: what a reader must know before relying on a clause."""

from __future__ import annotations

from assistant.documents.compilation.selection import Entry
from assistant.documents.compilation.words import Words, chinese_date
from assistant.documents.model import Status, Version


def facts_of(entry: Entry, titles: dict[str, str], words: Words) -> tuple[tuple[str, str], ...]:
    """The rows of the box, name and value; rows with nothing to say are left out.

    Args:
        titles: the title of every version of the library by its key.
    """
    version, names = entry.document.version, words.facts
    by_policy = {key.split("@")[0]: title for key, title in titles.items()} | titles
    replaces = "、".join(f"《{by_policy[ref]}》" for ref in version.replaces if ref in by_policy)
    region = words.region.format(region=version.region) if version.region else ""
    rows = (
        (names.number, version.number or words.not_found),
        (names.issuers, "、".join(version.issuers) or words.not_found),
        (names.level, "，".join(filter(None, (words.levels[version.level], region)))),
        (names.kind, version.kind or ""),
        (names.dates, _dates(version, words)),
        (names.status, _status(entry, titles, words)),
        (names.replaces, replaces),
        (names.source, "；".join(filter(None, (version.source_note, version.source)))),
        (names.checked, chinese_date(version.checked) if version.checked else ""),
        (names.confidence, words.confidence[version.confidence]),
        (names.text, words.text[version.text_kind]),
    )
    return tuple((name, value) for name, value in rows if value)


def _dates(version: Version, words: Words) -> str:
    effective = words.dates.effective.format(day=chinese_date(version.effective)) if version.effective else ""
    return "；".join(
        filter(
            None,
            (
                words.dates.issued.format(day=chinese_date(version.issued)) if version.issued else "",
                effective or words.dates.no_effective,
                words.dates.expires.format(day=chinese_date(version.expires)) if version.expires else "",
            ),
        )
    )


def _status(entry: Entry, titles: dict[str, str], words: Words) -> str:
    version, status = entry.document.version, words.status[entry.status]
    by = titles.get(version.replaced_by or "")
    return status + (words.replaced_by.format(title=by) if by and entry.status is Status.REPLACED else "")
