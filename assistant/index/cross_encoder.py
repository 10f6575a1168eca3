"""A model that reads question and clause together (a sentence-transformers CrossEncoder), from a local folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import Any

from assistant.errors import ModelError

_BATCH = 16
_LONGEST = 512  # tokens of question and clause together, what such models are made for


class CrossEncoderFolder:
    """Loaded when first asked, since most questions of the command line end before that."""

    def __init__(self, folder: Path) -> None:
        """
        Raises:
            ModelError: there is no such folder.
        """
        if not (folder / "config.json").is_file():
            raise ModelError(
                f"ASSISTANT_RERANKER_MODEL 指定的目录里没有重排模型：{folder}。\n"
                "请改成 CrossEncoder 模型的本地目录，或以 /rerank 结尾的接口地址，或去掉该设置。"
            )
        self._folder = folder
        self._model: Any = None
        self._fault: str | None = None
        self._lock = Lock()

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """How well each text answers the question, higher is better, shape (texts,).

        Raises:
            ModelError: the model cannot be loaded or does not give one score for each text.
        """
        model = self._load()
        try:
            found = model.predict([(question, text) for text in texts], batch_size=_BATCH, show_progress_bar=False)
            return [float(score) for score in found]
        except Exception as error:  # a model of another kind fails in many ways for one reason
            raise ModelError(f"重排模型 {self._folder} 不能打分：{error}") from error

    def _load(self) -> Any:
        with self._lock:
            if self._fault:
                raise ModelError(self._fault)
            if self._model is None:
                from sentence_transformers import CrossEncoder

                try:
                    longest = {"model_max_length": _LONGEST}
                    self._model = CrossEncoder(
                        str(self._folder), local_files_only=True, device="cpu", processor_kwargs=longest
                    )
                except Exception as error:  # the libraries below raise many kinds for one fact: it cannot be loaded
                    self._fault = f"重排模型 {self._folder} 不能加载（{type(error).__name__}：{error}）"
                    raise ModelError(self._fault) from error
            return self._model
