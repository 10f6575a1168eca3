"""The label in a file's metadata that says its text was generated (GB 45438-2025, annex E).

Text formats carry it as one JSON value named AIGC: a custom property in Word, an entry of the document information in
PDF, a meta element in HTML. What readers see is a sentence in the text itself and stands elsewhere.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

NAME = "AIGC"
PRODUCER = "松江区科技政策问答助手"
_GENERATED = "1"  # 1: generated; 2: possibly; 3: suspected
_ID = 32  # hexadecimal digits of the number of a content

_CUSTOM = "docProps/custom.xml"
_CUSTOM_KIND = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_PROPERTIES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
    '<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="AIGC">'
    "<vt:lpwstr>{value}</vt:lpwstr></property></Properties>"
)


def metadata(content: str, producer: str = PRODUCER) -> str:
    """The label as JSON; the number of the content follows from its text, so that equal contents have equal labels."""
    number = hashlib.sha256(content.encode()).hexdigest()[:_ID]
    label = {
        "Label": _GENERATED,
        "ContentProducer": producer,
        "ProduceID": number,
        "ReservedCode1": "",
        "ContentPropagator": producer,
        "PropagateID": number,
        "ReservedCode2": "",
    }
    return json.dumps(label, ensure_ascii=False)


def html_meta(label: str) -> str:
    """The element for the head of a page."""
    return f"<meta name={quoteattr(NAME)} content={quoteattr(label)}>"


def mark_office(file: Path, label: str) -> None:
    """Put the label into a Word or Excel file (OOXML) that has no custom properties yet, in place.

    Raises:
        ValueError: the file has custom properties already.
    """
    with zipfile.ZipFile(file) as package:
        parts = [(info, package.read(info)) for info in package.infolist()]
    if any(info.filename == _CUSTOM for info, _ in parts):
        raise ValueError(f"{file} has custom properties already")
    beside = file.with_suffix(f"{file.suffix}.marked")
    with zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED) as package:
        for info, data in parts:
            package.writestr(info, _registered(info.filename, data))
        dated = zipfile.ZipInfo(_CUSTOM, parts[0][0].date_time)
        dated.compress_type = zipfile.ZIP_DEFLATED
        package.writestr(dated, _PROPERTIES.format(value=escape(label)))
    beside.replace(file)


def _registered(name: str, data: bytes) -> bytes:
    """The part, with the new one named where the package lists its parts and their relations."""
    if name == "[Content_Types].xml":
        entry = f'<Override PartName="/{_CUSTOM}" ContentType="{_CUSTOM_KIND}"/></Types>'
        return data.replace(b"</Types>", entry.encode())
    if name == "_rels/.rels":
        entry = f'<Relationship Id="rIdAIGC" Type="{_RELATION}" Target="{_CUSTOM}"/></Relationships>'
        return data.replace(b"</Relationships>", entry.encode())
    return data
