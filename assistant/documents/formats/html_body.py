"""Find the document on a web page."""

from __future__ import annotations

import re
from typing import Any

from assistant.documents.formats.portal import Portal

_DROPPED = (
    "script", "style", "noscript", "iframe", "svg", "form", "button", "select", "input", "nav", "header", "footer",
    "object", "video", "audio", "canvas", "template", "aside",
)  # fmt: skip
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_PROSE = re.compile(r"[\u4e00-\u9fff，。；：]")
_KEPT = 0.9  # of the prose of the page must be inside the element that is taken for the body
_ENOUGH = 40  # characters in an element that is named like a body


def marks(element: Any) -> set[str]:
    """The id and the classes of an element, in lower case."""
    return {(element.get("id") or "").lower(), *(element.get("class") or "").lower().split()} - {""}


def strip(root: Any, site: Portal) -> None:
    """Remove scripts, controls, hidden parts and what the site names as furniture, in place."""
    from lxml import etree

    etree.strip_elements(root, etree.Comment, *_DROPPED, with_tail=False)
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or element.getparent() is None or element.tag in {"html", "body", "head"}:
            continue
        hidden = element.get("hidden") is not None or _HIDDEN.search(element.get("style") or "")
        named = marks(element) & site.furniture and not _holds_body(element, site)
        if hidden or (named and _links_or_short(element)):
            element.drop_tree()


def _holds_body(element: Any, site: Portal) -> bool:
    """Whether an element with a careless name is the wrapper of the body."""
    return any(marks(inner) & site.body for inner in element.iter("div", "td"))


def body_of(root: Any, site: Portal) -> Any:
    """The element that holds the document: one that is named so, else the smallest with nearly all of the prose."""
    wrappers = root.iter("div", "td", "article", "section")
    named = [e for e in wrappers if marks(e) & site.body and len(_text(e)) > _ENOUGH]
    outermost = [e for e in named if not any(other in named for other in e.iterancestors())]
    if outermost:
        best = max(outermost, key=_prose)
        if len(outermost) == 1 or _prose(best) > _KEPT * sum(map(_prose, outermost)):
            return best
        return _common(outermost)
    body = root.find(".//body")
    current = body if body is not None else root
    whole = _prose(current)
    while whole:
        inner = [child for child in current if isinstance(child.tag, str) and child.tag in _WRAPPERS]
        best = max(inner, key=_prose, default=None)
        if best is None or _prose(best) < _KEPT * whole:
            break
        current = best
    return current


_WRAPPERS = {"div", "article", "main", "section", "table", "tbody", "tr", "td", "center", "font"}


def _common(elements: list[Any]) -> Any:
    """The nearest element that holds all of them."""
    above = [list(element.iterancestors()) for element in elements]
    return next(candidate for candidate in above[0] if all(candidate in others for others in above[1:]))


def _text(element: Any) -> str:
    return "".join(element.itertext())


def _prose(element: Any) -> int:
    """Chinese characters that are not links."""
    linked = sum(len(_PROSE.findall(_text(link))) for link in element.iter("a"))
    return len(_PROSE.findall(_text(element))) - linked


def _links_or_short(element: Any) -> bool:
    text = _text(element)
    return len(text.strip()) < 200 or _prose(element) < len(_PROSE.findall(text)) / 2
