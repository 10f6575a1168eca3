"""THE MAIN PATH: from a question to an answer.

The steps are listed here, in order; each stands in the file of the same name. A step takes the run so far and
returns it enriched, or ends it with a typed status; a finished run passes through untouched.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from langchain_core.runnables import Runnable, RunnableLambda

from assistant.answer.assess import assess
from assistant.answer.compose import compose
from assistant.answer.contextualise import contextualise
from assistant.answer.finish import finish
from assistant.answer.language_model import Writer
from assistant.answer.messages import message
from assistant.answer.model import Answer, AnswerStatus, Event, EventKind, Exchange, Run
from assistant.answer.qualify import qualify
from assistant.answer.retrieve import retrieve
from assistant.answer.route import route
from assistant.answer.services import Services
from assistant.answer.several import split, together
from assistant.answer.verify import verify
from assistant.errors import AssistantError, IndexIncompatible, IndexMissing
from assistant.index.embedding import load_embedding
from assistant.index.snapshot import LiveSnapshot, Snapshot, Snapshots
from assistant.retrieval.rerank import load_reranker
from assistant.retrieval.search import Search
from assistant.rules.evaluate import evaluate
from assistant.rules.model import Verdict
from assistant.rules.rulebook import Rulebook, load_rulebook, rules_folder
from assistant.rules.understand.model import Profile
from assistant.settings import Settings

log = logging.getLogger(__name__)
Step = Callable[[Run, Services], Run]

STEPS: tuple[Step, ...] = (
    contextualise,
    route,
    qualify,
    retrieve,
    assess,
    compose,
    verify,
)


def build_chain(services: Services, steps: Sequence[Step] = STEPS) -> Runnable[Run, Run]:
    """The steps as one LangChain Runnable; `invoke` takes a Run and gives it back with its answer."""
    first, *rest = (RunnableLambda(_timed(step, services)).with_config(run_name=step.__name__) for step in steps)
    chain: Runnable[Run, Run] = first
    for step in rest:
        chain = chain | step
    return chain


def _timed(step: Step, services: Services) -> Callable[[Run], Run]:
    def run_step(run: Run) -> Run:
        if run.answer is not None:
            return run
        run.emit(Event(EventKind.STATUS, message(f"step_{step.__name__}")))
        started = time.perf_counter()
        out = step(run, services)
        elapsed = (time.perf_counter() - started) * 1000
        return replace(out, timings_ms={**out.timings_ms, step.__name__: elapsed})

    return run_step


class Assistant:
    """Answers questions from the index in use. Safe to share between threads."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.embedding = load_embedding(settings.embedding_model)
        self._live = LiveSnapshot(Snapshots(settings), self.embedding)
        self._writer = Writer.of(settings)
        self._reranker = load_reranker(settings)
        self._search: tuple[Snapshot, Search] | None = None
        self._rules: tuple[Snapshot, Rulebook] | None = None
        self._lock = threading.Lock()

    def services(self) -> Services:
        """What one question works with.

        Raises:
            IndexMissing, IndexIncompatible: there is no index that can be used.
        """
        snapshot = self._live.get()
        with self._lock:
            if self._search is None or self._search[0] is not snapshot:
                self._search = (snapshot, Search(snapshot, self._reranker))
            if self._rules is None or self._rules[0] is not snapshot:
                folder = rules_folder(self.settings.library_dir, self.settings.shipped_library)
                self._rules = (snapshot, load_rulebook(folder))
            search, rulebook = self._search[1], self._rules[1]
        return Services(snapshot, search, self.settings, self._writer, rulebook)

    def ask(self, question: str, history: Sequence[Exchange] = (), as_of: date | None = None) -> Answer:
        """The whole answer to a message; several questions in it are answered one by one."""
        return self._answer(self._start(question, history, as_of))

    def assess(self, programme: str, facts: Mapping[str, object], as_of: date | None = None) -> Verdict:
        """Whether a company qualifies for a programme (id, name or alias), by its facts (see knowledge/rules/facts.yaml).

        Raises:
            IndexMissing, IndexIncompatible: there is no index that can be used.
            UnknownProgramme, FactsRefused: there is no such programme; a fact cannot be.
        """
        rulebook = self.services().rulebook
        assert rulebook is not None
        return evaluate(rulebook, programme, facts, as_of or self.settings.day())

    def converse(self, turns: Sequence[str], as_of: date | None = None) -> Answer:
        """The answer to the last turn of a conversation."""
        history: list[Exchange] = []
        answer = self.ask(turns[0] if turns else "", history, as_of)
        for turn in turns[1:]:
            if answer.exchange:
                history.append(answer.exchange)
            answer = self.ask(turn, history, as_of)
        return answer

    def stream(self, question: str, history: Sequence[Exchange] = (), as_of: date | None = None) -> Iterator[Event]:
        """Typed events while the answer is made; the last one carries the whole answer."""
        events: queue.Queue[Event] = queue.Queue()
        stopped = threading.Event()
        run = replace(self._start(question, history, as_of), emit=events.put, stopped=stopped.is_set)
        worker = threading.Thread(
            target=lambda: events.put(Event(EventKind.ANSWER, answer=self._answer(run))), name="answer", daemon=True
        )
        worker.start()
        try:
            while True:
                event = events.get()
                yield event
                if event.kind is EventKind.ANSWER:
                    return
        finally:  # the reader has gone: a language model at work is stopped
            stopped.set()

    def _start(self, question: str, history: Sequence[Exchange], as_of: date | None) -> Run:
        return Run(question=question, as_of=as_of or self.settings.day(), history=tuple(history[-HISTORY:]))

    def _answer(self, run: Run) -> Answer:
        questions = split(run.question, self._has_subject)
        if len(questions) == 1:
            return self._run(run)
        answers: list[Answer] = []
        for question in questions:
            said = tuple(answer.exchange for answer in answers if answer.exchange)
            emit = _after("".join(f"{answer.text}\n\n" for answer in answers), run.emit)
            asked = replace(run, question=question, history=(*run.history, *said), beside=bool(said), emit=emit)
            answers.append(self._run(asked))
        return together(run.question, answers)

    def _has_subject(self, sentence: str) -> bool:
        try:
            return bool(self.services().glossary.terms_in(sentence))
        except AssistantError:  # the run itself will tell
            return False

    def _run(self, run: Run) -> Answer:
        started = time.perf_counter()
        profile = run.history[-1].profile if run.history else None
        run = replace(run, profile=profile or Profile())
        try:
            run = build_chain(self.services()).invoke(run)
        except (IndexMissing, IndexIncompatible):
            run = finish(run, AnswerStatus.ERROR_NO_INDEX, message("error_no_index"))
        except Exception:  # the door: logged whole, the user reads a fixed sentence
            log.exception("a question could not be answered")
            run = finish(run, AnswerStatus.ERROR_INTERNAL, message("error_internal"))
        assert run.answer is not None
        total = (time.perf_counter() - started) * 1000
        return replace(run.answer, timings_ms={**run.timings_ms, "total": total})


def _after(shown: str, emit: Callable[[Event], None]) -> Callable[[Event], None]:
    """Tells events so that the answers already shown stay above."""

    def told(event: Event) -> None:
        emit(replace(event, text=shown + event.text) if event.kind is EventKind.REPLACE else event)

    return told


HISTORY = 12  # turns of a conversation that are kept
