"""Which label names what a figure tells."""

from __future__ import annotations

import re
from collections.abc import Container

from assistant.rules.understand.figures import Figure, FigureKind
from assistant.rules.understand.lexicon import TAKES, LabelKind, Spot, label_for, lexicon
from assistant.rules.understand.message import Message

NEAR = 6  # characters between a label and its figure in one clause
_SUMS_UP = re.compile(r"(?:这[些几是都]|以上|上面|都[是指为]|全[是部]|均为|说的|指的|讲的|指)")
_NONE_OF = re.compile(r"(?:没有?|无)(?:任何|产生|形成)?$")  # 2023年没有收入，2024年260万
_ONLY = re.compile(r"[只仅][是为]|都是|其实是")
_WITHIN = re.compile(
    r"(?:里面?|里头|中|当中)(?:大概|大约|差不多|约|还)?有(?:大概|大约|差不多|约)?"
)  # 研发费里有30万是财政资金
_SAID_TO_BE = re.compile(r"是|属于|来自|的?[一-龥]{2,6}(?:费|款|资金|补贴|租金)")
_KIND = re.compile(
    r"(?<=[名位个])(?!员工|职工|同事|人(?!才)|正式|在职|全职|在编|左右|上下|出头|多|的|了|吧|在|是|都|就|才|不到|不含|含|包括|呢|啊|嘛|合|做|搞|干)[\u4e00-\u9fff]"
)
_STAFF = ("staff_total",)
_USED, _NEW = "ip_class2_used", re.compile(r"新|后面|后来|另|还有|剩")
_WHOLES = ("total_income_latest", "revenue")
_ALONE = re.compile(r"(?:口径|的)?[)，。；!?]?\n?")
_ROW = re.compile(r"(?:年度?|的|和|[、，\s])*")
_SHARED = re.compile(r"占|比重|比例|[/÷]")
_LEADS_TO = re.compile(
    r"(?:大概|大约|约|不足|[没还]?不?到|没?达到|未达|[只才仅就刚]|接近|将近|过|[\d.]+%|超过|达到?|有|是|为|里|能|可以|差不多|稳定在|，)*"
)
BESIDE = 3  # characters between a figure and the label after it
_OPERATES = re.compile(r"[、÷/=+×]")  # 高新收入1800万÷总收入2400万: the label after it is of the next one
_SIGNS = ("", *"，。；、的了和与及()")  # after a label that has no figure of its own
_BARE_REST = re.compile(r"(?:左右|上下|出头|吧|了|呢|的|人|[，。；、!?)\s])*")
_OF_ALL = re.compile(r"[都均全]")  # Ⅱ类18项均未使用过
_TOTAL = re.compile(r"一共|总共|共|现在|目前|现有|如今")
_BRACKETS = re.compile(r"\([^()]*\)")


