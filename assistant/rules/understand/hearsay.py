"""What a message says of others, of plans and of the company's beginnings: left out before figures are read.

隔壁那家才三成, 听说要10%, 明年打算招40人, 成立时只有3个人, 那个78%不是我们的: true or not, they are no facts of the company
as it stands.
"""

from __future__ import annotations

import re

_CLAUSE = re.compile(r"[^，。！？!?；;\n]*[，。！？!?；;\n]?")
_ENDS = re.compile(r"[。！？!?；;\n]$")
_OTHERS = re.compile(
    r"^[\s嗯呃哦不过但而且可是另外还有这那个前阵子上个月]*(?:[\u4e00-\u9fff]{2,4}的(?:母公司|总公司|总部)|隔壁|对门|楼上|同行|同类(?:企业|公司|型)|周边|附近|同园区|园区(?:里)?(?:别的|另|有|讲|说)|别家|别人|别的(?:公司|企业|区|厂)|另(?:外)?(?:有)?一家|人家|"
    r"我们(?:还|也)?有(?:一?[个家])(?:兄弟|姐妹|关联)公司|朋友|听(?:说|人|群里|同行|代理)|据说|群里|网上|网友|代理(?:公司)?(?:说|讲|让|叫|要求|建议)|中介(?!帮|替|给我们)|总部(?:说|讲|那边|有|是高企)|给我们做[^，。；]{0,8}的|(?:(?:我们?|咱们?|我司)的?)?(?:主要|最大)?的?(?:竞争)?对手|竞品|龙头(?!是我们)|头部企业|外资(?:品牌|巨头)|进口品牌|国外(?:大厂|巨头|品牌)|(?:会计|审计)(?:师)?(?:所|事务所)|事务所|有人(?:说|讲|跟)|我听|他们|对方|(?:控股|大)?股东(?:单位|公司|方)|控股(?:母公司|方)|(?:姐妹|兄弟)(?:公司|单位)|合作(?:方|单位|伙伴|的?(?:高校|大学|院所))|总公司|[母子]公司(?!都|和我们|一起)|关联公司|兄弟公司|集团(?:全球|总|公司|那边|里)|老板(?:以为|觉得|还以为)|供应商|(?:我们|公司)?的?(?:主要|大|下游|核心|老)?客户|不少人|(?:行业|上市公司|同类企业|同类公司|全国|全市|全区)(?:里|内)?(?:的)?(?:平均|均值|普遍|一般|大多)|(?:我们?|咱们?|我司|本公司)?(?:的)?(?:(?:母公司|集团|控股股东|大股东|兄弟公司|关联公司|关联企业|参股公司|子公司)(?=[^，。；]{0,24}?(?:\d|[一二三四五六七八九十百千两]+\s*[万亿个千]))|客户(?:的|那边|公司|自己|每?年|去年|一年)))|(?:专家|顾问|咨询(?:公司|机构)?|第三方|老师|代账|招商|窗口|辅导)[^，。；\d]{0,4}(?:说|讲|建议|提醒|认为)|专家(?:可能|也许|估计|会)|[^，。；\d]{0,10}(?:别人家?|别家|同行|人家|隔壁)(?:都|一般|普遍|大多|才|是|有|在|占)*(?=\d|[一二两三四五六七八九十百]+[万亿成]|百分之|[^，。；\d]{0,4}\d)|[^，。；\d]{0,12}合并(?:后|口径|报表)?的?(?:总)?(?:收入|营收|口径|报表)"
)
_OTHER_FIRM = re.compile(  # 我们老板另一家公司是高企
    r"(?:老板|法人|创始人|股东|实控人|我们)(?:自己|名下|手里)?的?(?:还有|有|在)?(?:另(?:外)?(?:的|有)?一?[家个]|别的|其他|老家的)[^，。；]{0,4}(?:公司|企业|厂)"
)
_AGENT = re.compile(  # who asks for a client: what is said of the client is said of the company
    r"(?:我|咱|这边)们?(?:这边)?(?:是|做)[^，。；\d]{0,6}(?:代理|中介|代账|代办|咨询|顾问|财税|会计师?事务所|服务机构|园区招商)"
    r"|(?:帮|替|给|为|代)(?:我们?)?(?:一?[个家])?(?:的)?(?:客户|企业|朋友)(?:的)?(?:公司)?(?:问|咨询|做高企|报高企|办|看看|了解)"
    r"|(?<![的大要个老])(?=客户(?:是|为|:)?上海[\u4e00-\u9fff]{2,16}公司)"
    r"|受(?:某|一家)?(?:客户|企业|公司)[^，。；]{0,4}委托|代(?:理)?客户[^，。；]{0,4}(?:咨询|询问|了解|申报)"
    r"|我们?(?:代理|服务|辅导|对接)的(?:一?[家个])?(?:客户|企业|公司)"
)
_CLIENT = re.compile(
    r"(?:我们?|这边)?(?:代理|服务|辅导|对接)?的?(?:有)?(?:[这那该]?一?[个家])?(?:客户|企业)(?:公司|企业)?(?=[是在叫有属位注成去今现上：:，员职研人没\d])|[他她它]们?家|[他它]们(?=[公去今现注员职研是有没])"
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
    r"^(?:[\s那所以但可是而]|其实|实际上?|不过|倒)*(?:我们|我(?=自己|[算按估评打填])|我司|本公司|本单位|咱|自己|单独|单体|实际上?(?:只|就|才|是|有|交)|公司(?!里)|去年|前年|今年|20\d\d年|近[两三]年)"
)
_STATED = re.compile(r"[没未有是已了在不\d]")  # what is before a plan tells something by itself
_NOW = re.compile(r"^[\s那所以但可是而不过]*(?:现在|目前|现阶段|当前|眼下|手[上里头]|去年|前年|20\d\d年)")
_PLANS = re.compile(
    r"希望[^，。；]{0,12}(?:做到|达到|突破|增长|提高)|力争|冲刺|有望|奔着|(?:明年|后年|(?<![\d去前]年)(?<!今年)下半年)(?![^，。；]{0,10}(?:到期|过期|期满|失效|届满|为止|截止))|(?:准备|想|正要?|要)[^，。；]{0,12}(?:搬|迁)(?:到|至|去|来|回)|打算|计划|争取|预计|目标是|准备[^，。；]{0,6}\d|将来|过两年|(?:在|正)(?:[跟和与找][^，。；\d]{1,12})?谈(?!成|好|下)|(?:说|表示|承诺|答应|愿意|有意)(?:是|了)?(?:可以|要|会|能|愿意|想)?投(?![了入过资])|洽谈|谈着|有意向?|目标(?:是|融|做|达|额|金额)"
)
_TO_LIST = re.compile(
    r"^(?!.*(?:二次|再|转板|转到)).*(?:上市(?!公司|产品|新品|许可|药)|ipo)"
)  # who plans to be listed is not
_FROM = re.compile(
    r"从(?P<place>[^，。；\d从]{2,8}?)(?:整体|全部|再)?(?:搬迁|迁|搬|挪)(?:移)?(?:到|至|去|来|回|往|进|入)"
)
_ROOMS = re.compile(r"厂|车间|办公|仓库|产线|实验室|研发中心|部门")  # these may move without the company
_GUESS = re.compile(r"^(?:大概|估计|预计|应该|可能|能|到时候?)")  # goes on with a plan: 明年再卖一个，估计能有300万
_SUPPOSED = re.compile(r"如果|(?<![主只需重])要是|假如|假设|假使|倘若|若是|换成|呢$|呢[?？]$|(?<!打)算|行吗|够吗")
_BEGINNINGS = re.compile(
    r"(?:成立|创办|创业|开张|起步|刚开始|一开始|当初|最早|最初|早年|签约|注册)(?:的)?(?:时候|那时|那会儿?|时(?!间)|初期|之初|那年)[^，。；]{0,8}?(?:[\d一二三四五六七八九十两]+\s*(?:个|名)?人?)"
    r"|以前在(?:别的|其他|原来的?)(?:公司|单位)"
)
_SUBSIDIARY = re.compile(  # 要报的是松江的子公司: what is said of it is said of us
    r"(?:的是|我们是?|作为|这家|单独|想以|想用|想由|想让)[^，。；]{0,12}子公司|子公司[^，。；]{0,8}(?:符不符合|符合|算不算|能不能|可以|单独|独立法人)"
)
_OURS_BY_NAME = re.compile(r"我们|我司|本公司|自己的?(?:收入|营收|研发|人)")
_GROUP = re.compile(
    r"^[\s那所以但可是而]*(?:我们?|本|整个)?(?:集团|母公司|总公司|总部)"
)  # beside a subsidiary that applies
_TIER = re.compile(  # 收入在5000万元至2亿元的，比例不低于4%
    r"[^，。；!?\n]*\d[^，。；!?\n]{0,8}的(?:企业|公司)?，[^，。；!?\n]{0,10}(?:不低于|不得低于|不高于)[^，。；!?\n]*"
)
_TAKEN_BACK = re.compile(  # 应是4120万，之前说的4210万写反了
    r"，(?:之前|刚才|原来|原先|上次|前面)(?:(?:说|写|报|填|给)的?[^，。；]{0,14}(?:反了?|错了?|不对|作废|有误)|(?:误|错)?(?:说|写|填|报|打)成了?[^，。；]{0,10})(?=[。；!?]|$)"
)
_OLD = re.compile(  # 75分是去年打的那版，今年是70分
    r"(?<=[，。；])[\d.]+[分万亿%个人项件元]*(?:就|都)?是(?:去年|前年|上次|上回|以前|之前|原来|原先|旧|老|初)[^，。；]{0,6}(?:版|稿|打的|评的|算的|填的|测的)[^，。；]{0,3}，(?=[^。；]*\d)"
)
_FORMERLY = re.compile(  # 核心成员原来5个，走了两个，现在3个
    r"(?:原来|原先|以前|之前|本来|最初|起初|(?:刚|一)?开始|先前?)(?:一共|总共|是|有|共)*(?:\d+|[一二两三四五六七八九十百]+)[个名人位项件]人?[^。；!?]{0,16}?，(?:所以|但是?|不过)?"
    r"(?:现在|目前|如今|眼下)(?:只|还|就|一共|总共)*(?:剩下?|有|是|为)?(?=(?:\d+|[一二两三四五六七八九十百]+)[个名人位项件])"
)
_THEIRS = re.compile(  # 母公司在苏州，去年收入4.6亿，发明三十多件，那是他们的
    r"(?:母公司|集团|总公司|总部|股东|同行|隔壁|对手)[^。；!?\n]*?，(?:那|这|上面)?(?:些|几样)?(?:都|全)?(?:是|算|属于)(?:他们|人家|别人|母公司|集团|总公司|总部)(?:家|自己)?的(?=[，。；!?\n])"
)
_MAYBE = re.compile(r"可能[^，。；]{1,12}，也(?:有)?可能[^，。；!?]*")  # 可能四成多，也可能过半: either
_IN_BRACKETS = re.compile(  # 国内排第2(第一名那家年收入3个亿)
    r"\([^()\n]*(?:那家|别家|同行|(?:兄弟|姐妹|母|总)公司|集团|对手|第一名)[^()\n]*\d[^()\n]*\)"
)
_NOT_OURS = re.compile(
    r"(?:[\d.%]+|[一二三四五六七八九十百千万两]+)[个名人万亿元项件]*(?:不是我们|是?不能算|是?不算数|就?不[提算说](?:了|在内)?(?![得好多少大高低小什])|是前年的|是大前年的|是[^，。；]{0,6}新招|是(?:归|属于)?(?:别人|别家|人家|隔壁|同行|客户|别的公司|集团|总部|母公司|子公司|总公司|关联公司|兄弟公司))"
)
_NOT_BUT = re.compile(r"(?<=[\d万亿%个人项件元])[，]?(?:而)?不是\s*[\d.]+\s*[万亿]?[%个人项件元]?(?=[，。；!?]|$)")
_BUT_THEN = re.compile(
    r"(?:(?:并|而)?不是|并非)(?:只有|仅有?|只)?\s*[\d.,]*\d\s*[万亿wk]?元?[%个人项件]?[，]?(?:而)?(?:应该?)?是"
)  # 不是88万而是98万
_SLIP = re.compile(r"(?:少|多|漏)[打写看填](?:了)?(?:一个|1个|个)?(?:0|零)")
_TOPIC = re.compile(
    r"高新(?:技术)?(?:产品)?(?:\(服务\))?收入(?:占(?:同期|企业|比)*(?:总收入)?|比例)|(?:主营(?:业务)?(?:收入)?|研发(?:费用?|投入)?|(?:科技|研发)人员)占比|(?:科技|研发)人员占"
    r"|研发(?:费用?|投入)?占(?!主营|成本)|(?:近?三年|每年|年均)(?:成果)?转化|发明(?:专利)?|实用新型|外观设计|软著|软件著作权"
    r"|负债率|市占率|(?:科技|研发|技术)人员|研发团队|(?:(?:去|前)年|20\d\d年)?(?:主营(?:业务)?收入|(?:营业|销售)(?:收入|额)|总收入|收入|营收|营业额|研发(?:费用?|投入|支出|(?=花|投|用了|\s*\d|[，。；]|$))|总资产|员工|职工)"
)
_THEY = re.compile(r"[\s那但不过]*[他她它]们(?!家|公司)")
_FIRMS = re.compile(
    r"[母总子]公司|别的|集团|总部|同行|隔壁|对方|客户|朋友|股东|关联|对手|别家|人家|另一家|事务所|机构|供应商|高校|大学|园区|区里|科委|税务|代理|中介|老师|专家|兄弟|合作"
)
_STANDING = re.compile(r"高企|国高|高新技术企业|上市")  # 隔壁是高企，我们没报过: what they are and we are not
_DENIES = re.compile(r"(?:我们|我司|咱们?|本公司|自己)[^，。；\d]{0,8}(?:没|未|不是)")
_DIGITS = re.compile(r"[\d一二三四五六七八九十百千两半几]")


