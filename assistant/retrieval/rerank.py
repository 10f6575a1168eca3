"""A second look at the best candidates by a model that reads question and clause together; off by default.

`ASSISTANT_RERANKER_MODEL` names a local CrossEncoder folder, or an endpoint in the form that Jina, Cohere and
OpenAI-compatible servers share, `https://host/v1/rerank`; the model's name follows after a #.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import urldefrag
from urllib.request import ProxyHandler, Request, build_opener

import numpy as np
from numpy.typing import NDArray

from assistant.errors import ModelError
from assistant.index.cross_encoder import CrossEncoderFolder
from assistant.settings import Settings

log = logging.getLogger(__name__)
DEPTH = 24  # candidates that are read again: the right clause is among them nearly as often as among a hundred
TIMEOUT = 5.0  # seconds for an endpoint, after which the order by signals stands


class Reranker(Protocol):
    """Reads a question together with texts."""

    def scores(self, question: str, texts: Sequence[str]) -> Sequence[float]:
        """How well each text answers the question, shape (texts,), higher is better.

        Raises:
            ModelError: no scores could be had.
        """


def load_reranker(settings: Settings) -> Reranker | None:
    """The reranker that the settings ask for, if any.

    Raises:
        ModelError: a folder that holds no model.
    """
    name = settings.reranker_model
    if not name:
        return None
    if name.startswith(("http://", "https://")):
        url, model = urldefrag(name)
        return RerankEndpoint(url, model or None, settings.reranker_api_key.get_secret_value())
    return CrossEncoderFolder(Path(name))


@dataclass(frozen=True)
class RerankEndpoint:
    """A server that takes {"query", "documents"} and gives {"results": [{"index", "relevance_score"}]}."""

    url: str
    model: str | None
    key: str

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """See `Reranker.scores`."""
        asked = {"query": question, "documents": list(texts), "top_n": len(texts)}
        headers = {"Content-Type": "application/json"}
        if self.model:
            asked["model"] = self.model
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        request = Request(self.url, json.dumps(asked).encode(), headers)
        try:
            with build_opener(ProxyHandler({})).open(request, timeout=TIMEOUT) as answer:
                results = json.load(answer)["results"]
            of = {int(result["index"]): float(result["relevance_score"]) for result in results}
            return [of[i] for i in range(len(texts))]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelError(f"重排接口 {self.url} 没有给出结果（{type(error).__name__}：{error}）") from error


def reranked(
    reranker: Reranker,
    question: str,
    scores: NDArray[np.float32],
    direct: NDArray[np.bool_],
    texts: Callable[[NDArray[np.int64]], Sequence[str]],
) -> NDArray[np.float32]:
    """The scores, handed out anew among the best candidates in the reranker's order; unchanged where it fails.

    The later steps compare scores with each other, so the scale stays that of the signals.

    Args:
        direct: candidates that are named in the question and keep their place.
        texts: gives the texts of candidates by their numbers.
    """
    best = np.argsort(-scores, kind="stable")
    best = best[~direct[best]][:DEPTH]
    if len(best) < 2:
        return scores
    try:
        found = np.array(reranker.scores(question, texts(best)), np.float32)
        if found.shape != best.shape or not np.all(np.isfinite(found)):
            raise ModelError(f"重排模型应给出 {len(best)} 个分数，实际给出 {found.shape}")
    except ModelError as error:
        log.warning("not reranked: %s", error)
        return scores
    out = scores.copy()
    out[best[np.argsort(-found, kind="stable")]] = scores[best]
    return out