def label_of(message: Message, figures: list[Figure], i: int, used: Container[int]) -> Spot | None:
    """The label that names what the figure `i` tells: before it in its sentence, or right after it; `used` ones are taken."""
    figure = figures[i]
    sentence = message.sentence(figure.start)
    passed = [f for f in figures[:i] if f.kind is not FigureKind.RANK or figure.kind is FigureKind.RANK]
    since = max(sentence.start, passed[-1].end if passed else 0)  # 市占率国内前三，大概11%
    until = min(sentence.end, figures[i + 1].start if i + 1 < len(figures) else sentence.end)
    fitting = [spot for spot in message.labels if fits(message, spot, figure) and spot.start not in used]
    before = [spot for spot in fitting if since <= spot.start and spot.end <= figure.start]
    before = _outside(message, before, since, figure.start)
    clause = message.clause(figure.start)
    before = [s for s in before if clause.holds(s.start) or not _NONE_OF.search(message.text, 0, s.start)]
    after = [spot for spot in fitting if figure.end <= spot.start <= figure.end + BESIDE and spot.end <= until]
    after = [
        spot
        for spot in after
        if clause.holds(spot.start) and not _OPERATES.search(message.text, figure.end, spot.start)
    ]
    after = [spot for spot in after if not _TOTAL.match(message.text, spot.start)]  # 3个兼职一共43人
    following = of_next(message, figure)
    after = [spot for spot in after if spot is not following]
    near = before[-1] if before else None
    if (
        near
        and near.label.kind is LabelKind.PEOPLE
        and figure.kind is FigureKind.ITEMS
        and not clause.holds(near.start)
    ):
        near = (
            near if _BARE_REST.fullmatch(message.text, figure.end, clause.end) else None
        )  # 创业团队，进了一个众创空间
    if near and figure.kind is FigureKind.ITEMS and _TOTAL.match(message.text, near.start):  # 软著都用过了，一共6个
        counts = [s for s in before if s.label.kind is LabelKind.ITEMS and s.label.to and not s.label.amid]
        near = counts[-1] if counts else near
    if near and near.label.to == _STAFF and near.label.beside and _KIND.match(message.text, figure.end):
        near = None  # 我们有3名博士: of some kind, not all
    if near and near.label.to == (_USED,) and not clause.holds(near.start):
        near = None if _NEW.search(message.text[near.end : figure.start]) else near  # 5个用过了，后面新拿了7个
    apart = near is not None and re.search(r"\d", message.text[near.end : figure.start])  # past a figure left out
    if near and not apart and clause.holds(near.start) and figure.start - near.end <= NEAR:
        counted = figure.kind is FigureKind.ITEMS and near.label.kind is LabelKind.PEOPLE
        closed = bool(after) and message.text[after[0].end :][:1] in _SIGNS  # 知识产权就1项发明, Ⅱ类剩8项没用过
        bare = near.label.beside is not None or _TOTAL.match(message.text, near.start) is not None
        subject = closed and near.label.to == _STAFF and bare  # 我们有20名工程师, 总共11个研发
        some = closed and not _OF_ALL.search(message.text[figure.end : after[0].end])
        general = closed and (not near.label.to or (some and after[0].label.amid is not None))
        only = bool(after) and _ONLY.fullmatch(message.text, figure.end, after[0].start)  # 收入4950万只是主营
        within = bool(after) and is_within(message, near, figure)
        beside = (
            only
            or within
            or ((near.label.weak or counted or general or subject) and bool(after) and not after[0].label.weak)
        )
        chosen: Spot | None = after[0] if beside else _stronger(message, before, near)
    else:
        chosen = after[0] if after else near
    return project(message, figure, chosen, sentence.start) or chosen or named_after(message, figure)


def of_next(message: Message, figure: Figure) -> Spot | None:
    """The label right after a figure that names the next one: 去年2100万研发230万."""
    after = [s for s in message.labels if 0 <= s.start - figure.end <= 1 and fits(message, s, figure)]
    following = [f for f in message.figures if after and 0 <= f.start - after[0].end <= 1 and f.kind is figure.kind]
    if not following:
        return None
    end = following[0].end
    named = any(0 <= s.start - end <= 1 and fits(message, s, figure) for s in message.labels)  # 2100万营收230万研发
    return None if named else after[0]


def is_within(message: Message, spot: Spot, figure: Figure) -> bool:
    """Whether a figure is a part of what the label names, of which something else is said: 研发费里有30万是差旅费."""
    within = _WITHIN.fullmatch(message.text, spot.end, figure.start)
    return within is not None and _SAID_TO_BE.match(message.text, figure.end) is not None


def _outside(message: Message, spots: list[Spot], since: int, until: int) -> list[Spot]:
    """The labels that stand in no closed bracket, if there are any: Ⅱ类(实用新型、软著)合计26项."""
    closed = list(_BRACKETS.finditer(message.text, since, until))
    kept = [spot for spot in spots if not any(b.start() < spot.start < b.end() for b in closed)]
    return kept or spots


def _stronger(message: Message, before: list[Spot], near: Spot) -> Spot:
    """The label meant by a weak one, or by a bare subject after what is counted: 研发团队，目前22人."""
    last = next((spot for spot in reversed(before) if spot is not near), None)
    subject = near.label.beside and near.label.to == _STAFF
    named = last is not None and last.label.kind is near.label.kind and not last.label.beside
    if last and subject and named and message.text[last.end : near.start] == "，":
        return last
    strong = [spot for spot in before if not spot.label.weak and spot.label.kind is near.label.kind]
    return strong[-1] if near.label.weak and strong and near.label.kind is LabelKind.PEOPLE else near


