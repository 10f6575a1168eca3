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
    r"我们(?:还|也)?有(?:一?[个家])(?:兄弟|姐妹|关联)公司|朋友|听(?:说|人|群里|同行|代理)|据说|群里|网上|网友|代理(?:公司)?(?:说|讲)|中介(?!帮|替|给我们)|总部(?:说|讲|那边|有|是高企)|给我们做[^，。；]{0,8}的|竞争对手|对手|竞品|龙头(?!是我们)|头部企业|外资(?:品牌|巨头)|进口品牌|国外(?:大厂|巨头|品牌)|(?:会计|审计)(?:师)?(?:所|事务所)|事务所|有人(?:说|讲|跟)|我听|他们|对方|(?:控股|大)?股东(?:单位|公司|方)|控股(?:母公司|方)|(?:姐妹|兄弟)(?:公司|单位)|合作(?:方|单位|伙伴|的?(?:高校|大学|院所))|总公司|[母子]公司(?!都|和我们|一起)|关联公司|兄弟公司|集团(?:全球|总|公司|那边|里)|老板(?:以为|觉得|还以为)|供应商|(?:我们|公司)?的?(?:主要|大|下游|核心|老)?客户|不少人|(?:行业|上市公司|同类企业|同类公司|全国|全市|全区)(?:里|内)?(?:的)?(?:平均|均值|普遍|一般|大多)|(?:我们?|咱们?|我司|本公司)?(?:的)?(?:(?:母公司|集团|控股股东|大股东|兄弟公司|关联公司|关联企业|参股公司|子公司)(?=[^，。；]{0,24}?(?:\d|[一二三四五六七八九十百千两]+\s*[万亿个千]))|客户(?:的|那边|公司|自己|每?年|去年|一年)))|(?:专家|顾问|老师|代账|招商|窗口|辅导)[^，。；\d]{0,4}(?:说|讲|建议|提醒|认为)|[^，。；\d]{0,10}(?:别家|同行|人家|隔壁)(?:都|一般|普遍|大多|才)"
)
_SAYS_RULE = re.compile(
    r"(?:说|讲|觉得|以为|反正)[^，。；]{0,14}?(?:超过|只要|要|得|有|满|达到|过了?|不低于|至少)[^，。；]{0,6}?[\d一二三四五六七八九十][^，。；]{0,8}?(?:就行|就够|就达标|就合格|就能|就过|就算|才行|才算|就可以|即可|就成|的了)"
)
_RULE = re.compile(
    r"(?:政策|文件|通知|办法|指南|条件|科小|高企|国高|专精特新|小巨人|加计扣除|认定|申报|评价|评审)(?!证)[^，。；\d]{0,8}(?:要求|规定|写(?:的|着|明)?|明确|门槛|标准)[^，。；]*?[\d一二三四五六七八九十]"
    r"|[\d%成万亿]+(?:元|以上|及以上)*才(?:能|可以|行|给|算|够)"
    r"|^(?:按)?(?:规定|要求)[^，。；]*?[\d一二三四五六七八九十]"
    r"|(?:以[上下内]|小于|大于|低于|高于|不到|超过|[至到-])[^，。；]{0,10}的?(?:企业|公司|的)，?[^，。；]{0,12}(?:不[低少高]于|比例|就?要|得)"
    r"|[\d亿万元]以[上下](?:的)?[^，。；]{0,10}(?:就?要|不低于|只要|只需|得)[\d一二三四五六七八九十]"
)
_US = re.compile(
    r"^[\s那所以但可是而]*(?:我们|我司|本公司|本单位|咱|自己|公司(?!里)|去年|前年|今年|20\d\d年|近[两三]年)"
)
_PLANS = re.compile(
    r"希望[^，。；]{0,12}(?:做到|达到|突破|增长|提高)|力争|冲刺|有望|奔着|(?:明年|后年|下半年)(?![^，。；]{0,10}(?:到期|过期|期满|失效|届满))|打算|计划|争取|预计|目标是|准备[^，。；]{0,6}\d|将来|过两年|(?:在|正)谈(?!成|好|下)|洽谈|谈着|有意向?|目标(?:是|融|做|达|额|金额)"
)
_GUESS = re.compile(r"^(?:大概|估计|预计|应该|可能|能|到时候?)")  # goes on with a plan: 明年再卖一个，估计能有300万
_SUPPOSED = re.compile(r"如果|要是|假如|假设|假使|倘若|若是|换成|呢$|呢[?？]$|(?<!打)算|行吗|够吗")
_BEGINNINGS = re.compile(
    r"(?:成立|创办|创业|开张|起步|刚开始|一开始|当初|最早|最初|早年|签约|注册)(?:的)?(?:时候|那时|那会儿?|时(?!间)|初期|之初|那年)[^，。；]{0,8}?(?:[\d一二三四五六七八九十两]+\s*(?:个|名)?人?)"
    r"|以前在(?:别的|其他|原来的?)(?:公司|单位)"
)
_SUBSIDIARY = re.compile(  # 要报的是松江的子公司: what is said of it is said of us
    r"(?:的是|我们是?|作为|这家|单独)[^，。；]{0,12}子公司|子公司[^，。；]{0,8}(?:符不符合|符合|算不算|能不能|可以|单独|独立法人)"
)
_GROUP = re.compile(
    r"^[\s那所以但可是而]*(?:我们?|本|整个)?(?:集团|母公司|总公司|总部)"
)  # beside a subsidiary that applies
_TIER = re.compile(  # 收入在5000万元至2亿元的，比例不低于4%
    r"[^，。；!?\n]*\d[^，。；!?\n]{0,8}的(?:企业|公司)?，[^，。；!?\n]{0,10}(?:不低于|不得低于|不高于)[^，。；!?\n]*"
)
_TAKEN_BACK = re.compile(  # 应是4120万，之前说的4210万写反了
    r"，(?:之前|刚才|原来|原先|上次|前面)(?:说|写|报|填|给)的?[^，。；]{0,14}(?:反了?|错了?|不对|作废|有误)(?=[。；!?]|$)"
)
_OLD = re.compile(  # 75分是去年打的那版，今年是70分
    r"(?<=[，。；])[\d.]+[分万亿%个人项件元]*(?:就|都)?是(?:去年|前年|上次|上回|以前|之前|原来|原先|旧|老|初)[^，。；]{0,6}(?:版|稿|打的|评的|算的|填的|测的)[^，。；]{0,3}，(?=[^。；]*\d)"
)
_MAYBE = re.compile(r"可能[^，。；]{1,12}，也(?:有)?可能[^，。；!?]*")  # 可能四成多，也可能过半: either
_IN_BRACKETS = re.compile(  # 国内排第2(第一名那家年收入3个亿)
    r"\([^()\n]*(?:那家|别家|同行|(?:兄弟|姐妹|母|总)公司|集团|对手|第一名)[^()\n]*\d[^()\n]*\)"
)
_NOT_OURS = re.compile(
    r"(?:[\d.%]+|[一二三四五六七八九十百千万两]+)[个名人万亿元项件]*(?:不是我们|是?不能算|是?不算数|就?不[提算说](?:了|在内)?(?![得好多少大高低小什])|是前年的|是大前年的|是[^，。；]{0,6}新招|是(?:归|属于)?(?:别人|集团|总部|母公司|子公司|总公司|关联公司|兄弟公司))"
)
_NOT_BUT = re.compile(r"(?<=[\d万亿%个人项件元])[，]?(?:而)?不是\s*[\d.]+\s*[万亿]?[%个人项件元]?(?=[，。；!?]|$)")
_BUT_THEN = re.compile(
    r"(?:并|而)?不是\s*[\d.,]*\d\s*[万亿wk]?元?[%个人项件]?[，]?(?:而)?(?:应该?)?是"
)  # 不是88万而是98万
_SLIP = re.compile(r"(?:少|多|漏)[打写看填](?:了)?(?:一个|1个|个)?(?:0|零)")
_TOPIC = re.compile(
    r"高新(?:技术)?(?:产品)?(?:\(服务\))?收入(?:占(?:同期|企业|比)*(?:总收入)?|比例)|(?:主营(?:业务)?(?:收入)?|研发(?:费用?|投入)?|(?:科技|研发)人员)占比"
    r"|负债率|市占率|(?:(?:去|前)年|20\d\d年)?(?:主营(?:业务)?收入|(?:营业|销售)(?:收入|额)|总收入|收入|营收|营业额|研发(?:费用?|投入)|总资产|员工|职工)"
)
_DIGITS = re.compile(r"[\d一二三四五六七八九十百两半几]")


