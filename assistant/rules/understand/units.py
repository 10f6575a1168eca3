"""Every figure with its unit: 2800/3500/4200(万), 单位万, 去年5200万，前年4300."""

from __future__ import annotations

import re

from assistant.rules.understand.numbers import number_of

COUNT = r"\d[\d,]*(?:\.\d+)?"
DIGIT = "一二三四五六七八九"
ENDS = r"[，。；、!?\n]|左右|吧|$|20\d\d年|[去前]年|大前年"
ROW = re.compile(
    rf"(?P<number>{COUNT})(?!\d|\.\d|(?<=20\d\d):|\s*(?:年|月|日|号|天|个|人|名|位|项|件|%|[万亿wk元]|/\d{{1,2}}/))"
)
_YEAR_AFTER = re.compile(rf"(?P<amount>{COUNT}\s*(?:[万亿]元?|元))\((?P<year>20\d\d)(?:年度?)?\)")  # 2300万(2023)
_SAYS_UNIT = re.compile(
    r"[，、(]?\s*(?:都|也|均)?(?:以)?单位(?:都|也|均)?(?:是|为|:)?(?P<unit>[万亿])元?(?:计)?\)?|(?<=\d)\s*\((?P<after>[万亿])元?\)"
    r"|，(?:都|均)(?:是|以)(?P<all>[万亿])元?(?:计|为单位)?(?=[，。；\n]|$)"
)
_ROW_BEFORE = re.compile(
    rf"[(]\s*(?:单位[:是为]?)?(?P<unit>[万亿]元?)\s*[)]\s*:?\s*(?P<row>{COUNT}(?:\s*[/、,，]\s*{COUNT})*)(?![\d.]|\s*[万亿%])"
)
_ROW_AFTER = re.compile(rf"(?<![\d./])(?P<row>{COUNT}(?:\s*[/、,，]\s*{COUNT})+)\s*(?P<unit>[万亿]元?)")


_UNIT_AHEAD = re.compile(
    r"(?:^|(?<=[\n。；]))[ \t]*\(?(?:金额|货币|数据|以下)?(?:都|均)?单位(?:都|均)?[:是为]*(?:人民币)?(?P<unit>[万亿])元?\)?[\s:。，；]*"
)
_PHRASE = re.compile(r"[^，。；、\n]+")
_OF_MONEY = re.compile(r"收入|营收|销售|费用?|支出|资产|负债(?!率)|融资|成本|所得|权益|研发(?!人)")
_OF_OTHER = re.compile(r"人数|人员|职工|员工|专利|软著|新型|发明|[率比]|分数|得分|年限|排名|成立|注册")
_HAN_ROW = re.compile(rf"[{DIGIT}两][{DIGIT}两十百千]+(?=[，。；、]|$)")


def _unit_ahead(text: str) -> str:
    """单位:万元。资产4520，负债1880: the unit told first given to every amount of money that follows without one."""
    said = _UNIT_AHEAD.search(text)
    if said is None:
        return text
    of_money = False

    def amounts(phrase: re.Match[str]) -> str:
        nonlocal of_money
        other = _OF_OTHER.search(phrase.group())
        of_money = not other and (of_money or _OF_MONEY.search(phrase.group()) is not None)
        return ROW.sub(rf"\g<number>{said['unit']}", phrase.group()) if of_money else phrase.group()

    return text[: said.start()] + _PHRASE.sub(amounts, text[said.end() :])


def units(text: str) -> str:
    """2800/3500/4200(万), (万元):2800/3500 and 23年1200 24年1500，单位万: every figure with its unit."""
    text = _YEAR_AFTER.sub(r"\g<year>年\g<amount>", _ROW_BEFORE.sub(_with_units, _unit_ahead(text)))
    position = 0
    while match := _SAYS_UNIT.search(text, position):
        start = max(text.rfind("。", 0, match.start()), text.rfind("\n", 0, match.start()), position - 1) + 1
        unit = match["unit"] or match["after"] or match["all"]
        row = ROW.sub(lambda m, unit=unit: _unless_people(m, unit), text[start : match.start()])  # type: ignore[misc]
        row = _HAN_ROW.sub(lambda m, unit=unit: f"{m.group()}{unit}", row)  # type: ignore[misc]
        text = text[:start] + row + "。" + text[match.end() :].lstrip("，；;。")
        position = start + len(row) + 1
    return _ROW_AFTER.sub(_with_units, text)


_HEADS = re.compile(r"(?:员工|职工|人数|在册|人员)[:是为有]*(?:\d+[，、]?(?:科技|技术|研发)(?:人员)?[:是为有]*)?$")


def _unless_people(match: re.Match[str], unit: str) -> str:
    """A number with the unit; one of people as it is: 员工51研发20，2025年收入3300 (万)."""
    people = _HEADS.search(match.string, 0, match.start())
    return match["number"] if people else f"{match['number']}{unit}"


def _with_units(match: re.Match[str]) -> str:
    return "、".join(f"{number}{match['unit']}" for number in re.findall(COUNT, match["row"]))


_AMOUNT = re.compile(rf"(?P<number>\d[\d,]*(?:\.\d+)?|[{DIGIT}两十百千]+)\s*个?(?P<unit>[万亿w])")
_NO_UNIT = re.compile(
    r"(?:(?:大前|前|去|上|20\d\d)年度?|部分|那块)(?:的|是|为|才|只有|有|做了|卖了|大概|大约|约|差不多)*"
    rf"(?P<number>\d{{3,5}}(?:\.\d+)?)(?=[涨增升降跌到]|{ENDS})"
)
_ALIKE = 10  # how many times one year's amount may be another's


_ROW_HAN = re.compile(rf"{COUNT}(?=(?:、{COUNT})*、[{DIGIT}两十百千]+(?P<unit>[万亿]))")


_ROW_ITEMS = re.compile(r"(?<![\d.、])\d{1,3}(?:、\d{1,3})+(?=[项件个](?!月))")


def carried(text: str) -> str:
    """去年5200万，前年4300: the amount of another year in the unit of the one before it in its sentence."""
    text = _ROW_ITEMS.sub(lambda m: m.group().replace("、", "项、"), text)  # 分别是5、4、6项
    text = _ROW_HAN.sub(lambda m: f"{m.group()}{m['unit']}", text)  # 3100、3800、四千五百万
    for match in reversed(list(_NO_UNIT.finditer(text))):
        start = max(text.rfind(sign, 0, match.start()) for sign in "。；!?\n") + 1
        before = list(_AMOUNT.finditer(text, start, match.start())) or list(_AMOUNT.finditer(text, match.end()))[:1]
        told = number_of(before[-1]["number"]) if before else None
        if told and before[-1]["unit"] == "亿":
            told *= 10**4
        if told and told / _ALIKE <= (number_of(match["number"]) or 0) <= told * _ALIKE:
            text = f"{text[: match.end()]}万{text[match.end() :]}"
    return text
