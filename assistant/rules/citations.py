"""How a cited clause is named to people: 《高新技术企业认定管理办法》第十一条（五）."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from assistant.documents.model import Clause, Document

Labels = Mapping[str, str]


def clause_labels(documents: Iterable[Document]) -> dict[str, str]:
    """The name of every clause and part, by `policy#clause` and `policy#clause.part`."""
    labels: dict[str, str] = {}
    for document in documents:
        title = f"《{document.version.title}》"
        for clause in document.clauses:
            ref = f"{document.version.policy}#{clause.id}"
            labels[ref] = title + clause.label
            for part in clause.parts:
                labels[f"{ref}.{part.id}"] = title + clause.label + _within(clause, part.path)
    return labels


def _within(clause: Clause, path: tuple[str, ...]) -> str:
    return "".join(path[len(clause.path) :])