def about_us(text: str) -> str:
    """The text without the clauses that tell nothing of the company as it stands."""
    text = _MAYBE.sub("", _IN_BRACKETS.sub("", text))
    text = _TIER.sub("", _OLD.sub("", _TAKEN_BACK.sub("", text)))
    text = _BEGINNINGS.sub("", _BUT_THEN.sub("", _NOT_BUT.sub("", _SLIP.sub("", text))))
    kept: list[str] = []
    others = planned = group = False
    subsidiary = _SUBSIDIARY.search(text) is not None
    for match in _CLAUSE.finditer(text):
        clause = match.group()
        if not clause:
            continue
        named = subsidiary and "子公司" in clause
        group = subsidiary and not named and (group or _GROUP.search(clause) is not None)
        ours = named or (_US.search(clause) and not group)
        others = (others and not ours) or group or (_OTHERS.search(clause) is not None and not (ours and subsidiary))
        plan = None if _SUPPOSED.search(clause) else _PLANS.search(clause)
        planned = (planned and _GUESS.search(clause) is not None) or plan is not None
        if plan and not others:
            kept += [clause[: plan.start()], _end(clause, [clause])]  # 公司还没注册打算明年去办: as far as it is so
        elif others or planned or _idle(clause):
            kept.append(_topic(clause, text[match.end() :]) or _end(clause, kept))
        else:
            kept.append(clause)
        if _ENDS.search(clause):
            others = planned = group = False
    return "".join(kept)


def _topic(clause: str, after: str) -> str:
    """What others' figure is of, where ours follows bare: 母公司去年营收15亿，我们才2600万."""
    following = _CLAUSE.match(after)
    ours = following.group() if following else ""
    bare = _US.search(ours) and _DIGITS.search(ours) and not _TOPIC.search(ours)
    topic = _TOPIC.search(clause) if bare and _DIGITS.search(clause) else None
    return f"{topic.group()}，" if topic else ""


def _idle(clause: str) -> bool:
    """Whether a clause has figures that are none of the company's facts."""
    return bool(
        _DIGITS.search(clause) and (_NOT_OURS.search(clause) or _SAYS_RULE.search(clause) or _RULE.search(clause))
    )


def _end(clause: str, kept: list[str]) -> str:
    """The sign that ends a clause left out, where it ends a sentence."""
    return clause[-1] if kept and _ENDS.search(clause) else ""
