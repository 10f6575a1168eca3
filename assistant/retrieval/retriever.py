"""The search as LangChain's retriever."""

from __future__ import annotations

from datetime import date
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever

from assistant.retrieval.filters import EVERYTHING
from assistant.retrieval.lookup import NO_CONTEXT
from assistant.retrieval.model import Hit, SearchResult
from assistant.retrieval.search import Search


class PolicyRetriever(BaseRetriever):
    """Finds clauses in one snapshot as of one day.

    Every document carries its `hit` in the metadata; `search` gives the whole result.
    """

    engine: Any
    as_of: date
    k: int = 10
    scope: Any = EVERYTHING
    context: Any = NO_CONTEXT

    def search(self, query: str) -> SearchResult:
        """The hits with what was named, rejected and why."""
        engine: Search = self.engine
        return engine.search(query, self.k, self.as_of, scope=self.scope, context=self.context)

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        return [as_document(hit) for hit in self.search(query).hits]


def as_document(hit: Hit) -> Document:
    """A hit as a LangChain document."""
    version, clause = hit.found.version, hit.found.clause
    metadata = {"ref": hit.ref, "title": version.title, "clause": clause.label, "status": str(hit.status), "hit": hit}
    return Document(page_content=clause.text, metadata=metadata, id=hit.ref)
