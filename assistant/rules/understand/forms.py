"""Forms and tables pasted in, as sentences: a label, a colon, a value on a line of its own; rows under years."""

from __future__ import annotations

import re
from functools import partial
from itertools import pairwise, takewhile

from assistant.rules.understand.ticks import NO_WORD, YES_WORD
from assistant.rules.understand.units import COUNT, ROW

_LINE = re.compile(  # the value may stand on a line of its own, which is no line of the form itself
    r"^(?P<key>(?:[^:\n，。?(]|\([^)\n]*\)){1,34}):[ \t]*(?:\n\s*(?=[^\n:\t]*$))?(?P<value>[^\n]*?)[ \t]*$", re.M
)
_UNIT_IN_KEY = re.compile(r"[(（]?\s*(?:单位[:是为]?)?(?P<unit>[万亿]|%)元?\s*(?:[，,][^)）]*)?[)）]")
_YEARS_IN_KEY = re.compile(
    r"[(（](?:[^)）]*?[^)）近])??((?:近|最近)?[两二三23]个?(?:会计)?年|去年|前年|上一?年度?|20\d\d年度?)[^)）]*[)）]"
)
_BRACKETS = re.compile(r"[(（][^)）]*[)）]")
_EMPTY = re.compile(
    r"^[(（]?(?:空|空白|未填|略|待.*|暂无数据|不清楚|不知道|不详|还没(?:评|算|统计)|未(?:评|算)|—+|-+|/|\?)?[)）]?$"
)
_NO = re.compile(rf"^{NO_WORD}(?:[。.]?$|(?P<rest>，))")
_YES = re.compile(rf"^{YES_WORD}[。.]?$")
_VALUE = re.compile(rf"{COUNT}\s*[人名位项件个分%万亿元]*|{YES_WORD}|{NO_WORD}")
_WHETHER = re.compile(r"(?<![都均全])是否")
_ASKED = re.compile(r"^(?:以前|之前|曾经?|是不是|有没有|有无)|[吗么]$")
_DENIAL = re.compile(r"[没未无不非]")
_PAIR = 2  # cells of a line that is a label with its value
_OF_MONEY = re.compile(r"收入|营收|营业额|销售额|费用|研发费|投入|支出|资产|负债(?!率)|融资|成本|所得")
_OF_PEOPLE = re.compile(r"人数|人员|职工|员工|专利|软著|[(（](?:人|个|项|件)[)）]")
_OF_ONE_YEAR = re.compile(rf"总收入|高新|{_OF_PEOPLE.pattern}|(?<!净)资产|负债")  # of which only the last year counts
_YEARS_IN_ROW = re.compile(r"[\s\d年月亿万元.,，、;；/]+")


_CELLS = re.compile(r"[ \t]{2,}|\t|(?<=\S) (?=[\d一-龥])")
_SEVERAL = re.compile(r"(?<=[^\s:])[ \t]+(?=[一-龥]{1,10}:)")  # 专利:0 软著:9 on one line
_ROW_OF_FORM = re.compile(r"(:[ \t]*[^\s:，。]+)[ \t]+(?=[一-龥][一-龥/、()]+:)")  # the same without a line before
_LABEL_CELL = re.compile(r"(?:20\d\d年?)?[一-龥a-z()/]{2,14}(?<!年)")
_CELL = re.compile(rf"{COUNT}(?P<unit>[万亿]元?|元|%|[人名个项件])?")
_NOTE = re.compile(  # 研发费用 268 301 352 (万元，全部境内)
    r"(?<=\d)(?P<row>[ \t]+[\d.,]+)[ \t]*\((?:单位[:是为]?)?(?P<unit>[万亿])元?(?:[，,、](?P<rest>[^)\n]*))?\)[ \t]*$",
    re.M,
)
_AMOUNT = r"(?:金额|数额|数值|数据)"
_NAMED_ITEM = re.compile(  # 项目:总收入；金额:3120万元
    rf"(?:项目|指标|科目)(?:名称)?:\s*(?P<name>[^:；，\n]{{2,20}})\s*[；，\n]\s*{_AMOUNT}:[ \t]*"
)
_YEAR_KEY = re.compile(r"(?<!\d)(20[012]\d)(?:年度?)?\s*:\s*(?=\d)")  # 收入(万元):2023:820；2024:1040
_NAMELESS = re.compile(rf"^{_AMOUNT}(?=$|\()")  # a row that is named in the corner of its table
_UNDER_HEAD = re.compile(  # 研发投入 above 2025:410万 and 2024:350万
    r"(?m)^[ \t]*(?P<head>[一-龥()]{2,14}):?[ \t]*\n(?P<rows>(?:[ \t]*20\d\d年?度?[: \t][ \t]*[\d.,]+[ \t]*[万亿]?元?[ \t]*(?:\n|\Z)){2,})"
)
_OURS = re.compile(r"(?:我们|我司|我公司|我方|本公司|本企业|本单位|本部|单体)(?:公司|自己|数据|口径)?")
_MEASURE = re.compile(r"(?:收入|营收|销售额?|金额|占比|比例|占)(?:[(（].*)?$")
_UNIT = re.compile(r"[万亿]元")
_RULED = re.compile(r"(?m)^[ \t|:—-]{3,}\n")  # the line under the head of a table in Markdown
_TABLE_UNIT = re.compile(r"单位[:是为]?\s*(?:人民币)?(?P<unit>[万亿])元?")


