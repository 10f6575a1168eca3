"""Forms and tables pasted in, as sentences: a label, a colon, a value on a line of its own; rows under years."""

from __future__ import annotations

import re
from itertools import takewhile

from assistant.rules.understand.units import COUNT, ROW

_LINE = re.compile(r"^(?P<key>(?:[^:\n，。?(]|\([^)\n]*\)){1,34}):\s*(?P<value>[^\n]*?)\s*$", re.M)
_UNIT_IN_KEY = re.compile(r"[(（]?\s*(?:单位[:是为]?)?(?P<unit>[万亿]|%)元?\s*(?:[，,][^)）]*)?[)）]")
_YEARS_IN_KEY = re.compile(
    r"[(（](?:[^)）]*?[^)）近])??((?:近|最近)?[两二三23]个?(?:会计)?年|去年|前年|上一?年度?|20\d\d年度?)[^)）]*[)）]"
)
_BRACKETS = re.compile(r"[(（][^)）]*[)）]")
_EMPTY = re.compile(
    r"^[(（]?(?:空|空白|未填|略|待.*|暂无数据|不清楚|不知道|不详|还没(?:评|算|统计)|未(?:评|算)|—+|-+|/|\?)?[)）]?$"
)
_NO = re.compile(
    r"^(?:无|没有?|否|均无|都没有?|全无|未发生|无此情况|未列入|未进入|没列入|没进过?|未上|不是|不属于|不涉及|×|x|n|no)(?:[。.]?$|(?P<rest>，))"
)
_YES = re.compile(r"^(?:是|有|属于|符合|√|✓|y|yes)[。.]?$")
_PAIR = 2  # cells of a line that is a label with its value
_OF_MONEY = re.compile(r"收入|费用|支出|资产|负债(?!率)|融资|成本|所得")
_OF_PEOPLE = re.compile(r"人数|人员|职工|员工|专利|软著|[(（](?:人|个|项|件)[)）]")
_OF_ONE_YEAR = re.compile(rf"总收入|高新|{_OF_PEOPLE.pattern}|资产|负债")  # of which only the last year counts
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
_TABLE_UNIT = re.compile(r"单位[:是为]?\s*(?P<unit>[万亿])元?")


def tables(text: str) -> str:
    """A table pasted in: 年份 2023 2024 2025 above 营业收入 7400 7900 8200, each row as a line of a form."""
    text = "\n".join(map(_in_pairs, text.split("\n")))
    text = _ROW_OF_FORM.sub(r"\1\n", text)
    if "\n" not in text:
        return text
    note = _NOTE.search(text)
    text = _NOTE.sub(lambda m: m["row"] + (f"\n{m['rest']}" if m["rest"] else ""), text)
    text = _down(re.sub(r"(?m)^\s*\||\|\s*$", "", text).replace("|", "\t"))
    said = _TABLE_UNIT.search(text)
    unit = (said or note or {"unit": ""})["unit"]
    years, lines = list[str](), []
    for line in _SEVERAL.sub("\n", text).split("\n"):
        cells = [cell for cell in _CELLS.split(line.strip()) if cell]
        found = [cell.removesuffix("年").removesuffix("年度") for cell in cells[1:]]
        if len(found) > 1 and all(re.fullmatch(r"20\d\d", cell) for cell in found):
            corner = cells[0].removesuffix("年").removesuffix("年度")  # nothing above the labels
            years = [corner, *found] if re.fullmatch(r"20\d\d", corner) else found
            continue
        row = cells[1:]
        if years and len(row) == len(years) and all(_CELL.fullmatch(cell) for cell in row):
            of_money = "" if _OF_PEOPLE.search(cells[0]) else unit
            amounts = [cell if re.search(r"[^\d,.]$", cell) else f"{cell}{of_money}" for cell in row]
            pairs = [f"{year}年{amount}" for year, amount in zip(years, amounts, strict=True)]
            told = "、".join(pairs[-1:] if _OF_ONE_YEAR.search(cells[0]) else pairs)
            lines.append(f"{cells[0]}:{told}")
        elif len(cells) == _PAIR and ":" not in line and not re.search(r"[，。?]", cells[0]):
            value = f"{cells[1]}{unit}" if re.fullmatch(COUNT, cells[1]) and _OF_MONEY.search(cells[0]) else cells[1]
            lines.append(f"{cells[0]}:{value}")
        else:
            lines.append(line)
    return "\n".join(lines)


def _in_pairs(line: str) -> str:
    """A line of labels each with its number, cut in as many: 职工 118  科技人员 19."""
    cells = [cell for cell in _CELLS.split(line.strip()) if cell]
    labels, numbers = cells[::2], cells[1::2]
    told = len(labels) == len(numbers) > 1 and all(_LABEL_CELL.fullmatch(cell) for cell in labels)
    if told and all(re.fullmatch(rf"{COUNT}\s*[人名位项件个分%万亿元]*", cell) for cell in numbers):
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


_DENIED_LINE = re.compile(r"^(?P<key>[^:\n。?]{4,50}):\s*(?:均?无|没有?|否|未发生|未列入)[。]?\s*$", re.M)


def forms(text: str) -> str:
    """上市:否 as 没有上市, 高企:有效期内 as 高企有效期内, 收入(万元):2023年3600 as 收入:2023年3600万."""
    text = _DENIED_LINE.sub(lambda m: f"没有{re.sub('[，/]', '、', m['key']).replace('是否', '')}。", text)
    return _LINE.sub(_sentence, text)


def _sentence(match: re.Match[str]) -> str:
    key, value = match["key"].strip(), match["value"].strip()
    if unit := _UNIT_IN_KEY.search(key):
        value = ROW.sub(lambda m: f"{m['number']}{unit['unit']}", value)
    if _YEARS_IN_ROW.fullmatch(value) and re.search(r"[万亿]|20\d\d年", value):
        value = re.sub(r"\s*[;；/，]\s*", "、", value)
    years = _YEARS_IN_KEY.search(key)
    several = re.findall(r"20\d\d", years.group()) if years else []
    told = "、".join(f"{year}年" for year in several) if len(several) > 1 else years[1] if years else ""
    key = told + _BRACKETS.sub("", key).replace("是否", "")
    key = re.sub(r"^(?:以前|之前|曾经?|是不是|有没有)|[吗么]$", "", key)
    if _EMPTY.match(value):
        return "。"
    if no := _NO.match(value):
        return f"没有{key.replace('/', '、')}{value[no.end() - 1 :] if no['rest'] else '。'}"
    if _YES.match(value):
        return f"有{key}。"
    return f"{key}:{value}" + ("" if value.endswith(tuple("。?!；;")) else "。")
