"""Pictures of documents: photographs and scans."""

from __future__ import annotations

import re
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.documents.formats import ocr, progress
from assistant.documents.formats.flow import paragraphs
from assistant.documents.formats.layout import Page
from assistant.documents.formats.model import Extract
from assistant.documents.formats.running import without_running_heads
from assistant.errors import DocumentError

if TYPE_CHECKING:
    import numpy

_FRAMES = 300
_PIXELS = 120_000_000  # an A3 page at 600 dpi has 70 million
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_LEAST = 8  # Chinese characters; a picture with fewer is no document


def read_image(path: Path) -> Extract:
    """Read a PNG, JPEG, TIFF (all of its pages), BMP or WebP."""
    from PIL import Image, ImageSequence, UnidentifiedImageError

    pages: list[Page] = []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # _upright has its own limit
            with Image.open(path) as file:
                for number, frame in enumerate(ImageSequence.Iterator(file), start=1):
                    if number > _FRAMES:
                        raise DocumentError(path, 1, f"图片超过 {_FRAMES} 页；请拆成几个文件")
                    progress.page(path, number, getattr(file, "n_frames", 1))
                    pages.append(ocr.read_picture(upright(frame, path), number, path))
    except Image.DecompressionBombError as error:
        raise DocumentError(path, 1, "图片展开后太大；请缩小到 A4 幅面 300 dpi 后放入") from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        if isinstance(error, PermissionError):
            raise
        raise DocumentError(path, 1, "图片已损坏或没有下载完整；请重新下载或重新扫描") from error
    return from_pictures(pages, path)


def from_pictures(pages: list[Page], path: Path) -> Extract:
    """Put recognised pages together."""
    said = tuple(ocr.remarks(pages))
    pages, remarks = without_running_heads(pages)
    blocks = paragraphs(pages)
    refuse_textless(sum(len(_CHINESE.findall(block.text)) for block in blocks), path)
    told = (None, "文字由图片识别而来，请对照原件抽查，数字和条号尤其要看")
    return Extract(tuple(blocks), (told, *said, *remarks, *ocr.doubts(blocks)))


def refuse_textless(characters: int, path: Path) -> None:
    """Raises DocumentError when a picture holds no Chinese text."""
    if characters < _LEAST:
        raise DocumentError(path, 1, "图片里没有认出中文文字；请确认是不是文件的扫描件，太模糊时请重新扫描（300 dpi）")


def upright(picture: Any, path: Path) -> numpy.ndarray[Any, Any]:
    """A Pillow image as an RGB array, turned as its camera says, transparency on white."""
    import numpy
    from PIL import Image, ImageOps

    if picture.width * picture.height > _PIXELS:
        raise DocumentError(
            path, 1, f"图片有 {picture.width}×{picture.height} 点，太大；请缩小到 A4 幅面 300 dpi 后放入"
        )
    picture = ImageOps.exif_transpose(picture)
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture)
    return numpy.asarray(picture.convert("RGB"))
