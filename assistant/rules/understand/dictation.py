"""Dictation without punctuation: commas where something new begins."""

from __future__ import annotations

import re

_BREATHLESS = re.compile(r"[^，。！？!?；;、:()\n]{26,}")
_WHOLE = r"有限(?:责任)?公司|股份(?:有限)?公司|[分总子母本我贵]公司|这家公司|(?:失信|异常|名单|名录|事故|违法|处罚)(?:都|也)?没有|都没有|也没有|还没有|就没有|从没有|一直没有|有没有|能不能|是不是|会不会"
_PERIODS = r"大前年|前年|去年|上年|今年|近三年|近两年|三年(?=加|一共|总共|合计|研发|销售|收入)|这一年(?=没|安|从|也|内)|20\d\d年"
_TOPICS = (
    r"我们|我司|咱们?|现在|目前|中介|隔壁|同行|代理|别人|老板说|(?<!我们)公司(?=叫|在|是|有|没|注册|成立|名下|一共|去年|现在|总共)|研发费用?|研发投入|主营|营收|营业额|营业收入|销售额|总资产|资产总额|资产负债率|负债率|高企|自评|自己打|自己对着"
    r"|没有|(?<![个名位])(?:员工|职工)|国内市占率?|市占率|评价表|属于|能报|可以吗|请问|想问|你看|听说|听人|人家|就是|另外|还有|企业所得税|(?<!企业)所得税|成本费用"
    r"|发明专利|科研失信(?:没有)?|(?<!经营)(?<![上进列入][过到])(?<![上进入])(?:经营)?异常名录(?:没有)?"
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
_DENIED_THEN = re.compile(  # 没有环保违法专利都是自己的
    rf"(?P<denied>[没未](?:(?!{_CONDUCT})[^，]){{0,12}}(?:事故|违法|处罚|失信))(?=[一-龥])(?!失信|处罚)(?![行为记录情况名单的也都没和及或发生被人方面列])"
)
_AFTER_FIGURE = re.compile(
    r"(?<=[的了])(?=没(?:参与|上市|入驻|委托|列入|发生|[出进拿得申]))|(?<=[万亿])(?=人(?:员)?(?:一共|总共|共|有|大概|嘛|呢|[一二三四五六七八九十\d]))|(?<=[个人万亿元%项件分])(?=三年(?!，)|近三年|(?:科技|研发|技术)人员[一二三四五六七八九十百两\d]|研发(?:经费|投入)?(?=，?三年|，?去年|前年|一共|总共|花)|技术的|技术部|搞|研发的|主营|负债率|资产|自评|营收|研发费|产品|高企|发明专利|实用新型有|软著有|国内|市占|属于|没有|你看|我们|能不能|自己|听说|以前|近)"
)


def breaths(text: str) -> str:
    """Commas in a stretch of twenty-six characters and more without any sign."""
    text = _DENIED_THEN.sub(r"\g<denied>，", text)
    return _BREATHLESS.sub(lambda m: _with_commas(m.group()), text)


def _with_commas(stretch: str) -> str:
    stretch = _NONE_OF_IT.sub(lambda m: f"，{m.group()}" if _DENIED.search(stretch[: m.start()]) else "没有，", stretch)
    stretch = _TOPIC.sub(
        lambda m: f"，{m.group()}" if (m["topic"] or m["period"]) and m.start() else m.group(), stretch
    )
    return _AFTER_FIGURE.sub("，", stretch)
