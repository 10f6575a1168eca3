"""A message made plain before it is read: one way of writing signs, years, shares and units, a form as sentences,
dictation with commas. Every step takes a text and returns one; the reader only ever sees the outcome."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from assistant.documents.numerals import ordinal
from assistant.rules.understand.dictation import breaths
from assistant.rules.understand.ellipsis import filled
from assistant.rules.understand.forms import forms, tables
from assistant.rules.understand.hearsay import about_us
from assistant.rules.understand.negations import denials
from assistant.rules.understand.ticks import marked, ticked
from assistant.rules.understand.units import DIGIT, ENDS, carried, units

_HAN = "零〇○一二三四五六七八九"


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
_THEN = re.compile(
    r"(?<=[^，。；、:\n])(?:然后呢?|(?=而且|并且|另外(?!一)|此外|同时|但是|但我们|不过(?!期)|可是|可我们))(?:的话)?(?=[\u4e00-\u9fff\d])"
)
_NOR = re.compile(  # 没进孵化器也没注册公司
    r"((?:没(?!有)|未)[^，。；、:\n没未无不]{2,12})(?=[也又更](?:没(?!有)|未))"
)
_BEFORE_NUMBER = re.compile(r"(?<=[\u4e00-\u9fff])[ \t]+(?=\d)")  # 占总收入 76.8%
_TOKEN_GAP = re.compile(  # 某某有限公司 九亭 24年成立; 松江新桥的 42人
    r"(?<=公司)[ \t]+(?=[\u4e00-\u9fff]{2,5}[ \t]+\d)|(?<=公司[ \t][\u4e00-\u9fff]{2})[ \t]+(?=\d)|(?<=的)[ \t]+(?=\d+个?人)"
)
_LABEL_GAP = re.compile(r"(?<=日期|时间|地址|类型)[ \t]+(?=[\d一-龥])")
_ASKED_FIRST = re.compile(
    r"(?<=[吗么呢伐没]):(?!\s*(?:没有?|无|否|有|是|不)(?:[，。\s]|$))"
)  # 能报高企吗:有限公司 — the facts stand after the question
_ASKED_BEFORE = re.compile(r"(?<=高企|科小|新券|国高|特新|巨人|扣除):(?=[^\n]{30})")  # 够不够高企:广富林的有限公司…
_GRANTED = re.compile(r"(?<=[专利型观计著权明])[ ]?\((?:已?授权|有效|[件项个])\)")  # 发明专利(授权)3
_FACES = re.compile(
    r"\[[\u4e00-\u9fff]{1,4}\]|[\U0001F300-\U0001FAFF\u2600-\u27BF]|(?<![\d%万亿元人个名])[~～]+|[~～]+(?!\d)"
)
_CIRCLED = re.compile(r"\s*[①-⒛❶-❿]\s*(?![、，和与及项条])")  # each begins a line; 第①项 and ①、② only point to one
_OF_CLASS = re.compile(r"(?<![a-z])(i{1,2})[ \t]+类(?=知识|知产|ip)")
_LIST_MARK = re.compile(r"(?m)^\s*(?:(?:\d{1,2}[.、]|[-*•·])(?!\d)|[（(]?\d{1,2}[)）])\s*")


def _signs(text: str) -> str:
    text = _CIRCLED.sub("\n", text)
    text = re.sub(r"(?<=[\d年])[—–]+(?=\d)", "-", re.sub(r"(?<=[同环]比)[ \t]+", "", text))
    text = unicodedata.normalize("NFKC", _FACES.sub("，", text).replace("㎡", "平")).lower()
    text = _GRANTED.sub("", _LIST_MARK.sub("", _FULL_COMMA.sub("，", text)))
    text = _OF_CLASS.sub(r"\1类", text)
    return _ASKED_BEFORE.sub("?", _ASKED_FIRST.sub("?", text)).replace(";", "；")


def _gaps(text: str) -> str:
    """A space in place of a comma: 松江九亭 有限公司 去年平均50人; of a colon: 成立日期 2018-03-20."""
    text = _LABEL_GAP.sub(":", text)
    text = _TOKEN_GAP.sub("，", text)
    text = _NOR.sub(r"\1，", _THEN.sub("，", text))
    return _BEFORE_NUMBER.sub("", _GAP.sub("，", text))


# years

_FULL_YEAR = re.compile(rf"[一二][零〇○九][{_HAN}]{{2}}(?=年)")
_HAN_YEAR = re.compile(
    rf"(?<![{_HAN}十百千\d])[零〇○一二][{_HAN}](?=年(?:\d|[{_HAN}十]{{1,3}}月|[初底末]|上半年|下半年|[一二两三四五六七八九十]+[千百十万亿]|的?(?:总?收入|营收|销售|研发|主营|开|办|成立|注册|创|设|认定|评|拿|授权)))"
)
_LAST_CENTURY = re.compile(
    rf"(?<![{_HAN}十百千\d])[八九89][{_HAN}\d](?=年(?:就|才|的?时候)?(?:成立|创|开|办|注册|设立|建|起家))"
)
_TELLS_YEAR = (
    r"(?:(?:\d{1,2}|[一二三四五六七八九十]{1,2})月|[初底末]|上半年|下半年|度|那|[)、,，:/到至和跟]|\s*(?:\d|[一二两三四五六七八九十]+[亿千百十万])"
    r"|的|分别|三年|(?:就|才|只有?)[小大]?半年|(?:才|就|刚|新|被|我们|那年)?(?:首次|第一次|头一回|重新|复审|复评|认定|评上|通过|注册|成立|创办|创立|设立|开|办|拿|卖|投|在|发证|取得|授权|营|收入|销售|总收入|主营|研发|利润|平均|职工|员工)|(?:又|再|提|涨|升|降|增|减|达|花|用|砸|烧|全年|实际|追加|干|冲|翻|同?比|较))"
)
_LASTS = r"(?:了|做|干|开|满|近|有|从事|深耕|已经?|过去|最近|前|快|超过|不到|才|第|\d|\.)"
_SHORT_YEAR = re.compile(rf"(?<!\d)(?<![.])(?P<year>[012]\d)(?=年{_TELLS_YEAR})")
_SHORT_LIST = re.compile(r"(?<![\d/.])[012]\d(?:[/、][012]\d){1,3}(?=年)")  # 23/24/25年
_BARE_YEAR = re.compile(  # 2024年86万，25年一下子做到640万
    r"(?<![\d.])(?<![了做干开满近有过前快才第已到至-])2[1-7](?=年(?!了|前|多|以|来|半|左右|间|内|之|后|工龄|经验|历史|质保|老))"
)
_PART_YEAR = re.compile(r"(?P<year>20\d\d年)\((?:[下后]半年|半年|成立[后起]|当年)\)")
_MONTHS = re.compile(
    r"(?:1|一)月?(?:份)?\s*(?:-|~|到|至)\s*(?!12月|十二月)(\d{1,2}|[二三四五六七八九十]{1,2})月(?:份)?(?:底|末)?"
)
_YEAR_LABEL = re.compile(
    r"(?<![\d.])(20[0-3]\d)(?=(?:营业|销售|主营|研发|总)(?:收入|费|额|投入)|营收|收入)"
)  # 2023营业收入
_YEAR_COLON = re.compile(r"(?<![\d.:])(20[0-3]\d):[ \t]*(?=\d)")  # 2023:120
_SHORT_SPAN = re.compile(r"(?<!\d)(?P<first>[012]\d)(?=(?:到|至|-|~|、|和)20\d\d年)")


_AMOUNT = r"(?:\d[\d.,]*|[一二三四五六七八九十百千两]+)\s*[万亿]?元?"
_TWO_BEFORE = re.compile(  # 去年1350万，前面两年是900万和620万: told backwards
    rf"(?<=[，、；])(?:再|更|之|往)?前面?[两二2]年(?:分别|依次|各|的)*(?:是|为|做了?|卖了?|有)?(?P<one>{_AMOUNT})[和、，跟及与/]+(?P<other>{_AMOUNT})"
)


def _founded_in(text: str, year: str) -> bool:
    """Whether a company was founded in a year, of which the part that is left is then the whole: 2024年(下半年)126万元."""
    return re.search(rf"{year}(?:\d{{1,2}}月)?[^，。；]{{0,8}}(?:成立|注册|设立|创办|开业|拿|领)", text) is not None


def _years(text: str) -> str:
    """二零二五年, 一五年开的, 23年5200 and 23到25年 with whole years."""
    text = _FULL_YEAR.sub(lambda m: "".join(_digit(c) for c in m.group()), text)
    text = re.sub(r"(?<=\d\d)财年", "年度", text)
    text = _HAN_YEAR.sub(lambda m: "20" + "".join(_digit(c) for c in m.group()), text)
    text = _LAST_CENTURY.sub(lambda m: "19" + "".join(c if c.isascii() else _digit(c) for c in m.group()), text)
    text = _SHORT_LIST.sub(lambda m: "、".join(f"20{year}" for year in re.findall(r"\d\d", m.group())), text)
    text = _SHORT_YEAR.sub(
        lambda m: m["year"] if re.search(rf"{_LASTS}$", text[: m.start()]) else f"20{m['year']}", text
    )
    if re.search(r"20[12]\d\s*年", text):
        text = _BARE_YEAR.sub(r"20\g<0>", text)
    text = _PART_YEAR.sub(lambda m: m["year"] if _founded_in(text, m["year"]) else m.group(), text)
    text = _YEAR_LABEL.sub(r"\1年", _YEAR_COLON.sub(r"\1年", text))
    text = _MONTHS.sub(r"前\1个月", text)
    if re.search(r"去年|上年|最近一年", text):
        text = _TWO_BEFORE.sub(r"前年\g<one>，大前年\g<other>", text)
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
    (re.compile(r"昨年"), "去年"),
    (re.compile(r"注的册"), "注册的"),
    (
        re.compile(
            r"(研发(?:费用?|投入|支出|活动)?)(?:的)?100%(?:都|全)?(?:是)?(?:发生|花|用|投)?在(?=(?:中国)?(?:境内|国内))"
        ),
        r"\1全部在",
    ),
    (re.compile(r"(?:刚好|正好|恰好|整整)(?:是)?(?=\d[\d,.]*\s*[万亿%]|[一二三四五六七八九十百千两]+[万亿])"), ""),
    (re.compile(r"委托过(?=国外|境外|海外)"), "委托"),
    (re.compile(r"第一([个件项])(?=(?:发明|实用新型|专利)[^，。；]{0,6}(?:授权|下来|拿到|下证|到手))"), r"1\1"),
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
            r"(委托|委外|委|包给|付给|请|找|给)(?:过|了|给)*(?:一?[家个])?(?:美国|德国|日本|英国|法国|香港|台湾|澳门|韩国|瑞士|荷兰|以色列|新加坡|欧洲|意大利|"
            r"加拿大|澳大利亚|印度|俄罗斯|瑞典|芬兰|慕尼黑|硅谷|东京|剑桥)(?:的|那边|当地)*"
        ),
        r"\1境外",
    ),
    (re.compile(rf"({_OWN})(?=[一二两三四五六七八九十\d]+[个项件](?:{_RIGHTS}))"), r"\1、"),  # 一个发明三个实用新型
    (re.compile(r"(转让了?|卖[了掉]*|把)一[项件个](?=[^，。；]{0,6}(?:专利|技术|成果))"), r"\1"),  # 卖了一项专利
    (re.compile(r"(?<=[去前]年)\(20\d\d年?度?\)(?=[:\s]*\d)"), ""),  # 去年(2025)380万
    (  # 研发费是450，呃460万
        re.compile(
            r"(?<![\d.])(?:\d[\d.,]*|[一二三四五六七八九十百千两]+)，(?:[呃额嗯哦啊噢](?:不(?:是|对)?|[说记]?错了?)?|不对|不是|[说记写]错了)[，]?(?:是|应该?是)?(?=(?:\d[\d.]*|[一二三四五六七八九十百千两]+)\s*[万亿%个项件])"
        ),
        "",
    ),
    (re.compile(r"仨"), "3个"),
    (
        re.compile(
            r"(?:差不多|大概|大约|约|将近|快)?[一二三四五六七八九]成(?:[一二三四五六七八九]|半|多)?[，(]?(?:也|那)?就是(?=\d[\d.]*%)"
        ),
        "",
    ),
    (re.compile(r"((?:占比|负债率|占有率|市占率)[是为:]?)([1-9]\d?(?:\.\d+)?)(?=[ \t，。；]|$)"), r"\1\2%"),
    (
        re.compile(r"发(?:明)?(\d{1,2})[、，]?新(?:型)?(\d{1,2})(?=[、，。；软外\s]|$)"),
        r"发明\1、实用新型\2，",
    ),  # 发1新6软4
    (re.compile(r"(?<=，)软(?=\d)"), "软著"),
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
_THOUSANDS = re.compile(rf"(?<![{DIGIT}两十百千万亿\d])([{DIGIT}两])([千百])([{DIGIT}])(?={ENDS}|[到至])")


_MIXED = re.compile(
    r"(?<![\d.])(?=\d[千百]\d)(?:(\d)千)?(?:(\d)百)?(?:(\d)十)?(?=\s*[多余来]?[人名个位号项件万])"
)  # 1千2百人, 2千8百万


def _words(text: str) -> str:
    """Words and signs for numbers in one way of writing: 俩, 壹仟玖佰, 四千三."""
    for pattern, plain in _PAIRS:
        text = pattern.sub(plain, text)
    text = re.sub(
        r"零(?=收入|营收|销售|专利|发明|软著|知识产权)|(?<=收入|营收)(?:为|是)?零(?=[，。；]|$)", "没有", text
    )
    text = _CAPITAL.sub(lambda m: m.group().translate(_CAPITALS), text)
    text = _MIXED.sub(lambda m: str(sum(int(m[i] or 0) * 10 ** (4 - i) for i in (1, 2, 3))), text)
    text = _THOUSANDS.sub(
        lambda m: f"{_digit(m[1].replace('两', '二'))}{_digit(m[3])}{'00' if m[2] == '千' else '0'}", text
    )
    return _ME_AND.sub(lambda m: str(1 + (ordinal(m["others"]) or 0)), text)  # 我和两个合伙人


_STEPS: tuple[Callable[[str], str], ...] = (
    ticked,
    _signs,
    marked,
    tables,
    _words,
    denials,
    _years,
    forms,
    filled,
    units,
    carried,
    _gaps,
    breaths,
    about_us,
)
