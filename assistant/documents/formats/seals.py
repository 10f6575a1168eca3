"""Red seals on a scanned page: taken off, so that the text below them can be recognised."""

from __future__ import annotations

from typing import Any

_STEP = 4  # every fourth pixel is enough to find a seal
_REDDER = 45  # than green and blue, of 255
_WIDE = (0.09, 0.4)  # of the longer side of the page; a seal has 4 to 5 cm, A4 has 30
_ROUND = (0.75, 1.33)  # width by height; letterheads are wider
_FULL = 0.5  # of its square in red; more is a sign with light text on it
_DARK, _LIGHT = 0.5, 0.85  # of the red of the seal: what is darker is ink below it, what is lighter is paper


def without_seals(picture: Any) -> Any:
    """The page with its seals taken off; the same array where there is none.

    Args:
        picture: RGB, height × width × 3, 0 to 255.
    """
    import cv2
    import numpy

    small = picture[::_STEP, ::_STEP].astype(numpy.int16)
    red = (small[:, :, 0] - small[:, :, 1:].max(axis=2) > _REDDER).astype(numpy.uint8)
    if not red.any():
        return picture
    longest = max(red.shape)
    joined = cv2.morphologyEx(red, cv2.MORPH_CLOSE, numpy.ones((longest // 60 + 1,) * 2, numpy.uint8))
    cleaned = picture
    for x, y, wide, high, _ in cv2.connectedComponentsWithStats(joined)[2][1:].tolist():
        sized = all(_WIDE[0] < side / longest < _WIDE[1] for side in (wide, high))
        inked = red[y : y + high, x : x + wide] > 0
        if sized and _ROUND[0] < wide / high < _ROUND[1] and inked.mean() < _FULL:
            cleaned = picture.copy() if cleaned is picture else cleaned
            level = float(numpy.median(small[y : y + high, x : x + wide, 0][inked]))
            rows, columns = slice(y * _STEP, (y + high + 1) * _STEP), slice(x * _STEP, (x + wide + 1) * _STEP)
            dark, light = _DARK * level, _LIGHT * level
            shade = (picture[rows, columns, 0].astype(numpy.float32) - dark) / max(light - dark, 1.0)
            cleaned[rows, columns] = (shade.clip(0, 1) * 255).astype(numpy.uint8)[:, :, None]
    return cleaned
