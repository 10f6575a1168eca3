"""What a message says of others, of plans and of the company's beginnings: left out before figures are read.

隔壁那家才三成, 听说要10%, 明年打算招40人, 成立时只有3个人, 那个78%不是我们的: true or not, they are no facts of the company
as it stands.
"""

from __future__ import annotations

import re

_CLAUSE = re.compile(r"[^，。！？!?；;\n]*[，。！？!?；;\n]?")
_ENDS = re.compile(r"[。！？!?；;\n]$")
_OTHERS = re.compile(
    r"^[\s嗯呃哦不过但而且可是另外还有这那个前阵子上个月]*(?:隔壁|对门|楼上|同行|同园区|园区(?:里)?(?:别的|另|有|讲|说)|别家|别人|别的(?:公司|企业|区|厂)|另(?:外)?(?:有)?一家|人家|"
    r"朋友|听(?:说|人|群里|同行|代理)|据说|群里|网上|网友|代理(?:公司)?(?:说|讲)|中介|给我们做[^，。；]{0,8}的|(?:会计|审计)(?:师)?(?:所|事务所)|事务所|有人(?:说|讲|跟)|我听|他们|对方|总公司|集团(?:全球|总|公司)|老板(?:以为|觉得|还以为)|供应商|客户|不少人)"
)
_SAYS_RULE = re.compile(
    r"(?:说|讲|觉得|以为|反正)[^，。；]{0,14}?(?:超过|只要|要|得|满|达到|过了?|不低于|至少)[^，。；]{0,6}?[\d一二三四五六七八九十][^，。；]{0,8}?(?:就行|就够|就算|才行|才算|就可以|即可|就成|的了)"
)
_US = re.compile(
    r"^[\s那所以但可是而]*(?:我们|我司|本公司|本单位|咱|自己|公司(?!里)|去年|前年|今年|20\d\d年|近[两三]年)"
)
_PLANS = re.compile(r"明年|后年|下半年|打算|计划|争取|预计|目标是|准备[^，。；]{0,6}\d|将来|过两年")
_GUESS = re.compile(r"^(?:大概|估计|预计|应该|可能|能|到时候?)")  # goes on with a plan: 明年再卖一个，估计能有300万
_SUPPOSED = re.compile(r"如果|要是|假如|假设|假使|倘若|若是|换成|呢$|呢[?？]$|(?<!打)算|行吗|够吗")
_BEGINNINGS = re.compile(
    r"(?:成立|创办|创业|开张|起步|刚开始|一开始|当初|最早|最初|早年|签约|注册)(?:的)?(?:时候|那时|那会儿?|时(?!间)|初期|之初|那年)[^，。；]{0,8}?(?:[\d一二三四五六七八九十两]+\s*(?:个|名)?人?)"
    r"|以前在(?:别的|其他|原来的?)(?:公司|单位)"
)
_NOT_OURS = re.compile(
    r"(?:[\d.%]+|[一二三四五六七八九十百千万两]+)[个名人万亿元项件]*(?:不是我们|是?不能算|是?不算数|就?不[提算说](?:了|在内)?(?![得好多少大高低小什])|是前年的|是大前年的|是[^，。；]{0,6}新招|是别人|是集团|是总部)"
)
_NOT_BUT = re.compile(r"(?<=[\d万亿%个人项件元])[，]?(?:而)?不是\s*[\d.]+\s*[万亿]?[%个人项件元]?(?=[，。；!?]|$)")
_SLIP = re.compile(r"(?:少|多|漏)[打写看填](?:了)?(?:一个|1个|个)?(?:0|零)")
_DIGITS = re.compile(r"[\d一二三四五六七八九十百两半几]")


def about_us(text: str) -> str:
    """The text without the clauses that tell nothing of the company as it stands."""
    text = _BEGINNINGS.sub("", _NOT_BUT.sub("", _SLIP.sub("", text)))
    kept: list[str] = []
    others = planned = False
    for match in _CLAUSE.finditer(text):
        clause = match.group()
        if not clause:
            continue
        others = (others and not _US.search(clause)) or _OTHERS.search(clause) is not None
        plan = None if _SUPPOSED.search(clause) else _PLANS.search(clause)
        planned = (planned and _GUESS.search(clause) is not None) or plan is not None
        if plan and not others:
            kept += [clause[: plan.start()], _end(clause, [clause])]  # 公司还没注册打算明年去办: as far as it is so
        elif others or planned or _idle(clause):
            kept.append(_end(clause, kept))
        else:
            kept.append(clause)
        if _ENDS.search(clause):
            others = planned = False
    return "".join(kept)


def _idle(clause: str) -> bool:
    """Whether a clause has figures that are none of the company's facts."""
    return bool(_DIGITS.search(clause) and (_NOT_OURS.search(clause) or _SAYS_RULE.search(clause)))


def _end(clause: str, kept: list[str]) -> str:
    """The sign that ends a clause left out, where it ends a sentence."""
    return clause[-1] if kept and _ENDS.search(clause) else ""
