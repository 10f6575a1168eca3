"""Where a company is registered, of all the places that a message names: judged by the words before and after each.

A place counts where it stands as the seat (注册在, 住所, 执照是…的), as the company itself (松江的有限公司) or, for want of
those, as where it works. Places of others, plans, beginnings and streets (南京西路) count for nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.rules.understand.message import Message

MOVED, REGISTERED, COMPANY, WORKS = 4, 3, 2, 1
_HEADING = re.compile(r"^[^:]{8,}:(?=.)")  # 受企业委托咨询科小评价:该企业为松江…

_STREET = re.compile(
    r"[东南西北中一二]{0,2}路|(?:大学|银行|大桥|软件园|自贸)(?!城)"
)  # 南京西路, 苏州大学: names, not places
_LITTLE = re.compile(r"小$")  # 小昆山 is no 昆山
_TAIL = re.compile(
    r"(?:自治区|临港|漕河泾|[区市省镇县乡村]|街道|本地|境内|当地|新城|大学城|开发区|经开区|工业[区园]|出口加工区|综保区|科技城|高科技园|产业园|园区|新片区|段"
    r"|[^，。；?、:的在有]{1,8}?(?:路|街|大道|公路|弄)(?:\d+(?:号|弄|幢|室|楼|-)*)*|[^，。；?、:的在有]{1,6}?(?:园|大厦|广场)|[这那](?:边|儿|里|块)|里面|[内里])*"
)
_AREA = re.compile(r"(?:(?:中国|上海|自贸(?:试验)?区|临港|漕河泾|g60科创走廊|长三角)(?:市|的)?)+$|市$")
_OTHERS = re.compile(
    r"客户|[老旧原]公司|供应商|合作|委托|投资方|投资人|母公司|总公司|集团|子公司|分公司|分厂|办事处|同行|朋友|兄弟|股东|关联|参股|以前|之前|从前|早年|曾经?"
    r"|原(?:先|来)?(?!料|材)|(?:打算|准备|计划|考虑|将(?!近)|想(?=[去到在把搬迁往来将]|要[去到在把搬迁]))[^报申]*$|要(?:搬|迁|去|到)|必须|非得|是不是|是否|去过|出差|参加|展会|听说|听|比赛|大赛|[从由离跟和与同给比](?:上海)?市?$|(?<!公司)(?<!我们)(?<!我司)(?<!公司的)(?<!我们的)总部"
)
_OTHERS_AFTER = re.compile(
    r"[^，。；]{0,3}(?:客户|供应商|同行|子公司|母公司|朋友|政策|补贴|奖|[那这]几家|才|的话)|的?[^，。；]{0,4}(?:搬|迁)(?:来|过来|走)"
)
_MOVED = re.compile(r"(?:搬|迁|变更)[^，。；的]{0,3}?(?:来|到|入|进|至|回|往)(?:了)?$")
_OF_WORKS = re.compile(r"厂|车间|生产|办公|研发|实验|仓库|人员")  # what moves or stands there without the company
_AT = r"(?:位|坐落|处|还|都|也|就|一直|现在|目前|全|均|仍|依然|上|写|的|落|设|放|挂|开|办|做)*(?:在|于|是|为|归|属|到|:|-)*$"
_REGISTERED = re.compile(
    rf"(?:注册|登记|执照|住所|落户|落地|设立|税务(?:关系|登记)?|纳税|工商|成立|创办|创立)(?:所在)?(?:地址|地点|信息|地|区|关系)?{_AT}|在册$|"
    rf"(?:企业|公司|单位|本司)(?:所在)?(?:地址|地点|所在地|住址){_AT}|(?:所在地|地址|地点|位置|坐标|所属区域?|辖区|属地|区域|所在[区镇街]){_AT}"
)
_REGISTERED_AFTER = re.compile(
    r"(?:的|已|正式|这家|出资|投资|独资|工商|是|新|20\d\d年)*(?:注册(?!资本|资金)|登记|设立|成立|落户|设的|创办|开办|[领拿办](?:取|到|好|下|下来|了|完)*的?(?:营业)?执照|办的?执照|报税|纳税|交税|开(?:了|的)(?:一?家|个)?小?公司|设的(?:分公司|公司))(?!过)"
)
_US = re.compile(
    r"(?:我们家?|我司|本公司|本企业|咱们?|我|自己|公司|企业|单位|厂子?|团队)(?:本身|自己|这边)?(?:都|一直|就|现在|目前|也|还)*"
    r"(?:是|在|位于|地处|坐落于?在?|属于?|系|为|开在|设在|办在|扎根于?|落在|:)*(?:一家)?(?:在|位于)?$|^(?:就|都|一直|目前|现在|但是?|一家|老?早就?|(?:20\d\d年(?:\d+月)?))*(?:落?在|位于|地处|坐落[于在]?|是|系|[开设建办安]在)$"
)
_APPLICANT = re.compile(
    r"(?:报|评|申请|申领|认定)[^，。；]{0,16}的(?:企业|公司|主体)?(?:是|为)$"
)  # 要评科小的是松江的子公司
_ALONE = re.compile(r"(?:^|[:/]|系|是|为|的|人，)(?:一家)?$")
_COMPANY = re.compile(
    r"(?:的?(?:一家|家|个)?|(?:[^，。；?有客母子总同]|有限){0,8}?)(?<![子分母总])(?:公司|企业|工?厂|研究院|研究所|合作社|个体户|事务所)(?!们)"
    r"|的?(?![^，。；]{0,12}(?:客户|[母总]公司|集团|同行|供应商|[子分]公司))[\u4e00-\u9fff()]{2,20}?(?:有限|股份)+(?:责任)?公司"
    r"|没(?:搬|挪|动|变)|的[^，。；?的有客奖补策钱]{1,6}(?=[，。；])|的?(?:小|一家|有限|股份|独资|民营|国企|民企|外企|初创|软件)|的分公司|的?(?=$|[，。；/)])|(?:的|主要|专门|专业|一直)*(?:给[^，。；]{1,8})?(?:做|搞|从事|开|干|办|租|生产|经营)(?!过|会|展|拓|事|项目|了?个?项目)"
)
_BRANCH_AFTER = re.compile(r"的[^，。；]{0,3}(?:分公司|分支机构)")  # 总公司设在松江的分公司: the branch is here
_PARENT_AFTER = re.compile(r"[^，。；]{0,12}公司(?:在|设在|于)[^，。；]{1,16}[子分]公司")
_IN = re.compile(r"(?<![落开设办])在$")
_RUNS = re.compile(r"(?:^|我们?|咱们?|我家|自己|几个人?)在$")
_A_FIRM = re.compile(
    r"(?:旁边|边上|附近|隔壁|这边|那边|镇上)?(?:有|开|搞|办|弄)(?:了|着|得)?(?:一?[个家])?(?:小|工?)*[^，。；有客\d]{0,6}(?:厂|公司|企业|作坊|工作室|[研设]\S{1,3}[所院]|店)"
)

_WORKS = re.compile(
    r"(?:办公(?:室|地址|地点|地)?|经营(?:地址|地点|地|场所)?|厂房?|工厂|厂子|人|干活|租|租了|生产基地?|车间|业务|团队|总部|活动)"
    r"(?:都|也|就|主要|实际|全|设|放|开|租|是)*(?:在|于|是|为|:)*$|(?:^|[都就])在$"
)


def seats(message: Message, start: int, end: int) -> int:
    """How surely the place at these positions is the seat of the company, 0 where it is not."""
    clause = message.clause(start)
    before = _AREA.sub("", _HEADING.sub("", message.text[clause.start : start].lstrip()))
    rest = message.text[end:]
    after = rest[_end_of(_TAIL.match(rest)) :]
    if (before.endswith("在") and _BRANCH_AFTER.match(after)) or _APPLICANT.search(before):
        return COMPANY
    if _STREET.match(rest) or _LITTLE.search(before) or _OTHERS.search(before):
        return 0
    if _OTHERS_AFTER.match(after) or _PARENT_AFTER.match(rest):
        return 0
    if _MOVED.search(before):
        return WORKS if _OF_WORKS.search(before) else MOVED
    if _REGISTERED.search(before) or _REGISTERED_AFTER.match(after) or (before.endswith("(") and after[:1] == ")"):
        return REGISTERED
    if _RUNS.search(before) and _A_FIRM.match(after):
        return COMPANY  # 我在车墩有个小厂, 在大学城旁边搞了个设计所
    ours, company = _US.search(before), _COMPANY.match(after)
    if (ours and (company or not _IN.search(before))) or (company and _ALONE.search(before)):
        return WORKS if _OF_WORKS.search(before) else COMPANY
    return WORKS if _WORKS.search(before) else 0


def _end_of(match: re.Match[str] | None) -> int:
    return match.end() if match else 0


def seat(message: Message, places: Iterator[tuple[str, re.Match[str]]]) -> tuple[str, str] | None:
    """The option of the surest seat with its words; none where two places are as sure."""
    found = [(seats(message, match.start(), match.end()), option, match.group()) for option, match in places]
    surest = max((sure for sure, _, _ in found), default=0)
    meant = {option: words for sure, option, words in found if sure == surest} if surest else {}
    return next(iter(meant.items())) if len(meant) == 1 else None
