"""Step 3: find the clauses that the question is about."""

from __future__ import annotations

from dataclasses import replace

from assistant.answer.model import Run
from assistant.answer.services import Services
from assistant.retrieval.retriever import PolicyRetriever

DEPTH = 12  # hits that the later steps may choose from


def retrieve(run: Run, services: Services) -> Run:
    """Search with the standalone question; documents cited before serve a 第N条 that names none."""
    last = run.history[-1].policies if run.history else ()
    context = tuple(services.version_numbers[key] for key in last[:1] if key in services.version_numbers)
    retriever = PolicyRetriever(engine=services.search, as_of=run.as_of, k=DEPTH, context=context)
    return replace(run, result=retriever.search(run.standalone))
