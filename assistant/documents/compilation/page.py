"""The compilation as one HTML file that needs nothing else, for the screen and for printing."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path
from string import Template

from assistant.documents.compilation.content import Block, Content, Facts, Finder, Heading, Paragraph, Table
from assistant.documents.compilation.words import Typography, Words

_STYLE_SHEET = Path(__file__).with_name("page.css")


def write_page(content: Content, words: Words, typography: Typography) -> str:
    """The whole page."""
    cover = content.cover
    lines = "".join(f"<p>{escape(line)}</p>" for line in cover.lines)
    subtitle = f'<p class="subtitle">{escape(cover.subtitle)}</p>' if cover.subtitle else ""
    return "\n".join(
        (
            '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(cover.title)}</title>",
            f"<style>\n{_style(cover.running_head, typography)}</style>\n</head>\n<body>",
            f'<header class="cover"><h1>{escape(cover.title)}</h1>{subtitle}{lines}'
            f'<p class="notice">{escape(cover.notice)}</p></header>',
            f'<nav class="contents"><h2>{escape(words.contents)}</h2>{_contents(content)}</nav>',
            _finder(content.by_level),
            f"<main>{''.join(map(_block, content.blocks))}</main>",
            _finder(content.index),
            "</body>\n</html>\n",
        )
    )


def _style(running_head: str, typography: Typography) -> str:
    fonts, page = typography.fonts, typography.page
    families = {name: ", ".join(f'"{family}"' for family in getattr(fonts, name)) for name in type(fonts).model_fields}
    sizes = {f"{name}_size": f"{size:g}pt" for name, size in typography.sizes.items()}
    return Template(_STYLE_SHEET.read_text(encoding="utf-8")).substitute(
        families,
        **sizes,
        line_spacing=f"{typography.line_spacing / typography.sizes['body']:.2f}",
        indent=f"{typography.indent}em",
        margins=f"{page.top:g}mm {page.right:g}mm {page.bottom:g}mm {page.left:g}mm",
        running_head=running_head.replace('"', ""),
    )


def _contents(content: Content) -> str:
    return "".join(
        f'<p class="level-{heading.depth}"><a href="#{escape(heading.anchor)}">{escape(heading.text)}</a></p>'
        for heading in content.headings
    )


def _finder(finder: Finder) -> str:
    groups = "".join(
        f"<h3>{escape(word)}</h3><ul>"
        + "".join(f'<li><a href="#{escape(anchor)}">{escape(title)}</a></li>' for title, anchor in links)
        + "</ul>"
        for word, links in finder.groups
    )
    note = f"<p>{escape(finder.note)}</p>" if finder.note else ""
    return f'<section class="finder"><h2>{escape(finder.title)}</h2>{note}{groups}</section>'


def _block(block: Block) -> str:
    match block:
        case Heading(depth, text, anchor):
            ident = f' id="{escape(anchor)}"' if anchor else ""
            return f"\n<h{depth + 1}{ident}>{escape(text)}</h{depth + 1}>"
        case Paragraph(text, lead, style) if lead and not text:
            return f'\n<p class="lead">{escape(lead)}</p>'
        case Paragraph(text, lead, style):
            number = f"<b>{escape(lead)}</b>　" if lead else ""
            return f'\n<p class="{style}">{number}{escape(text)}</p>'
        case Facts(rows):
            return f'\n<table class="facts">{"".join(_fact(*row) for row in rows)}</table>'
        case Table(rows):
            head = "".join(f"<th>{escape(cell)}</th>" for cell in rows[0])
            return f"\n<table><thead><tr>{head}</tr></thead><tbody>{''.join(_rows(rows[1:]))}</tbody></table>"


def _fact(name: str, value: str) -> str:
    return f"<tr><th>{escape(name)}</th><td>{escape(value)}</td></tr>"


def _rows(rows: tuple[tuple[str, ...], ...]) -> Iterator[str]:
    for row in rows:
        yield "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>"
