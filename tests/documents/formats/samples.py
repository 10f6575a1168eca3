"""One small document in each format, made by the tests' own tools; every part of an official document is in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl

from tests.documents.formats.typeset import draw, scanned, typeset, write_ofd, write_pdf

TITLE = "松江区测试券管理办法（试行）"
LINES = [
    "松测规〔2026〕3号",
    f"关于印发《{TITLE}》的通知",
    "各有关单位：",
    "现将《办法》印发给你们，请遵照执行。",
    "附件：1.申请表",
    "上海市松江区测试委员会",
    "2026年3月20日",
    TITLE,
    "第一章 总则",
    "第一条　为了支持企业开展研究开发活动，制定本办法。",
    "第二条　本办法适用于下列企业：",
    "（一）高新技术企业，每家每年不超过20万元；",
    "1.成立满一年；",
    "（二）科技型中小企业，兑付比例为30%。",
    "第三条　依照第二条规定，“申请”由平台受理。",
    "第二章 附则",
    "第四条　本办法自2026年5月1日起施行，有效期至2028年4月30日。《旧办法》（松测规〔2020〕1号）同时废止。",
    "附件1 申请表",
]
ROWS = [["事项", "比例", "金额"], ["检验", "30%", "5万元"], ["开发", "50%", "20万元"]]
_TABLE = "\n".join("| " + " | ".join(row) + " |" for row in (ROWS[0], ["---"] * 3, *ROWS[1:]))


def _text(path: Path) -> None:
    path.write_text("\n".join([*LINES, *("\t".join(row) for row in ROWS)]), encoding="utf-8")


def _old_text(path: Path) -> None:
    path.write_text("\n".join([*LINES, *("\t".join(row) for row in ROWS)]), encoding="gb18030")


def _markdown(path: Path) -> None:
    path.write_text(
        f"---\nnumber: 松测规〔2026〕3号\n---\n# {TITLE}\n\n" + "\n\n".join([*LINES[7:], _TABLE]), encoding="utf-8"
    )


def _page(path: Path) -> None:
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in ROWS)
    body = "".join(f"<p>　　{text}</p>\n" for text in LINES)
    path.write_text(
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{LINES[1]}</title></head><body><div class="nav">'
        f'<a href="/">首页</a></div><h1>{LINES[1]}</h1><div class="Article_content">{body}<table>{rows}</table></div>'
        '<div class="share">分享到</div><script>var a = "<p>";</script></body></html>',
        encoding="utf-8",
    )


def _word(path: Path) -> None:
    document = docx.Document()
    document.add_heading(TITLE, level=1)
    for text in LINES:
        document.add_paragraph(text)
    for text in ("甲", "乙"):
        document.add_paragraph(text, style="List Number")
    table = document.add_table(len(ROWS), 3)
    for row, texts in zip(table.rows, ROWS, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.save(str(path))


def _excel(path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = TITLE
    sheet.merge_cells("A1:C1")
    for row in ROWS:
        sheet.append(row)
    sheet.append([None, 0.3, 200000])
    sheet["B5"].number_format, sheet["C5"].number_format = "0.0%", '#,##0"元"'
    book.save(path)


def _pdf(path: Path) -> None:
    write_pdf(path, typeset(LINES, head="公报"), title=TITLE)


def _scan(path: Path) -> None:
    write_pdf(path, scanned(typeset(LINES[8:12]), dpi=72))


def _ofd(path: Path) -> None:
    write_ofd(path, typeset(LINES, head="公报"), title=TITLE)


def _picture(path: Path) -> None:
    draw(typeset(LINES[8:12])[0], dpi=50).convert("L").save(path)


SAMPLES: dict[str, Callable[[Path], None]] = {
    "a.txt": _text,
    "old.txt": _old_text,
    "a.md": _markdown,
    "a.html": _page,
    "a.docx": _word,
    "a.xlsx": _excel,
    "a.pdf": _pdf,
    "scan.pdf": _scan,
    "a.ofd": _ofd,
    "a.png": _picture,
    "a.jpg": _picture,
    "a.tif": _picture,
    "a.bmp": _picture,
    "a.webp": _picture,
}