def about_us(text: str) -> str:
    """The text without the clauses that tell nothing of the company as it stands."""
    text = _MAYBE.sub("", _THEIRS.sub("", _IN_BRACKETS.sub("", text)))
    if asks := _AGENT.search(text):
        before, after = (_CLIENT.sub("我们", part) for part in (text[: asks.start()], text[asks.end() :]))
        text = f"{before}{asks.group()}{after}"
    text = _FORMERLY.sub("", text)
    text = _TIER.sub("", _OLD.sub("", _TAKEN_BACK.sub("", text)))
    text = _BEGINNINGS.sub("", _BUT_THEN.sub("", _NOT_BUT.sub("", _SLIP.sub("", text))))
    kept, topic, standing = list[str](), "", ""
    others = planned = group = advised = False
    subsidiary = _SUBSIDIARY.search(text) is not None
    for match in _CLAUSE.finditer(text):
        clause = match.group()
        if not clause:
            continue
        named = subsidiary and "子公司" in clause
        group = subsidiary and not named and bool(_GROUP.search(clause) or (group and not _OURS_BY_NAME.search(clause)))
        ours = named or ((_US.search(clause) or (advised and _NOW.search(clause))) and not group)
        theirs = _OTHER_FIRM.search(clause) or (_OTHERS.search(clause) and not (ours and subsidiary))
        if theirs and _THEY.match(clause) and not _FIRMS.search(text, 0, match.start()):
            theirs = None  # 兼职工程师3位，他们去年都干满了: people of ours
        others = (others and not ours) or group or bool(theirs)
        advised = others and "我们" in clause  # 顾问说我们至少要10个，现在只有7个
        plan = None if _SUPPOSED.search(clause) else _PLANS.search(clause)
        planned = (planned and _GUESS.search(clause) is not None) or plan is not None
        if plan and not others:
            kept += _as_it_stands(clause, plan.start())
            topic = _topic(clause[plan.start() :]) or topic
        elif others or planned or _idle(clause):
            kept.append(_end(clause, kept))
            topic = _topic(clause) or topic
            standing = _first(_STANDING, clause) if others else standing
        elif standing and _DENIES.search(clause) and not _STANDING.search(clause):
            kept.append(f"{standing}，{clause}")
        else:
            kept.append(f"{topic}，{clause}" if topic and _is_bare(clause) else clause)
            topic = "" if _DIGITS.search(clause) else topic
        if _ENDS.search(clause):
            others = planned = group = False
            topic = standing = ""
    return "".join(kept)


