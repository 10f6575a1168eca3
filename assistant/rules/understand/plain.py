"""A message made plain before it is read: one way of writing signs, years, shares and units, a form as sentences,
dictation with commas. Every step takes a text and returns one; the reader only ever sees the outcome."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from itertools import takewhile

from assistant.documents.numerals import ordinal
from assistant.rules.understand.ellipsis import filled
from assistant.rules.understand.figures import number_of
from assistant.rules.understand.hearsay import about_us

_HAN = "零〇○一二三四五六七八九"
_COUNT = r"\d[\d,]*(?:\.\d+)?"


def make_plain(text: str) -> str:
    """The message in half width and lower case, as sentences with commas, whole years and a unit on every figure."""
    for step in _STEPS:
        text = step(text)
    return text


# signs

_FULL_COMMA = re.compile(r"(?<!\d),|,(?!\d{3}(?!\d))")
_GAP = re.compile(
    r"(?<=[\u4e00-\u9fff])[ \t]+(?=[\u4e00-\u9fff])|(?<=[万亿元人名个项件])[ \t]+(?=\d)|(?<=[wk%亿万个人项件])[ \t]+(?=[\u4e00-\u9fff])"
)
_BEFORE_NUMBER = re.compile(r"(?<=[\u4e00-\u9fff])[ \t]+(?=\d)")  # 占总收入 76.8%
_LABEL_GAP = re.compile(r"(?<=日期|时间|地址|类型)[ \t]+(?=[\d一-龥])")
_ASKED_FIRST = re.compile(
    r"(?<=[吗么呢伐没]):(?!\s*(?:没有?|无|否|有|是|不)(?:[，。\s]|$))"
)  # 能报高企吗:有限公司 — the facts stand after the question
_ASKED_BEFORE = re.compile(r"(?<=高企|科小|新券|国高|特新|巨人|扣除):(?=[^\n]{30})")  # 够不够高企:广富林的有限公司…
_GRANTED = re.compile(r"(?<=[专利型观计著权明])[ ]?\((?:已?授权|有效|[件项个])\)")  # 发明专利(授权)3
_FACES = re.compile(r"\[[\u4e00-\u9fff]{1,4}\]|[\U0001F300-\U0001FAFF\u2600-\u27BF]|[~～]+")
_LIST_MARK = re.compile(r"(?m)^\s*(?:\d{1,2}[.、)]|[（(]\d{1,2}[)）]|[-*•·])(?!\d)\s*")


def _signs(text: str) -> str:
    text = re.sub(r"(?<=[\d年])[—–]+(?=\d)", "-", re.sub(r"(?<=[同环]比)[ \t]+", "", text))
    text = unicodedata.normalize("NFKC", _FACES.sub("，", text).replace("㎡", "平")).lower()
    text = _GRANTED.sub("", _LIST_MARK.sub("", _FULL_COMMA.sub("，", text)))
    return _ASKED_BEFORE.sub("?", _ASKED_FIRST.sub("?", text)).replace(";", "；")


def _gaps(text: str) -> str:
    """A space in place of a comma: 松江九亭 有限公司 去年平均50人; of a colon: 成立日期 2018-03-20."""
    text = _LABEL_GAP.sub(":", text)
    return _BEFORE_NUMBER.sub("", _GAP.sub("，", text))


# years

_FULL_YEAR = re.compile(rf"[一二][零〇○九][{_HAN}]{{2}}(?=年)")
_HAN_YEAR = re.compile(
    rf"(?<![{_HAN}十百千\d])[零〇○一二][{_HAN}](?=年(?:\d|[{_HAN}十]{{1,3}}月|[初底末]|上半年|下半年|[一二两三四五六七八九十]+[千百十万亿]|的?(?:总?收入|营收|销售|研发|主营|开|办|成立|注册|创|设|认定|评|拿|授权)))"
)
_TELLS_YEAR = (
    r"(?:(?:\d{1,2}|[一二三四五六七八九十]{1,2})月|[初底末]|上半年|下半年|度|那|[)、,，/到至和跟]|\s*(?:\d|[一二两三四五六七八九十]+[亿千百十万])"
    r"|的|分别|三年|(?:才|就|刚|新|被|我们|那年)?(?:首次|第一次|头一回|重新|认定|评上|通过|注册|成立|创办|创立|设立|开|办|拿|卖|投|在|发证|取得|授权|营|收入|销售|总收入|主营|研发|利润|平均|职工|员工)|(?:又|再|提|涨|升|降|增|减|达|花|用|砸|烧|全年|实际|追加|干|冲))"
)
_LASTS = r"(?:了|做|干|开|满|近|有|从事|深耕|已经?|过去|最近|前|快|超过|不到|才|第|\d|\.)"
_SHORT_YEAR = re.compile(rf"(?<!\d)(?<![.])(?P<year>[012]\d)(?=年{_TELLS_YEAR})")
_SHORT_LIST = re.compile(r"(?<![\d/.])[012]\d(?:[/、][012]\d){1,3}(?=年)")  # 23/24/25年
_MONTHS = re.compile(r"(?:1|一)月?(?:份)?\s*(?:-|~|到|至)\s*(\d{1,2}|[二三四五六七八九十]{1,2})月(?:份)?(?:底|末)?")
_SHORT_SPAN = re.compile(r"(?<!\d)(?P<first>[012]\d)(?=(?:到|至|-|~|、|和)20\d\d年)")


def _years(text: str) -> str:
    """二零二五年, 一五年开的, 23年5200 and 23到25年 with whole years."""
    text = _FULL_YEAR.sub(lambda m: "".join(_digit(c) for c in m.group()), text)
    text = _HAN_YEAR.sub(lambda m: "20" + "".join(_digit(c) for c in m.group()), text)
    text = _SHORT_LIST.sub(lambda m: "、".join(f"20{year}" for year in re.findall(r"\d\d", m.group())), text)
    text = _SHORT_YEAR.sub(
        lambda m: m["year"] if re.search(rf"{_LASTS}$", text[: m.start()]) else f"20{m['year']}", text
    )
    text = _MONTHS.sub(r"前\1个月", text)
    return _SHORT_SPAN.sub(r"20\g<first>", text)


_ME_AND = re.compile(
    r"我(?:和|跟|加上?)(?:另外|其他)?(?P<others>[一两二三四五六1-6])(?=[个位名](?:合伙人|伙伴|核心成员|创始人))"
)


def _digit(character: str) -> str:
    return str("零一二三四五六七八九".find(character.replace("〇", "零").replace("○", "零")))


# words for numbers

_RIGHTS = "发明|实用新型|外观|软著|软件著作权|集成电路|布图"
_OWN = rf"[一二两三四五六七八九十\d]+[个项件](?:{_RIGHTS})(?:专利|设计)*"
_PAIRS = (
    (re.compile(r"(?<![有里中])(?:一|半)(?:[个件项本张]|分钱?|毛钱?|块钱)(?:也|都)?(?:还)?没(?:有)?"), "都没有"),
    (re.compile(r"(?<=[近前过这])2(?=个?(?:会计)?年)"), "两"),
    (re.compile(r"(?:木|冇|么得|没得)有?(?=授权|专利|发明|软著|高企|收入)"), "没有"),
    (re.compile(r"俩(?=年)"), "两"),
    (re.compile(r"\(%\)[:\s]*(\d+(?:\.\d+)?)(?![\d.%])"), r":\1%"),
    (re.compile(r"【([^】\n]{1,12})】(?=\s*\d)"), r"，\1:"),
    (
        re.compile(
            r"(?:平均|每)每?(\d{1,3}|[一二三四五六七八九十]{1,3})(?:个|名|位)?(?:人|员工|职工)?(?:里面?|里头|当中|中|之中)"
            r"(?:就|大概|至少|差不多)?有(\d{1,2}|[一二两三四五六七八九])(?:个|名|位|人)?(?:人|员工)?(?:是|在|从事|属于)*"
            r"(?:搞|做|干|从事)?(?:研发|技术|科技|科研|开发)(?:人员|岗位?|的)*"
        ),
        r"科技人员占比\1分之\2",
    ),
    (
        re.compile(
            r"(研发(?:费用?|投入)?(?:总额)?)\s*(?:[/÷]|[与和跟比](?=[^，。；\d]{0,12}之比))\s*(?:同期)?\s*(?=主营|营业|销售|成本|收入|营收)"
        ),
        r"\1占",
    ),
    (re.compile(r"(?<!我们)(?<!你们)(?<!他们)俩"), "2个"),
    (
        re.compile(
            r"(委托|委外|委|包给|付给|请|找|给)(?:过|了|给)*(?:美国|德国|日本|英国|法国|香港|台湾|澳门|韩国|瑞士|荷兰|以色列|新加坡|欧洲|意大利|"
            r"加拿大|澳大利亚|印度|俄罗斯|瑞典|芬兰|慕尼黑|硅谷|东京|剑桥)(?:的|那边|当地)*"
        ),
        r"\1境外",
    ),
    (re.compile(rf"({_OWN})(?=[一二两三四五六七八九十\d]+[个项件](?:{_RIGHTS}))"), r"\1、"),  # 一个发明三个实用新型
    (re.compile(r"仨"), "3个"),
    (re.compile(r"(?:行业|国内|全国|业内)(?:里|的|是)?(?:绝对)?老大"), "国内第一"),
    (re.compile(r"(?<=排名)(?:是|为|:|\s)*(?=\d{1,2}(?:[，。；\s]|$))"), "第"),
    (re.compile(r"(?<=年[限数])[:为是\s]*(\d{1,2}(?:\.\d)?)(?![\d年.])"), r"\1年"),
    (
        re.compile(
            r"((?:市占率?|占有率|份额)[^，。；%\d]{0,8})从[^，。；%]{0,8}[\d.]+%(?:左右)?"
            r"(?:提高|提升|上升|增长|增加|涨|升|降|跌|掉|下降|做|爬)(?:到|至|成)了?(?:今年|现在|目前|去年)?的?"
        ),
        r"\1",
    ),
)


_CAPITAL = re.compile(r"[壹贰叁肆伍陆柒捌玖][零壹贰叁肆伍陆柒捌玖拾佰仟万亿]+")
_CAPITALS = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
_DIGIT = "一二三四五六七八九"
_ENDS = r"[，。；、!?\n]|左右|吧|$|20\d\d年|[去前]年|大前年"
_THOUSANDS = re.compile(rf"(?<![{_DIGIT}两十百千万亿\d])([{_DIGIT}两])([千百])([{_DIGIT}])(?={_ENDS})")


_MIXED = re.compile(
    r"(?<![\d.])(?=\d[千百]\d)(?:(\d)千)?(?:(\d)百)?(?:(\d)十)?(?=\s*[多余来]?[人名个位号项件])"
)  # 1千2百人


def _words(text: str) -> str:
    """Words and signs for numbers in one way of writing: 俩, 壹仟玖佰, 四千三."""
    for pattern, plain in _PAIRS:
        text = pattern.sub(plain, text)
    text = re.sub(r"零(?=收入|营收|销售)|(?<=收入|营收)(?:为|是)?零(?=[，。；]|$)", "没有", text)
    text = _CAPITAL.sub(lambda m: m.group().translate(_CAPITALS), text)
    text = _MIXED.sub(lambda m: str(sum(int(m[i] or 0) * 10 ** (4 - i) for i in (1, 2, 3))), text)
    text = _THOUSANDS.sub(
        lambda m: f"{_digit(m[1].replace('两', '二'))}{_digit(m[3])}{'00' if m[2] == '千' else '0'}", text
    )
    return _ME_AND.sub(lambda m: str(1 + (ordinal(m["others"]) or 0)), text)  # 我和两个合伙人


# forms: a label, a colon, a value on a line of its own

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
_ROW = re.compile(rf"(?P<number>{_COUNT})(?!\d|\.\d|\s*(?:年|月|日|号|天|个|人|名|位|项|件|%|[万亿wk元]|/\d{{1,2}}/))")


_CELLS = re.compile(r"[ \t]{2,}|\t|(?<=\S) (?=[\d一-龥])")
_SEVERAL = re.compile(r"(?<=[^\s:])[ \t]+(?=[一-龥]{1,10}:)")  # 专利:0 软著:9 on one line
_ROW_OF_FORM = re.compile(r"(:[ \t]*[^\s:，。]+)[ \t]+(?=[一-龥][一-龥/、()]+:)")  # the same without a line before
_LABEL_CELL = re.compile(r"(?:20\d\d年?)?[一-龥a-z()/]{2,14}(?<!年)")
_CELL = re.compile(rf"{_COUNT}(?P<unit>[万亿]元?|元|%|[人名个项件])?")
_NOTE = re.compile(  # 研发费用 268 301 352 (万元，全部境内)
    r"(?<=\d)(?P<row>[ \t]+[\d.,]+)[ \t]*\((?:单位[:是为]?)?(?P<unit>[万亿])元?(?:[，,、](?P<rest>[^)\n]*))?\)[ \t]*$",
    re.M,
)
_TABLE_UNIT = re.compile(r"单位[:是为]?\s*(?P<unit>[万亿])元?")


def _tables(text: str) -> str:
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
            value = f"{cells[1]}{unit}" if re.fullmatch(_COUNT, cells[1]) and _OF_MONEY.search(cells[0]) else cells[1]
            lines.append(f"{cells[0]}:{value}")
        else:
            lines.append(line)
    return "\n".join(lines)


def _in_pairs(line: str) -> str:
    """A line of labels each with its number, cut in as many: 职工 118  科技人员 19."""
    cells = [cell for cell in _CELLS.split(line.strip()) if cell]
    labels, numbers = cells[::2], cells[1::2]
    told = len(labels) == len(numbers) > 1 and all(_LABEL_CELL.fullmatch(cell) for cell in labels)
    if told and all(re.fullmatch(rf"{_COUNT}\s*[人名位项件个分%万亿元]*", cell) for cell in numbers):
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


def _forms(text: str) -> str:
    """上市:否 as 没有上市, 高企:有效期内 as 高企有效期内, 收入(万元):2023年3600 as 收入:2023年3600万."""
    text = _DENIED_LINE.sub(lambda m: f"没有{re.sub('[，/]', '、', m['key']).replace('是否', '')}。", text)
    return _LINE.sub(_sentence, text)


def _sentence(match: re.Match[str]) -> str:
    key, value = match["key"].strip(), match["value"].strip()
    if unit := _UNIT_IN_KEY.search(key):
        value = _ROW.sub(lambda m: f"{m['number']}{unit['unit']}", value)
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


# units

_YEAR_AFTER = re.compile(rf"(?P<amount>{_COUNT}\s*(?:[万亿]元?|元))\((?P<year>20\d\d)(?:年度?)?\)")  # 2300万(2023)
_SAYS_UNIT = re.compile(
    r"[，、(]?\s*(?:都|也|均)?(?:以)?单位(?:都|也|均)?(?:是|为|:)?(?P<unit>[万亿])元?(?:计)?\)?|(?<=\d)\s*\((?P<after>[万亿])元?\)"
    r"|，(?:都|均)(?:是|以)(?P<all>[万亿])元?(?:计|为单位)?(?=[，。；\n]|$)"
)
_ROW_BEFORE = re.compile(
    rf"[(]\s*(?:单位[:是为]?)?(?P<unit>[万亿]元?)\s*[)]\s*:?\s*(?P<row>{_COUNT}(?:\s*[/、,，]\s*{_COUNT})*)(?![\d.]|\s*[万亿%])"
)
_ROW_AFTER = re.compile(rf"(?<![\d./])(?P<row>{_COUNT}(?:\s*[/、,，]\s*{_COUNT})+)\s*(?P<unit>[万亿]元?)")


def _units(text: str) -> str:
    """2800/3500/4200(万), (万元):2800/3500 and 23年1200 24年1500，单位万: every figure with its unit."""
    text = _YEAR_AFTER.sub(r"\g<year>年\g<amount>", _ROW_BEFORE.sub(_with_units, text))
    position = 0
    while match := _SAYS_UNIT.search(text, position):
        start = max(text.rfind("。", 0, match.start()), text.rfind("\n", 0, match.start()), position - 1) + 1
        unit = match["unit"] or match["after"] or match["all"]
        row = _ROW.sub(lambda m, unit=unit: f"{m['number']}{unit}", text[start : match.start()])  # type: ignore[misc]
        text = text[:start] + row + "。" + text[match.end() :].lstrip("，；;。")
        position = start + len(row) + 1
    return _ROW_AFTER.sub(_with_units, text)


def _with_units(match: re.Match[str]) -> str:
    return "、".join(f"{number}{match['unit']}" for number in re.findall(_COUNT, match["row"]))


# dictation

_BREATHLESS = re.compile(r"[^，。！？!?；;、:()\n]{26,}")
_WHOLE = r"有限(?:责任)?公司|股份(?:有限)?公司|[分总子母本我贵]公司|这家公司|(?:失信|异常|名单|名录|事故|违法|处罚)(?:都|也)?没有|都没有|也没有|还没有|就没有|从没有|一直没有|有没有|能不能|是不是|会不会"
_PERIODS = r"大前年|前年|去年|上年|今年|近三年|近两年|三年(?=加|一共|总共|合计|研发|销售|收入)|这一年(?=没|安|从|也|内)|20\d\d年"
_TOPICS = (
    r"我们|我司|咱们?|现在|目前|中介|隔壁|同行|代理|别人|老板说|(?<!我们)公司(?=叫|在|是|有|没|注册|成立|名下|一共|去年|现在|总共)|研发费用?|研发投入|主营|营收|营业额|营业收入|销售额|总资产|资产总额|资产负债率|负债率|高企|自评|自己打|自己对着"
    r"|没有|(?<![个名位])(?:员工|职工)|国内市占率?|市占率|评价表|属于|能报|可以吗|请问|想问|你看|听说|听人|人家|就是|另外|还有|企业所得税|(?<!企业)所得税|成本费用"
    r"|发明专利|科研失信(?:没有)?|(?<!经营)(?:经营)?异常名录(?:没有)?"
)
_TOPIC = re.compile(
    rf"{_WHOLE}|(?<![，的是在和跟与比把被有说做为到自于从至即据截按给让请年占期部总同])(?<![0-9])(?P<topic>{_TOPICS})"
    rf"|(?<![，到自于从至即据截比较跟和与同0-9])(?P<period>{_PERIODS})"
)
_NONE_OF_IT = re.compile(r"(?<=失信|异常|名单|名录|事故|违法|处罚)(?:都|也)?没有(?=[^，])")
_CONDUCT = "失信|异常|名单|名录|事故|违法|处罚"
_DENIED = re.compile(
    rf"[没未](?:(?!{_CONDUCT})[^，]){{0,12}}(?:{_CONDUCT})$"
)  # 没有事故没有违法: the second is of what follows
_AFTER_FIGURE = re.compile(
    r"(?<=[个人万亿元%项件分])(?=三年(?!，)|近三年|(?:科技|研发|技术)人员[一二三四五六七八九十百两\d]|研发(?:经费|投入)?(?=，?三年|，?去年|前年|一共|总共|花)|技术的|技术部|搞|研发的|主营|负债率|资产|自评|营收|研发费|产品|高企|发明专利|实用新型有|软著有|国内|市占|属于|没有|你看|我们|能不能|自己|听说|以前|近)"
)


def _breaths(text: str) -> str:
    """Commas in a stretch of twenty-six characters and more without any sign."""
    return _BREATHLESS.sub(lambda m: _with_commas(m.group()), text)


def _with_commas(stretch: str) -> str:
    stretch = _NONE_OF_IT.sub(lambda m: m.group() if _DENIED.search(stretch[: m.start()]) else "没有，", stretch)
    stretch = _TOPIC.sub(
        lambda m: f"，{m.group()}" if (m["topic"] or m["period"]) and m.start() else m.group(), stretch
    )
    return _AFTER_FIGURE.sub("，", stretch)


_AMOUNT = re.compile(rf"(?P<number>\d[\d,]*(?:\.\d+)?|[{_DIGIT}两十百千]+)\s*个?(?P<unit>[万亿w])")
_NO_UNIT = re.compile(
    r"(?:(?:大前|前|去|上|20\d\d)年度?|部分|那块)(?:的|是|为|才|只有|有|做了|卖了|大概|大约|约|差不多)*"
    rf"(?P<number>\d{{3,5}}(?:\.\d+)?)(?=[涨增升降跌到]|{_ENDS})"
)
_ALIKE = 10  # how many times one year's amount may be another's


_ROW_HAN = re.compile(rf"{_COUNT}(?=(?:、{_COUNT})*、[{_DIGIT}两十百千]+(?P<unit>[万亿]))")


def _carried(text: str) -> str:
    """去年5200万，前年4300: the amount of another year in the unit of the one before it in its sentence."""
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


_STEPS: tuple[Callable[[str], str], ...] = (
    _signs,
    _tables,
    _words,
    _years,
    _forms,
    filled,
    _units,
    _carried,
    _gaps,
    _breaths,
    about_us,
)