def share_of(message: Message, figure: Figure) -> Spot | None:
    """The share that is told right after the income it is one of: 主营2290万，占97.4%, 高新收入超过六成."""
    start = message.sentence(figure.start).start
    money = [s for s in message.labels if start <= s.start < figure.start and s.label.kind is LabelKind.MONEY]
    money = [s for s in money if not message.text[: s.start].endswith(("占", "占了", "占到", "/", "÷"))]
    if figure.kind is not FigureKind.PERCENT or not money:
        return None
    others = (f for f in message.figures if money[-1].end <= f.start < figure.start)
    if any(other.kind not in (FigureKind.MONEY, FigureKind.PERCENT) for other in others):
        return None
    parts = [s for s in money if not set(s.label.to) & {*_WHOLES}]  # 高新收入2900万，总收入4700万，占比61.7%
    fact = next((lexicon().shares[to] for to in parts[-1].label.to if to in lexicon().shares), None) if parts else None
    words = message.text[max(message.clause(figure.start).start, money[-1].end) : figure.start]
    named = {to for s in money for to in s.label.to}
    if fact == "rd_ratio" and "cost_expense_latest" in named and not named & {*_WHOLES, "main_revenue"}:
        fact = "rd_cost_ratio_latest"  # 成本费用1800万，研发费用450万占25%
    if fact == "rd_ratio" and named & {"cost_expense_latest", "main_revenue"}:
        return None  # a share of costs, or of main revenue
    if fact is None or not (_SHARED.search(words) or _LEADS_TO.fullmatch(message.text[money[-1].end : figure.start])):
        return None
    return Spot(parts[-1].start, parts[-1].end, label_for(fact))


def named_after(message: Message, figure: Figure) -> Spot | None:
    """The label of a clause that says what the figures before it were: 去年5600万，前年4800万，都是销售额."""
    sentence = message.sentence(figure.start)
    for spot in message.labels:
        clause = message.clause(spot.start)
        told = figure.end <= spot.start and spot.end <= sentence.end and spot is not of_next(message, figure)
        if told and fits(message, spot, figure):
            others = [other for other in message.figures if clause.holds(other.start)]
            alone = _ALONE.fullmatch(message.text, spot.end, sentence.end) and spot.start == clause.start
            if others:
                return spot if figure.kind is FigureKind.MONEY and _in_row(message, figure, spot) else None
            later = figure.end <= clause.start
            return spot if later and (alone or _SUMS_UP.match(message.words(clause))) else None
    return None


def _in_row(message: Message, figure: Figure, spot: Spot) -> bool:
    """Whether only years and figures stand between a figure and a label: 23年900万，24年1300万，25年1800万的营收."""
    words = list(message.text[figure.end : spot.start])
    for start, end in [(f.start, f.end) for f in message.figures] + [(p.start, p.end) for p in message.periods]:
        if figure.end <= start < spot.start:
            words[start - figure.end : end - figure.end] = [""] * (end - start)
    last = max(other.end for other in message.figures if other.end <= spot.start)
    beside = message.text[last : spot.start] in ("", "的", "是")
    return beside and _ROW.fullmatch("".join(words)) is not None


def project(message: Message, figure: Figure, chosen: Spot | None, start: int) -> Spot | None:
    """The project whose amount the figure is, where no nearer label means a fact of the programme."""
    if figure.kind is not FigureKind.MONEY or (chosen and is_wanted(message, chosen)):
        return None
    projects = [s for s in message.labels if s.label.kind is LabelKind.AMOUNTS and start <= s.start < figure.start]
    projects = [spot for spot in projects if is_wanted(message, spot)]
    return projects[-1] if projects else None


def fits(message: Message, spot: Spot, figure: Figure) -> bool:
    """Whether the label takes figures of this kind."""
    if spot.label.amid and not spot.label.amid.search(message.words(message.sentence(spot.start))):
        return False
    if (spot.label.kind is LabelKind.AMOUNTS or spot.label.wanted) and not is_wanted(message, spot):
        return False
    if figure.kind is FigureKind.ITEMS and spot.label.kind is LabelKind.PEOPLE and not figure.text.endswith("个"):
        return False
    return spot.label.kind in TAKES[figure.kind]


def is_wanted(message: Message, spot: Spot) -> bool:
    """Whether the programme in question uses a fact of the label."""
    families = lexicon().families
    names = [n for to in spot.label.to for n in (families[to].values() if to in families else (to,))]
    return any(name in message.wanted for name in names)
