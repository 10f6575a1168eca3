"""A small typesetter: paragraphs → positioned lines on A4 pages, from which PDF, OFD and pictures are made."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from PIL.Image import Image

WIDTH, HEIGHT = 595.0, 842.0
LEFT, TOP, BOTTOM = 80.0, 90.0, 760.0
NOT_FIRST = "，。；：、！？”’）》〉】%"
FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    "/System/Library/Fonts/PingFang.ttc",
)


@dataclass(frozen=True)
class Mark:
    """A line of text: its left edge and the top of its characters, in points."""

    text: str
    x: float
    y: float
    size: float


@dataclass
class Sheet:
    """A page."""

    marks: list[Mark] = field(default_factory=list)
    strokes: list[tuple[float, float, float, float]] = field(default_factory=list)
    pictures: list[tuple[bytes, float, float, float, float]] = field(default_factory=list)  # JPEG, x, y, width, height


def across(text: str, size: float) -> float:
    """How wide a text is set."""
    return sum(size * (0.5 if character.isascii() else 1.0) for character in text)


def typeset(
    paragraphs: list[str],
    *,
    title: str = "",
    size: float = 16.0,
    columns: int = 1,
    head: str = "",
    indent: int = 2,
    numbers: bool = True,
) -> list[Sheet]:
    """Set paragraphs as official documents are set: first lines indented by two, titles centred."""
    gap = 2.5 * size
    measure = (WIDTH - 2 * LEFT - gap * (columns - 1)) / columns
    sheets = [Sheet()]
    y, column = TOP, 0
    for line in break_lines(title, WIDTH - 2 * LEFT - 60, 22.0) if title else []:
        sheets[0].marks.append(Mark(line, (WIDTH - across(line, 22.0)) / 2, y, 22.0))
        y += 36
    top = y = y + 20 if title else y
    for paragraph in paragraphs:
        for number, line in enumerate(break_lines("　" * indent + paragraph, measure, size)):
            if y > BOTTOM - size:
                column += 1
                y = top
                if column == columns:
                    sheets.append(Sheet())
                    column, top, y = 0, TOP, TOP
            x = LEFT + column * (measure + gap) + (indent * size if number == 0 else 0)
            sheets[-1].marks.append(Mark(line.lstrip("　"), x, y, size))
            y += size * 1.75
    for number, sheet in enumerate(sheets, start=1):
        if head:
            sheet.marks.insert(0, Mark(head, LEFT, 45.0, 9.0))
        if numbers:
            foot = f"— {number} —"
            sheet.marks.append(Mark(foot, (WIDTH - across(foot, 14.0)) / 2, 790.0, 14.0))
    return sheets


def break_lines(text: str, measure: float, size: float) -> list[str]:
    """Break a paragraph: figures and words stay whole, a closing sign never begins a line."""
    lines, line = [], ""
    for position, character in enumerate(text):
        following = text[position + 1] if position + 1 < len(text) else ""
        room = measure - across(line, size)
        if across(character, size) > room + 0.01 or (following in NOT_FIRST and following and room < 2 * size - 0.01):
            lines.append(line)
            line = ""
        line += character
    return [*lines, line] if line else lines


def write_pdf(path: Path, sheets: list[Sheet], *, title: str = "", invisible: bool = False) -> Path:
    """Write a PDF whose font is one of the Chinese fonts that every reader knows, so that none need be embedded."""
    objects: list[bytes] = [b"", b"", b""]
    objects[2] = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [ << /Type "
        b"/Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) "
        b"/Supplement 4 >> /DW 1000 /W [1 95 500] /FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light "
        b"/Flags 4 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >> "
        b">> ] >>"
    )
    pages = []
    for sheet in sheets:
        resources = b""
        content = b"3 Tr " if invisible else b""
        for number, (jpeg, x, y, wide, high) in enumerate(sheet.pictures):
            objects.append(_jpeg(jpeg))
            resources += f"/P{number} {len(objects)} 0 R ".encode()
            content = f"q {wide} 0 0 {high} {x} {HEIGHT - y - high} cm /P{number} Do Q\n".encode() + content
        for x0, y0, x1, y1 in sheet.strokes:
            content += f"{x0} {HEIGHT - y0} m {x1} {HEIGHT - y1} l S\n".encode()
        for mark in sheet.marks:
            code = mark.text.encode("utf-16-be").hex()
            baseline = HEIGHT - mark.y - 0.88 * mark.size
            content += f"BT /F {mark.size} Tf {mark.x} {baseline:.2f} Td <{code}> Tj ET\n".encode()
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        page = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents {len(objects)} 0 R /Resources "
        objects.append(page.encode() + b"<< /Font << /F 3 0 R >> /XObject << " + resources + b">> >> >>")
        pages.append(f"{len(objects)} 0 R")
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(pages)}] /Count {len(pages)} >>".encode()
    objects.append(b"<< /Title <FEFF" + title.encode("utf-16-be").hex().encode() + b"> >>")
    path.write_bytes(_pdf(objects))
    return path


def _jpeg(data: bytes) -> bytes:
    from PIL import Image

    with Image.open(io.BytesIO(data)) as picture:
        wide, high = picture.size
    head = f"<< /Type /XObject /Subtype /Image /Width {wide} /Height {high} /ColorSpace /DeviceRGB /BitsPerComponent 8 "
    return head.encode() + b"/Filter /DCTDecode /Length %d >>\nstream\n%s\nendstream" % (len(data), data)


def _pdf(objects: list[bytes]) -> bytes:
    out, offsets = b"%PDF-1.5\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    trailer = b"<< /Size %d /Root 1 0 R /Info %d 0 R >>" % (size, len(objects))
    head = b"xref\n0 %d\n0000000000 65535 f \n" % size
    return out + head + table + b"trailer\n" + trailer + b"\nstartxref\n%d\n%%%%EOF\n" % len(out)


def write_ofd(path: Path, sheets: list[Sheet], *, title: str = "", runs: bool = True) -> Path:
    """Write an OFD; with `runs`, equal steps are written as `g count step`."""
    scale = 25.4 / 72
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        info = f"<ofd:DocInfo><ofd:Title>{title}</ofd:Title></ofd:DocInfo>"
        body = f"<ofd:DocBody>{info}<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"
        archive.writestr("OFD.xml", f'{head}<ofd:OFD {space} Version="1.0" DocType="OFD">{body}</ofd:OFD>')
        box = f"<ofd:PhysicalBox>0 0 {WIDTH * scale:.3f} {HEIGHT * scale:.3f}</ofd:PhysicalBox>"
        listed = "".join(f'<ofd:Page ID="{n + 1}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(sheets)))
        data = f"<ofd:CommonData><ofd:PageArea>{box}</ofd:PageArea>"
        data += "<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes></ofd:CommonData>"
        archive.writestr(
            "Doc_0/Document.xml",
            f"{head}<ofd:Document {space}>{data}<ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
        )
        media = ""
        for number, sheet in enumerate(sheets):
            inner = "".join(_text_object(mark, scale, runs) for mark in sheet.marks)
            for x0, y0, x1, y1 in sheet.strokes:
                line = f"M {x0 * scale:.3f} {y0 * scale:.3f} L {x1 * scale:.3f} {y1 * scale:.3f}"
                data = f"<ofd:AbbreviatedData>{line}</ofd:AbbreviatedData>"
                inner += f'<ofd:PathObject Boundary="0 0 210 297" Stroke="true">{data}</ofd:PathObject>'
            for count, (jpeg, x, y, wide, high) in enumerate(sheet.pictures):
                ident, name = f"{number}{count + 100}", f"page{number}_{count}.jpg"
                archive.writestr(f"Doc_0/Res/{name}", jpeg)
                media += (
                    f'<ofd:MultiMedia ID="{ident}" Type="Image"><ofd:MediaFile>{name}</ofd:MediaFile></ofd:MultiMedia>'
                )
                place = f"{x * scale:.3f} {y * scale:.3f} {wide * scale:.3f} {high * scale:.3f}"
                inner += f'<ofd:ImageObject Boundary="{place}" ResourceID="{ident}"/>'
            page = f"<ofd:Page {space}><ofd:Content><ofd:Layer>{inner}</ofd:Layer></ofd:Content></ofd:Page>"
            archive.writestr(f"Doc_0/Pages/Page_{number}/Content.xml", head + page)
        media = f"<ofd:MultiMedias>{media}</ofd:MultiMedias>"
        archive.writestr("Doc_0/DocumentRes.xml", f'{head}<ofd:Res {space} BaseLoc="Res">{media}</ofd:Res>')
    return path


def _text_object(mark: Mark, scale: float, runs: bool) -> str:
    from xml.sax.saxutils import escape

    steps = [mark.size * scale * (0.5 if character.isascii() else 1.0) for character in mark.text[:-1]]
    even = len(set(steps)) == 1 and len(steps) > 1
    delta = f"g {len(steps)} {steps[0]:.3f}" if runs and even else " ".join(f"{step:.3f}" for step in steps)
    size = mark.size * scale
    place = f"{mark.x * scale:.3f} {mark.y * scale:.3f} {across(mark.text, size):.3f} {size:.3f}"
    code = f'<ofd:TextCode X="0" Y="{0.88 * size:.3f}" DeltaX="{delta}">{escape(mark.text)}</ofd:TextCode>'
    return f'<ofd:TextObject Boundary="{place}" Font="3" Size="{size:.3f}">{code}</ofd:TextObject>'


def draw(sheet: Sheet, *, dpi: int = 150, turned: float = 0.0) -> Image:
    """A page as a scanner gives it; skips the test where no Chinese font is installed."""
    from PIL import Image, ImageDraw, ImageFont

    font = next((name for name in FONTS if Path(name).exists()), None)
    if font is None:
        pytest.skip("no Chinese font is installed")
    scale = dpi / 72
    picture = Image.new("RGB", (int(WIDTH * scale), int(HEIGHT * scale)), "white")
    pen = ImageDraw.Draw(picture)
    for mark in sheet.marks:
        face = ImageFont.truetype(font, round(mark.size * scale), index=2)
        x = mark.x
        for character in mark.text:
            pen.text((x * scale, mark.y * scale), character, font=face, fill=(20, 20, 20), anchor="la")
            x += across(character, mark.size)
    for stroke in sheet.strokes:
        pen.line([value * scale for value in stroke], fill="black", width=2)
    return picture.rotate(turned, fillcolor="white", resample=Image.Resampling.BICUBIC) if turned else picture


def jpeg(picture: Image) -> bytes:
    """A picture as JPEG."""
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=85)
    return out.getvalue()


def scanned(sheets: list[Sheet], *, dpi: int = 150, turned: float = 0.0) -> list[Sheet]:
    """The same pages as pictures that fill them."""
    return [Sheet(pictures=[(jpeg(draw(s, dpi=dpi, turned=turned)), 0.0, 0.0, WIDTH, HEIGHT)]) for s in sheets]
