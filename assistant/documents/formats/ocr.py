"""Recognise text in pictures, offline. RapidOCR is used here only; its wheel carries the Chinese models."""

from __future__ import annotations

import math
import re
import threading
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from assistant.documents.formats.layout import Page, TextLine, arrange
from assistant.documents.formats.model import Block, Remark
from assistant.documents.formats.scanned import with_tables
from assistant.documents.formats.seals import without_seals
from assistant.errors import DocumentError

if TYPE_CHECKING:
    import numpy

DOUBTFUL = 0.85  # below it about one line in three has a wrong character
_NOISE = 0.6  # what is less sure than this is a pattern, not text
_READABLE = 0.8  # the median line of an upright page, poorly copied, is surer; on its head it is not
_LEVEL, _STEEP = 0.002, 0.35  # radians; what is turned by less needs no straightening, by more is no skew
_ASLANT = 0.35  # radians against the page: the lettering of a seal or a watermark
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_YEAR = re.compile(r"[〔\[［](\d{4})[〕\]］】)）]|[【(（](\d{4})〕")
_OPENING = re.compile(r"\((?=[^()（）]*）|[\u4e00-\u9fff])")  # beside Chinese they are as wide as it
_CLOSING = re.compile(r"(?<=[\u4e00-\u9fff])\)|(?<=（)([^()（）]*)\)")
_LARGEST = 3500  # pixels on the longer side; the detector scales down to 2000 anyway
_one_at_a_time = threading.Lock()


@cache
def _engine() -> Any:
    import logging

    from rapidocr import RapidOCR

    # One thread: more of them wait for each other in a loop and starve an app on the same machine.
    engine = RapidOCR(params={"Global.log_level": "error", "EngineConfig.onnxruntime.intra_op_num_threads": 1})
    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    return engine


def is_installed() -> bool:
    """Whether pictures can be read."""
    from importlib.util import find_spec

    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


def read_picture(picture: numpy.ndarray[Any, Any], number: int, path: Path) -> Page:
    """Recognise a picture of a page (RGB, height × width × 3).

    Raises:
        DocumentError: the OCR packages are not installed.
    """
    if not is_installed():
        advice = "请运行 pip install -r requirements.txt 装上文字识别组件，或换成有文字的版本"
        raise DocumentError(path, 1, f"这是图片或扫描件，要识别文字才能读入；{advice}")
    picture, result, turned = _upright(without_seals(_bounded(picture)))
    height, width = picture.shape[:2]
    if result.txts is None or result.boxes is None:
        return Page(number, width, height, ())
    angle = _skew(result.boxes)
    texts = zip(result.boxes, map(written, result.txts), map(float, result.scores), strict=True)
    known, unread = [], 0
    for box, text, score in texts:
        if text and score >= _NOISE and not _is_aslant(box, angle):
            known.append((box, text, score))
        elif len(_CHINESE.findall(text)) > 1:
            unread += 1
    angle = 0.0 if abs(angle) < _LEVEL or abs(angle) > _STEEP else angle
    lines = [_line(box, text, score, number) for box, text, score in known]
    pieces = with_tables(_straightened(lines, angle), picture, angle)
    return replace(arrange(number, width, height, pieces), turned=turned, unread=unread)


def written(text: str) -> str:
    """Recognised text with its brackets in the forms that go together: 沪科〔2026]3号 and (一）are slips."""
    text = _YEAR.sub(lambda match: f"〔{match[1] or match[2]}〕", text.strip())
    return _CLOSING.sub(lambda match: f"{match[1] or ''}）", _OPENING.sub("（", text))


def _is_aslant(box: Any, angle: float) -> bool:
    """Whether a text runs otherwise than the page, whose angle is given."""
    if math.dist(box[0], box[1]) < 1.5 * math.dist(box[0], box[3]):
        return False
    own = math.atan2(float(box[1][1] - box[0][1]), float(box[1][0] - box[0][0]))
    return abs(own - angle) > _ASLANT


def _recognised(picture: Any) -> Any:
    with _one_at_a_time:
        return _engine()(picture[:, :, ::-1], use_cls=False)  # what lies on its head shall read badly


