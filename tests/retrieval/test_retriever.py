"""The search as LangChain's retriever."""

from __future__ import annotations

from datetime import date

from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import RunnableLambda

from assistant.retrieval.model import Scope
from assistant.retrieval.retriever import PolicyRetriever
from assistant.retrieval.search import Search


def test_it_is_a_langchain_retriever_whose_documents_carry_their_hits(knowledge: Search, today: date) -> None:
    retriever = PolicyRetriever(engine=knowledge, as_of=today, k=4)
    assert isinstance(retriever, BaseRetriever)
    documents = retriever.invoke("高新技术企业认定条件")
    hits = knowledge.search("高新技术企业认定条件", 4, today).hits
    assert [document.id for document in documents] == [hit.ref for hit in hits]
    first = documents[0]
    assert first.page_content == hits[0].found.clause.text
    assert first.metadata["hit"] == hits[0]
    assert first.metadata["clause"] == hits[0].found.clause.label


def test_it_goes_into_a_chain(knowledge: Search, today: date) -> None:
    retriever = PolicyRetriever(engine=knowledge, as_of=today, k=2)
    chain = retriever | RunnableLambda(lambda documents: [document.metadata["title"] for document in documents])
    assert len(chain.invoke("创新券")) == 2
    assert len(retriever.batch(["创新券", "高企"])) == 2


def test_it_keeps_to_its_day_and_scope(knowledge: Search, today: date) -> None:
    scope = Scope(levels=frozenset({"district"}))
    retriever = PolicyRetriever(engine=knowledge, as_of=date(2014, 1, 1), k=3, scope=scope)
    result = retriever.search("高企奖励")
    assert result.as_of == date(2014, 1, 1) != today
    assert {hit.found.version.level for hit in result.hits} == {"district"}
