"""ZIP containers and XML parts, opened so that a hostile file costs neither memory nor secrets."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from assistant.errors import DocumentError

MEGABYTE = 1024 * 1024
_PARTS = 20_000
_WHOLE = 400 * MEGABYTE  # unpacked; the largest real compilations with pictures stay below 100
_PART = 64 * MEGABYTE
_RATIO = 300  # a document of repeated table rows reaches about 60
_DOCTYPE = re.compile(rb"<\s*!\s*(?:DOCTYPE|ENTITY)", re.I)


@dataclass(frozen=True)
class Container:
    """The parts of a ZIP document."""

    path: Path
    archive: zipfile.ZipFile

    def __contains__(self, name: str) -> bool:
        return name in self.archive.NameToInfo

    def names(self) -> list[str]:
        return self.archive.namelist()

    def bytes(self, name: str) -> bytes:
        """A part as it stands. Raises DocumentError when it is missing, too large or damaged."""
        if name not in self:
            raise DocumentError(self.path, 1, f"文件不完整，缺少 {name}；请重新下载，或用原来的软件打开后另存")
        if self.archive.getinfo(name).file_size > _PART:
            raise DocumentError(self.path, 1, f"其中的 {name} 展开后超过 {_PART // MEGABYTE} MB；请拆成几个文件")
        try:
            return self.archive.read(name)
        except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
            encrypted = "encrypted" in str(error) or "password" in str(error)
            problem = "加了密码；请取消密码后再放入" if encrypted else "已损坏；请重新下载，或用原来的软件打开后另存"
            raise DocumentError(self.path, 1, f"文件{problem}") from error
        except Exception as error:  # zlib.error, lzma.LZMAError: the decompressors share no base class
            raise DocumentError(self.path, 1, "文件已损坏；请重新下载，或用原来的软件打开后另存") from error

    def xml(self, name: str) -> Any:
        """The root element of an XML part. Raises DocumentError as `bytes` does, and on unsafe or broken XML."""
        return parse_xml(self.bytes(name), self.path, name)

    def refuse_entities(self) -> None:
        """Raises DocumentError when any XML part declares entities; for parts that a library will parse."""
        for name in self.names():
            if name.endswith((".xml", ".rels", ".vml")):
                _refuse_doctype(self.bytes(name), self.path, name)


@contextmanager
def open_container(path: Path) -> Iterator[Container]:
    """Open a ZIP document.

    Raises:
        DocumentError: it is damaged, or would unpack to more than a document can hold.
    """
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError) as error:
        message = "文件已损坏或没有下载完整（压缩结构读不出来）；请重新下载，或用原来的软件打开后另存"
        raise DocumentError(path, 1, message) from error
    with archive:
        _refuse_bomb(archive, path)
        yield Container(path, archive)


def _refuse_bomb(archive: zipfile.ZipFile, path: Path) -> None:
    parts = archive.infolist()
    whole = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    inflated = whole > 10 * MEGABYTE and whole > _RATIO * max(packed, 1)
    if len(parts) > _PARTS or whole > _WHOLE or inflated:
        message = (
            f"展开后有 {whole // MEGABYTE} MB、{len(parts)} 个部分，不像正常的公文，为安全起见没有读入；请向来源核实"
        )
        raise DocumentError(path, 1, message)


def parse_xml(data: bytes, path: Path, name: str) -> Any:
    """The root element of an XML text; DTDs, entities and network access are refused."""
    from lxml import etree

    _refuse_doctype(data, path, name)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise DocumentError(path, 1, f"其中的 {name} 不是完整的 XML；请重新下载，或用原来的软件打开后另存") from error


def _refuse_doctype(data: bytes, path: Path, name: str) -> None:
    # The prolog is ASCII once the zero bytes of UTF-16 are gone; a document type after the root is no XML anyway.
    if _DOCTYPE.search(data[:8192].replace(b"\0", b"")):
        raise DocumentError(
            path, 1, f"其中的 {name} 带有外部实体声明，正常的公文没有，为安全起见没有读入；请向来源核实"
        )


def resolve(base: str, target: str) -> str:
    """The name of the part that `target` means when it stands in part `base`."""
    if target.startswith("/"):
        return target.lstrip("/")
    steps: list[str] = []
    for step in (*PurePosixPath(base).parent.parts, *PurePosixPath(target).parts):
        if step == "..":
            steps = steps[:-1]
        elif step != ".":
            steps.append(step)
    return "/".join(steps)


def local(element: Any) -> str:
    """The name of an element without its namespace; empty for comments and processing instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