def tables(text: str) -> str:
    """A table pasted in: 年份 2023 2024 2025 above 营业收入 7400 7900 8200, each row as a line of a form."""
    text = _UNDER_HEAD.sub(_in_one_line, _NAMED_ITEM.sub(r"\g<name>:", text))
    text = "\n".join(map(_in_pairs, text.split("\n")))
    text = _ROW_OF_FORM.sub(r"\1\n", text)
    if "\n" not in text:
        return text
    text = _RULED.sub("", text)
    note = _NOTE.search(text)
    text = _NOTE.sub(lambda m: m["row"] + (f"\n{m['rest']}" if m["rest"] else ""), text)
    text = _grid(_under(_down(_our_column(re.sub(r"(?m)^\s*\||\|\s*$", "", text).replace("|", "\t")))))
    said = _TABLE_UNIT.search(text)
    unit = (said or note or {"unit": ""})["unit"]
    years, corner, lines = list[str](), "", []
    for line in _SEVERAL.sub("\n", text).split("\n"):
        cells = [cell for cell in _CELLS.split(line.strip()) if cell]
        if heads := _years_above(cells):
            years, corner = heads, cells[0]
            unit = corner[0] if _UNIT.fullmatch(corner) else unit
            continue
        cells[:1] = [_NAMELESS.sub(corner, cell) for cell in cells[:1]]
        row = cells[1:]
        if years and len(row) == len(years) and all(_CELL.fullmatch(cell) or _EMPTY.match(cell) for cell in row):
            of_money = "" if _OF_PEOPLE.search(cells[0]) else unit
            amounts = [cell if re.search(r"[^\d,.]$", cell) else f"{cell}{of_money}" for cell in row]
            told_cells = zip(years, amounts, strict=True)
            pairs = [f"{year}年{amount}" for year, amount in told_cells if not _EMPTY.match(amount)]
            told = "、".join(pairs[-1:] if _OF_ONE_YEAR.search(cells[0]) else pairs)
            lines.append(f"{cells[0]}:{told}")
        elif len(cells) == _PAIR and ":" not in line and not re.search(r"[，。?]", cells[0]):
            value = f"{cells[1]}{unit}" if re.fullmatch(COUNT, cells[1]) and _OF_MONEY.search(cells[0]) else cells[1]
            lines.append(f"{cells[0]}:{value}")
        else:
            lines.append(line)
    return "\n".join(lines)


def _our_column(text: str) -> str:
    """A table with a column for us beside others' (项目 我们 甲公司): its labels with our column."""
    ours, width, lines = 0, 0, []
    for line in text.split("\n"):
        cells = [cell for cell in _CELLS.split(line.strip()) if cell]
        columns = [n for n, cell in enumerate(cells) if _OURS.fullmatch(cell)]
        if len(cells) > _PAIR and len(columns) == 1:
            ours, width = columns[0], len(cells)
            continue
        lines.append(f"{cells[0]}\t{cells[ours]}" if ours and len(cells) == width else line)
    return "\n".join(lines)


def _years_above(cells: list[str]) -> list[str]:
    """The years at the head of a table's columns; the corner above the labels is empty or a word."""
    heads = [year[1] if (year := re.fullmatch(r"(20\d\d)年?度?", cell)) else "" for cell in cells]
    years = heads if heads and heads[0] else heads[1:]
    return years if len(years) > 1 and all(years) else []


def _in_one_line(match: re.Match[str]) -> str:
    rows = re.findall(r"(20\d\d)年?度?[: \t][ \t]*(\S+)", match["rows"])
    return f"{match['head']}:{'、'.join(f'{year}年{amount}' for year, amount in rows)}\n"


def _in_pairs(line: str) -> str:
    """A line of labels each with its number or a yes or no, cut in as many: 职工 118  科技人员 19, 样机 有 检测报告 无."""
    cells = [cell for cell in _CELLS.split(line.strip()) if cell]
    labels, numbers = cells[::2], cells[1::2]
    told = len(labels) == len(numbers) > 1 and all(_LABEL_CELL.fullmatch(cell) for cell in labels)
    if told and all(_VALUE.fullmatch(cell) for cell in numbers):
        return "\n".join(f"{label}\t{number}" for label, number in zip(labels, numbers, strict=True))
    return line


def _starts_with_year(cells: list[str]) -> bool:
    return len(cells) > 1 and re.fullmatch(r"20\d\d年?度?", cells[0]) is not None


