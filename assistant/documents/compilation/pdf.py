"""Print a Word document as PDF through LibreOffice."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from xml.sax.saxutils import escape

from assistant.documents.compilation.words import Fonts
from assistant.errors import AssistantError

_PROGRAMS = ("soffice", "libreoffice")
_SECONDS = 300  # for some 300 pages on two busy cores


def printer() -> str | None:
    """LibreOffice's program, if this machine has it."""
    return next((found for name in _PROGRAMS if (found := shutil.which(name))), None)


def print_pdf(word: bytes, program: str, fonts: Fonts) -> bytes:
    """The document as PDF, fonts that are not installed replaced by the stand-ins.

    Raises:
        AssistantError: LibreOffice failed or took too long.
    """
    with tempfile.TemporaryDirectory(prefix="compilation-") as name:
        folder = Path(name)
        source = folder / "compilation.docx"
        source.write_bytes(word)
        (folder / "fonts.conf").write_text(_font_configuration(fonts), encoding="utf-8")
        command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to"]
        command += ["pdf", "--outdir", str(folder), str(source)]
        try:
            done = subprocess.run(
                command,
                capture_output=True,
                text=True,
                timeout=_SECONDS,
                env=_environment(folder),
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise AssistantError(f"LibreOffice 超过 {_SECONDS} 秒没有转换完，请改为输出 .docx，或稍后再试") from error
        result = source.with_suffix(".pdf")
        if not result.exists():
            raise AssistantError(f"LibreOffice 没有转换成功，请改为输出 .docx；它的提示：{done.stderr.strip()[-300:]}")
        return result.read_bytes()


def _environment(folder: Path) -> dict[str, str]:
    return os.environ | {"FONTCONFIG_FILE": str(folder / "fonts.conf"), "HOME": str(folder)}


def _font_configuration(fonts: Fonts) -> str:
    """The system's fonts, plus the stand-ins in their order."""
    aliases = []
    for wanted, *others in (fonts.title, fonts.heading, fonts.subheading, fonts.body, fonts.number):
        prefer = "".join(f"<family>{escape(other)}</family>" for other in others)
        aliases.append(f'<alias binding="same"><family>{escape(wanted)}</family><accept>{prefer}</accept></alias>')
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>' + "".join(aliases) + "</fontconfig>"
    )