def _as_it_stands(clause: str, plan: int) -> list[str]:
    """What a clause with a plan tells of today: 公司还没注册打算明年去办, 准备上市, 打算从闵行迁到松江."""
    now, planned = clause[:plan], clause[plan:]
    if not _STATED.search(now):
        now = ""  # 检测报告明年出: named only
    if _TO_LIST.search(planned):
        return [re.sub(r"(?:没有?|不)$", "", now), "没有上市，"]
    if (moved := _FROM.search(clause)) and not _ROOMS.search(clause):
        return [f"注册在{moved['place']}，"]
    return [now, _end(clause, [clause])]


def _topic(clause: str) -> str:
    """What others' or a planned figure is of; ours may follow bare: 母公司去年营收15亿，我们才2600万."""
    if not _DIGITS.search(clause):
        return ""
    topic = _first(_TOPIC, clause)
    return re.sub("人员占?$", "人员占比", topic) if re.search(r"%|百分之|[一二两三四五六七八九]成", clause) else topic


def _first(pattern: re.Pattern[str], clause: str) -> str:
    match = pattern.search(clause)
    return match.group() if match else ""


def _is_bare(clause: str) -> bool:
    """Whether a clause tells a figure of ours without saying of what."""
    begins = _US.search(clause) or _NOW.search(clause)
    return begins is not None and _DIGITS.search(clause) is not None and not _TOPIC.search(clause)


def _idle(clause: str) -> bool:
    """Whether a clause has figures that are none of the company's facts."""
    return bool(
        _DIGITS.search(clause) and (_NOT_OURS.search(clause) or _SAYS_RULE.search(clause) or _RULE.search(clause))
    )


def _end(clause: str, kept: list[str]) -> str:
    """The sign that ends a clause left out, where it ends a sentence."""
    return clause[-1] if kept and _ENDS.search(clause) else ""
