"""What the weights of fusion leave open is fixed by one rule: the best clause of either kind scores the same."""

from __future__ import annotations

import pytest

from assistant.index.embedding import PolicyEmbeddings
from assistant.index.snapshot import Snapshots
from assistant.retrieval.fusion import weights
from assistant.retrieval.search import Search
from assistant.settings import Settings
from training.fusion import HEIGHT, case_examples, height

pytestmark = pytest.mark.slow


def test_official_texts_and_digests_are_on_one_scale(shipped_settings: Settings, embedding: PolicyEmbeddings) -> None:
    cases = list(case_examples(Search(Snapshots(shipped_settings).open(embedding))))
    shipped = weights()
    official = height(cases, shipped.official, shipped.interaction_official)
    digest = height(cases, shipped.digest, shipped.interaction_digest)
    assert official == pytest.approx(HEIGHT, rel=0.02)
    assert digest == pytest.approx(HEIGHT, rel=0.02)