def _upright(picture: Any) -> tuple[Any, Any, int]:
    """The picture as it is to be read, what was recognised in it, and by how many degrees clockwise it lay."""
    import numpy

    result = _recognised(picture)
    lay = _turned(result)
    if not lay:
        return picture, result, 0
    upright = numpy.ascontiguousarray(numpy.rot90(picture, lay // 90))
    again = _recognised(upright)
    return (upright, again, lay) if _read(again) > _read(result) else (picture, result, 0)


def _turned(result: Any) -> int:
    """By how many degrees clockwise a page seems to lie: its lines run downward, or read badly."""
    if not result.txts:
        return 0
    downward = sum(len(t) * (_side(b, 1) > _side(b, 0)) for b, t in zip(result.boxes, result.txts, strict=True))
    badly = median(result.scores) < _READABLE
    if downward > sum(map(len, result.txts)) / 2:
        return 270 if badly else 90
    return 180 if badly else 0


def _side(box: Any, axis: int) -> float:
    values = [float(corner[axis]) for corner in box]
    return max(values) - min(values)


def _read(result: Any) -> float:
    """How much was read for sure: characters, weighted; of lines that run downward nothing can be put in order."""
    if not result.txts:
        return 0.0
    found = zip(result.boxes, result.txts, result.scores, strict=True)
    return sum(len(t) * max(float(s) - _NOISE, 0.0) for b, t, s in found if _side(b, 0) >= _side(b, 1))


def remarks(pages: Iterable[Page]) -> Iterator[Remark]:
    """A remark for each page that was turned, and for each with text that was left out."""
    for page in pages:
        if page.unread:
            yield page.number, f"这一页有 {page.unread} 处文字认不清（或是印章、水印上的字），没有读入；请对照原件"
        if page.turned:
            lay = "倒放" if page.turned == 180 else "横放"
            yield page.number, f"这一页是{lay}的，已转正后识别；请核对"


def doubts(blocks: list[Block]) -> list[Remark]:
    """A remark for each page with blocks that should be compared with the original."""
    by_page: dict[int | None, list[str]] = {}
    for block in blocks:
        if block.confidence is not None and block.confidence < DOUBTFUL:
            by_page.setdefault(block.page, []).append(f"“{block.text[:16]}…”（{block.confidence:.0%}）")
    return [
        (page, f"有 {len(texts)} 段识别把握不大，请对照原件：" + "、".join(texts[:5]))
        for page, texts in by_page.items()
    ]


def _bounded(picture: Any) -> Any:
    longest = max(picture.shape[:2])
    if longest <= _LARGEST:
        return picture
    import cv2

    scale = _LARGEST / longest
    return cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)


def _line(box: Any, text: str, score: float, number: int) -> TextLine:
    """A line from its four corners, clockwise from the upper left."""
    xs, ys = [float(x) for x, _ in box], [float(y) for _, y in box]
    size = (math.dist(box[0], box[3]) + math.dist(box[1], box[2])) / 2
    return TextLine(text, min(xs), min(ys), max(xs), max(ys), size * 0.9, number, confidence=score)


def _skew(boxes: Any) -> float:
    """The angle of the lines in radians; long ones tell it best."""
    angles = [
        math.atan2(float(b[1][1] - b[0][1]), float(b[1][0] - b[0][0])) for b in boxes if math.dist(b[0], b[1]) > 150
    ]
    return median(angles) if angles else 0.0


def _straightened(lines: list[TextLine], angle: float) -> list[TextLine]:
    """Turn the page back, so that lines which belong together have the same height."""
    if not angle:
        return lines
    cos, sin = math.cos(-angle), math.sin(-angle)

    def turned(line: TextLine) -> TextLine:
        x, y = (line.x0 + line.x1) / 2, (line.y0 + line.y1) / 2
        x, y = x * cos - y * sin, x * sin + y * cos
        half = (line.x1 - line.x0) / 2 / math.cos(angle) - line.size * abs(sin) / 2
        return replace(line, x0=x - half, x1=x + half, y0=y - line.size / 2, y1=y + line.size / 2)

    return [turned(line) for line in lines]
