"""Putting the signals together."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from assistant.retrieval.fusion import REFINED, SIGNALS, Candidates, evidence, fuse, refine, weights


def candidates(count: int, digest: bool = False) -> Candidates:
    """Candidates that are all alike."""
    half = np.full(count, 0.5, np.float32)
    signals = dict.fromkeys(SIGNALS, half)
    none = np.zeros(count, bool)
    kind = np.full(count, digest)
    return Candidates(positions=np.arange(count), digest=kind, named=none, direct=none, **signals)


@pytest.mark.parametrize("digest", [False, True])
@pytest.mark.parametrize("signal", ["dense", "asked", "lexical", "home", "prior"])  # dense holds title and window too
def test_more_of_a_signal_never_counts_less(signal: str, digest: bool) -> None:
    more = replace(candidates(3, digest), **{signal: np.array([0.1, 0.5, 0.9], np.float32)})
    assert np.all(np.diff(fuse(more)) >= 0)


@pytest.mark.parametrize("signal", ["dense", "asked", "title", "home"])
def test_evidence_grows_with_what_a_question_shares_with_a_clause(signal: str) -> None:
    more = replace(candidates(3), **{signal: np.array([0.1, 0.5, 0.9], np.float32)})
    assert np.all(np.diff(evidence(more)) > 0)


def test_a_named_clause_comes_before_any_likeness_and_is_sure() -> None:
    best = replace(
        candidates(2),
        **{name: np.array([1.0, 0.0], np.float32) for name in SIGNALS},
        direct=np.array([False, True]),
    )
    scores = fuse(best)
    assert scores[1] > scores[0]
    assert evidence(best)[1] == 1.0


def test_a_clause_of_a_named_document_outranks_its_equal() -> None:
    scores = fuse(replace(candidates(2), named=np.array([False, True])))
    assert scores[1] > scores[0]


def test_evidence_is_a_share() -> None:
    extreme = replace(candidates(2), dense=np.array([-5.0, 5.0], np.float32))
    assert np.all((evidence(extreme) >= 0) & (evidence(extreme) <= 1))


def test_there_is_a_weight_for_every_signal() -> None:
    assert weights().official.shape == weights().digest.shape == (len(SIGNALS),)
    assert weights().evidence.shape == (1 + len(SIGNALS),)


def test_no_candidates_give_no_scores() -> None:
    assert fuse(candidates(0)).shape == evidence(candidates(0)).shape == (0,)


def test_words_that_meet_decide_among_the_best_and_nobody_further_down_gains_by_it() -> None:
    count = REFINED + 5
    scores = np.linspace(1.0, 0.9, count, dtype=np.float32)
    refined = refine(candidates(count), scores, lambda best: (best == 1) * np.float32(0.5) + np.float32(0.2))
    assert np.argmax(refined) == 1
    others = [i for i in range(count) if i != 1]
    assert np.all(np.diff(refined[others]) < 0)


def test_a_single_candidate_needs_no_second_look() -> None:
    one = np.array([0.3], np.float32)
    assert refine(candidates(1), one, lambda best: np.ones(len(best), np.float32)) is one