def _down(text: str) -> str:
    """A table with a year at the head of each line, turned: 年份 营收 above 2023 2100万."""
    lines = [[cell for cell in _CELLS.split(line.strip()) if cell] for line in text.split("\n")]
    for i, head in enumerate(lines):
        rows = list(takewhile(_starts_with_year, lines[i + 1 :]))
        even = {len(row) for row in rows} == {len(head)}
        if len(head) > 1 and len(rows) > 1 and even and not any(re.search(r"\d", cell) for cell in head):
            columns = ["\t".join(cells) for cells in zip(head, *rows, strict=True)]
            kept = text.split("\n")
            return "\n".join([*kept[:i], *columns, *kept[i + 1 + len(rows) :]])
    return text


def _under(text: str) -> str:
    """A head of labels above one row of figures, as a label with its figure on each line: 员工数 研发人数 above 100 16."""
    rows = text.split("\n")
    for i, (head, row) in enumerate(pairwise([cell for cell in _CELLS.split(r.strip()) if cell] for r in rows)):
        labels = len(head) > 1 and all(_LABEL_CELL.fullmatch(cell) for cell in head)
        if labels and len(row) == len(head) and all(_CELL.fullmatch(cell) for cell in row):
            told = [f"{label}:{cell}" for label, cell in zip(head, row, strict=True)]
            return "\n".join([*rows[:i], *told, *rows[i + 2 :]])
    return text


def _grid(text: str) -> str:
    """A head of measures above rows of kinds, as one line for each cell: 业务 收入(万元) 占比 above 批发 6200 62%."""
    lines = [[cell for cell in _CELLS.split(line.strip()) if cell] for line in text.split("\n")]
    for i, head in enumerate(lines):
        rows = list(takewhile(partial(_is_kind, len(head)), lines[i + 1 :]))
        if len(head) > _PAIR and rows and all(_MEASURE.match(cell) for cell in head[1:]):
            told = [f"{row[0]}{name}:{cell}" for row in rows for name, cell in zip(head[1:], row[1:], strict=True)]
            kept = text.split("\n")
            return "\n".join([*kept[:i], *told, *kept[i + 1 + len(rows) :]])
    return text


def _is_kind(width: int, row: list[str]) -> bool:
    return width > _PAIR and len(row) == width and not re.search(r"\d", row[0]) and all(map(_CELL.fullmatch, row[1:]))


_WHERE_AND_WHEN = re.compile(
    r"^(注册|登记|成立)(?:信息|情况)?:\s*([^\d\n:]+?)[，、 ]+(\d{4}[-年./]\d[^\n]{0,8})$", re.M
)
_DENIED_LINE = re.compile(
    r"^(?P<key>[^:\n。?]{4,50}):\s*(?:均?无|没有?|否|未发生|未列入)"
    r"(?:任何|此类|相关|这类)?(?P<what>(?:重大|严重)?(?:事故|事件|违法|问题|处罚|记录|情况))?[。]?\s*$",
    re.M,
)


def _listed(key: str) -> str:
    """The label of a line as an enumeration: 安全/质量/环保 as 安全、质量、环保."""
    return _ASKED.sub("", _WHETHER.sub("", re.sub("[，/]", "、", _BRACKETS.sub("", key))))


def forms(text: str) -> str:
    """上市:否 as 没有上市, 高企:有效期内 as 高企有效期内, 收入(万元):2023年3600 as 收入:2023年3600万."""
    text = _WHERE_AND_WHEN.sub(r"\1地:\2\n\1日期:\3", text)
    text = _DENIED_LINE.sub(lambda m: f"没有{_listed(m['key'])}{m['what'] or ''}。", text)
    return _LINE.sub(_sentence, text)


def _sentence(match: re.Match[str]) -> str:
    key, value = match["key"].strip(), match["value"].strip()
    value = _YEAR_KEY.sub(r"\1年", value)
    if unit := _UNIT_IN_KEY.search(key):
        value = ROW.sub(lambda m: f"{m['number']}{unit['unit']}", value)
    if _YEARS_IN_ROW.fullmatch(value) and re.search(r"[万亿]|20\d\d年", value):
        value = re.sub(r"\s*[;；/，]\s*", "、", value)
    years = _YEARS_IN_KEY.search(key)
    several = re.findall(r"20\d\d", years.group()) if years else []
    told = "、".join(f"{year}年" for year in several) if len(several) > 1 else years[1] if years else ""
    key = told + _WHETHER.sub("", _BRACKETS.sub("", key))
    key = _ASKED.sub("", key)
    if _EMPTY.match(value):
        return "。"
    if (no := _NO.match(value)) and _DENIAL.match(key):
        return "。"  # 无事故:否 may mean either
    if no:
        key = key.removeprefix("有").replace("/", "、")  # 是否有委托境外研发
        return f"没有{key}{value[no.end() - 1 :] if no['rest'] else '。'}"
    if _YES.match(value):
        return f"{key}。" if _DENIAL.match(key) else f"有{key}。"
    return f"{key}:{value}" + ("" if value.endswith(tuple("。?!；;")) else "。")
