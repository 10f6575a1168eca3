"""Web pages as government sites publish them: the document kept whole, the site around it left out."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.documents.formats.container import MEGABYTE
from assistant.documents.formats.decoding import decode
from assistant.documents.formats.html_blocks import blocks_of, plain
from assistant.documents.formats.html_body import body_of, marks, strip
from assistant.documents.formats.model import Block, Extract, Remark
from assistant.documents.formats.portal import Portal, portal
from assistant.errors import DocumentError

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]+)""", re.I)
_SITE_NAME = re.compile(r"\s*[-_|—–]+\s*[^-_|—–]*(?:网|门户|政府|委员会|平台|局)[^-_|—–]*$")
_PARTS = re.compile(r"\s*[_|｜]\s*")  # of a page's title: that of the document, the column, the site
_FILE_LINK = re.compile(r"\.(?:pdf|docx?|xlsx?|wps|et|ofd|zip|rar)(?:$|[?#])", re.I)
_LARGEST = 30 * MEGABYTE
_SPARSE = 80  # characters; a page with less and with attachments only announces them


def read_html(path: Path) -> Extract:
    """Read a saved page."""
    if path.stat().st_size > _LARGEST:
        raise DocumentError(path, 1, f"网页超过 {_LARGEST // MEGABYTE} MB；请在浏览器里打印成 PDF 后放入")
    data = path.read_bytes()
    declared = _CHARSET.search(data[:4096])
    encoding = declared.group(1).decode("ascii", "replace") if declared else None
    if encoding and encoding.lower() in {"gb2312", "gbk"}:
        encoding = "gb18030"  # its superset; pages declare the old name and use characters that it lacks
    text, remarks = decode(data, path, encoding)
    return read_page(text, path, remarks)


def read_mhtml(path: Path) -> Extract:
    """Read a page that a browser saved as one file."""
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            assert isinstance(payload, bytes)
            text, remarks = decode(payload, path, part.get_content_charset())
            return read_page(text, path, remarks)
    raise DocumentError(path, 1, "单文件网页里没有正文；请在浏览器里另存为“网页，全部”或 PDF 后放入")


def read_page(text: str, path: Path, remarks: tuple[Remark, ...] = ()) -> Extract:
    """Read the text of a page."""
    from lxml import html

    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)  # lxml refuses text that declares an encoding
    parser = html.HTMLParser(huge_tree=True, no_network=True)  # allows 2,048 nested elements instead of 256
    root = html.document_fromstring(text, parser=parser)
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise DocumentError(path, 1, "网页嵌套太深，读不完整；请在浏览器里打印成 PDF 后放入")
    site = portal()
    details = list(dict.fromkeys((*_meta(root, site), *site.particulars(_cells(root)))))
    title = _title(root, site, details)
    attachments = _attachments(root, site)
    strip(root, site)
    body = body_of(root, site)
    blocks = [block for block in blocks_of(body) if not site.is_furniture(block.text)]
    blocks = _without_particulars(blocks, site)
    if attachments:
        blocks = [block for block in blocks if block.text not in attachments]
        said = "页面上的附件没有读入，请下载后另行放入：" + "、".join(attachments)
        remarks = (*remarks, (None, said))
    if sum(len(block.text) for block in blocks) < _SPARSE:
        remarks = (
            *remarks,
            (None, "网页正文很短，可能只是附件的说明，或正文由脚本载入；请核对，必要时下载附件或打印成 PDF 放入"),
        )
    return Extract(tuple(_titled(blocks, title)), remarks, title, tuple(details))


def _meta(root: Any, site: Portal) -> Iterator[tuple[str, str]]:
    for element in root.iter("meta"):
        label = site.meta.get((element.get("name") or "").lower())
        content = (element.get("content") or "").strip()
        if label and content:
            yield label, content


def _cells(root: Any) -> Iterator[str]:
    """Short texts in page order: cells, list items, spans."""
    for element in root.iter("td", "th", "li", "span", "p", "dt", "dd", "div", "label", "strong"):
        text = plain(element)
        if 0 < len(text) <= 80:
            yield text


def _title(root: Any, site: Portal, details: list[tuple[str, str]]) -> str | None:
    stated = dict(details).get("标题")
    if stated:
        return stated
    for element in root.iter():
        if isinstance(element.tag, str) and marks(element) & site.title and (text := plain(element)):
            return text
    headings = [text for element in root.iter("h1") if len(text := plain(element)) > 5]
    if len(headings) == 1:
        return headings[0]
    page = root.find(".//title")
    text = plain(page) if page is not None else ""
    named = _PARTS.split(_SITE_NAME.sub("", text).strip())[0]
    headings = [text for element in root.iter("h1", "h2", "h3") if named in (text := plain(element))]
    return max(headings, key=len) if headings and len(named) > 5 else named or None


def _attachments(root: Any, site: Portal) -> list[str]:
    names = []
    for link in root.iter("a"):
        if _FILE_LINK.search(link.get("href") or "") and (name := plain(link)):
            names.append(name)
    for element in list(root.iter("div", "ul", "p", "dl")):
        if marks(element) & site.attachments and element.getparent() is not None:
            element.drop_tree()
    return list(dict.fromkeys(names))


def _without_particulars(blocks: list[Block], site: Portal) -> list[Block]:
    """Leave out the table of particulars: it went into the details."""
    return [
        block
        for block in blocks
        if not (block.text.startswith("|") and len(site.particulars(re.split(r"\s*\|\s*", block.text))) >= 3)
        and not (len(block.text) < 60 and site.particulars([block.text]))
    ]


def _titled(blocks: list[Block], title: str | None) -> list[Block]:
    """Begin with the title, said once; sites print it above the body, in the body, or in both places."""
    if not title:
        return blocks
    bare = re.sub(r"\s", "", title)
    head = ""
    for number, block in enumerate(blocks[:4]):
        head += re.sub(r"\s", "", block.text)
        if head == bare:
            return [Block(title, heading=1), *blocks[number + 1 :]]
        if not bare.startswith(head):
            break
    if any(re.sub(r"\s", "", block.text) == bare for block in blocks[:12]):
        return blocks
    return [Block(title, heading=1), *blocks]
