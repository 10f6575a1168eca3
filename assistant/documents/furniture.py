"""What stands in an official document and is no clause: letterhead, contents, signature, distribution lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.documents.lines import Depth, Line

_CONTENTS = re.compile(r"目\s*[录次]")
_LEADER = re.compile(r"[\s.．…·・\-—－–]*\d{0,4}\s*$")
_DAY = r"[\d零〇○一二三四五六七八九十]{1,3}"
_DATED = re.compile(rf"[（(]?[\d零〇○一二三四五六七八九]{{4}}\s*年\s*{_DAY}\s*月\s*{_DAY}\s*日\s*(?:印发)?[)）]?")
_DISTRIBUTION = re.compile(
    r"抄\s*[送报][:：]|主\s*送[:：]|.{2,30}(?:办公室|办公厅|秘书处|科)\s*\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日\s*印发$"
    r"|[（(]\s*(?:此件|共印)|(?:信息)?公开(?:属性|类别|方式)[:：]|主动公开$|依申请公开$|不予公开$|签发人[:：]"
)
OFFICE = re.compile(
    r"[\u4e00-\u9fff（）()\s、·0-9A-Za-z]{2,40}(?:局|委|政府|办公室|厅|部|中心|院|会|署|行|公司|法院)(?:文件|\s*[（(]代?章[)）])?"
)
NUMBER_ALONE = re.compile(
    r"[\u4e00-\u9fff\s]{1,16}[〔\[（(]\s*\d{4}\s*[〕\])）]\s*第?\s*\d{1,5}\s*号"
    r"|[\u4e00-\u9fff、\s]{2,40}(?:公告|通告)\s*\d{4}\s*年\s*第\s*\d{1,4}\s*号"
)
TITLE_ENDS = re.compile(
    r"(?:办法|规定|通知|意见|措施|细则|条例|方案|规划|纲要|要点|政策|公告|通告|决定|指南|指引|批复|函|制度|计划|目录|清单|法|解释|规则|规程|标准)"
    r"(?:[（(][^（）()]*[)）])?$"
)
_SENTENCE = re.compile(r"[。；]$")
_ANNEX_LIST = re.compile(r"附件?\s*[:：]|附件\s*\d")
_LISTED = 12  # lines that a list of annexes may have


def squeeze(text: str) -> str:
    """Without white space, which titles gain and lose."""
    return re.sub(r"\s", "", text)


def is_date(text: str) -> bool:
    """Whether a line is a date and nothing else."""
    return bool(_DATED.fullmatch(text))


def cells(text: str) -> list[str]:
    """The cells of a row of a table that hold something; of any other line, the line."""
    return [cell.strip() for cell in text.split("|") if cell.strip()] if text[0] == "|" else [text]


def offices(text: str) -> list[str]:
    """The offices that a letterhead or a signature names, on a line or in a row of a table."""
    if is_date(text) or not _names_offices(text):
        return []
    return [name for cell in cells(text) for name in re.split(r"[、\s]+", cell.removesuffix("文件")) if name]


def _names_offices(text: str) -> bool:
    named = cells(text)
    rest = [cell for cell in named if cell != "文件" or len(named) == 1]
    return bool(rest) and all(OFFICE.fullmatch(cell) for cell in rest)


def is_furniture(line: Line) -> bool:
    """Whether a line is a date or says who gets or may see the document."""
    return bool(is_date(line.text) or _DISTRIBUTION.match(line.text))


def contents(lines: Sequence[Line]) -> set[int]:
    """The lines of a table of contents: from 目录 until its first entry comes again, as the heading itself."""
    start = next((i for i, line in enumerate(lines[:60]) if _CONTENTS.fullmatch(line.text)), None)
    if start is None:
        return set()
    entries: list[str] = []
    for position in range(start + 1, len(lines)):
        entry = squeeze(_LEADER.sub("", lines[position].text))
        if entry in entries:
            return set(range(start, position))
        if len(entry) > 60 or _SENTENCE.search(entry):
            break
        entries.append(entry)
    # Entries that never come again as headings: only what ends in a page number is surely one.
    end = start + 1
    while end < len(lines) and re.search(r"[\s.．…·]\d{1,4}$", lines[end].text):
        end += 1
    return set(range(start, end))


def tail(lines: Sequence[Line]) -> set[int]:
    """Signature, date and distribution at the end; below a signature, the list of annexes too."""
    below = _annex_list(lines, len(lines) - 1)
    silent: set[int] = set()
    dated = False
    for position in range((len(lines) if below is None else below) - 1, 0, -1):
        text = lines[position].text
        if is_furniture(lines[position]) and lines[position].depth is Depth.TEXT:
            dated = dated or is_date(text)
        elif not (dated and lines[position].depth is Depth.TEXT and OFFICE.fullmatch(text)):
            break
        silent.add(position)
    return silent | set(range(below, len(lines))) if below is not None and dated else silent


def _annex_list(lines: Sequence[Line], end: int) -> int | None:
    """Where the list of annexes begins that ends at a position, if one does."""
    for position in range(end, max(end - _LISTED, 0), -1):
        line = lines[position]
        if _ANNEX_LIST.match(line.text):
            return position
        if line.depth is not Depth.ITEM_3 or len(line.text) > 60 or line.text[-1] in "。；，":
            return None
    return None


def letterhead(lines: Sequence[Line], title: str) -> set[int]:
    """What stands above the text: number, date, who signs, the title over several lines."""
    silent: set[int] = set()
    for position, line in enumerate(lines[:6]):
        if line.depth is not Depth.TEXT or line.text[-1] in "。；：:":
            break
        office = len(silent) == position and _names_offices(line.text)
        titled = len(line.text) > 3 and squeeze(line.text) in title
        if office or titled or is_furniture(line) or NUMBER_ALONE.fullmatch(line.text):
            silent.add(position)
    return silent
