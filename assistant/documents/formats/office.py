"""Formats of older office programs, converted by LibreOffice where it is installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from assistant.documents.formats.docx import read_docx
from assistant.documents.formats.model import Extract
from assistant.documents.formats.xlsx import read_xlsx
from assistant.errors import DocumentError

_SECONDS = 120
_PROGRAMS = ("soffice", "libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice")


def read_old_word(path: Path) -> Extract:
    """Read DOC, WPS or RTF by way of DOCX."""
    return _converted(path, "docx")


def read_old_excel(path: Path) -> Extract:
    """Read XLS or ET by way of XLSX."""
    return _converted(path, "xlsx")


def _converted(path: Path, suffix: str) -> Extract:
    program = next((found for name in _PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        target = "DOCX" if suffix == "docx" else "XLSX"
        advice = f"请用 Word 或 WPS 打开后另存为 {target} 再放入，或在本机安装 LibreOffice"
        raise DocumentError(
            path, 1, f"这是旧版文件格式（{path.suffix.lstrip('.').upper()}），要由 LibreOffice 转换；{advice}"
        )
    with tempfile.TemporaryDirectory(prefix="convert-") as folder:
        # A plain name: the file's own may be too long or hold characters that the program takes for a pattern.
        source = Path(folder) / f"source{path.suffix.lower()}"
        shutil.copyfile(path, source)
        made = source.with_suffix(f".{suffix}")
        _run(program, source, suffix, path)
        if not made.exists():
            raise DocumentError(path, 1, "LibreOffice 打不开这个文件，可能已损坏或加了密码；请用原来的软件打开后另存")
        result = read_docx(made) if suffix == "docx" else read_xlsx(made)
    told = (None, "由 LibreOffice 从旧版格式转换而来，请抽查编号和表格")
    return replace(result, remarks=(told, *result.remarks))


def _run(program: str, source: Path, suffix: str, path: Path) -> None:
    # A profile of its own: with a shared one a second run, or an open window, makes the program do nothing.
    profile = f"-env:UserInstallation={(source.parent / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--norestore", "--convert-to", suffix, "--outdir", str(source.parent)]
    try:
        subprocess.run([*command, str(source)], timeout=_SECONDS, capture_output=True, check=False)
    except subprocess.TimeoutExpired as error:
        raise DocumentError(path, 1, f"LibreOffice {_SECONDS} 秒没有转换完；请用 Word 或 WPS 另存后放入") from error
    except OSError as error:
        raise DocumentError(path, 1, f"LibreOffice 启动不了：{error.strerror}；请检查安装") from error
