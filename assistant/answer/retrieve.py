"""Step 3: find the clauses that the question is about."""

from __future__ import annotations

from dataclasses import replace

from assistant.answer.model import Run
from assistant.answer.services import Services
from assistant.retrieval.lookup import NO_CONTEXT
from assistant.retrieval.model import Context
from assistant.retrieval.retriever import PolicyRetriever

DEPTH = 12  # hits that the later steps may choose from


def retrieve(run: Run, services: Services) -> Run:
    """Search with the standalone question; a follow-up is answered from the documents cited before, first."""
    context = _context(run, services) if run.history else NO_CONTEXT
    retriever = PolicyRetriever(engine=services.search, as_of=run.as_of, k=DEPTH, context=context)
    query = f"{run.standalone} {run.question}" if run.follows else run.standalone  # what is new counts twice
    return replace(run, result=retriever.search(query))


def _context(run: Run, services: Services) -> Context:
    """What the last answer cited: all of it for a follow-up, else its first document for a 第N条 that names none."""
    last = run.history[-1]
    versions = [services.version_numbers[key] for key in last.policies if key in services.version_numbers]
    found = (services.clause(ref) for ref in last.refs)
    clauses = tuple(stored.position for stored in found if stored)
    if run.follows:
        return Context(tuple(versions[:2]), clauses)
    return Context() if run.terms else Context(tuple(versions[:1]), clauses)
