"""The shipped collections: the compilation holds everything once, the set says what is missing."""

from __future__ import annotations

import re
from collections import Counter

from assistant.documents.collections import Collection
from assistant.documents.model import Level
from assistant.documents.numerals import chinese
from tests.knowledge.shipped import library, sides

# What the work points for 2026 name, and where the compilation has it.
NAMED = {
    "创新券改革": "sj-planned-2026-voucher",
    "高企培育": "sj-planned-2026-hnte",
    "科小评价": "sj-planned-2026-tech-sme",
    "高转认定": "sj-planned-2026-hitech-project",
    "技术合同登记": "sj-planned-2026-tech-contract",
    "科技攻关": "sj-planned-2026-rd-projects",
    "软课题": "sj-planned-2026-soft-research",
    "保费补贴、贴息、拨改投、拨投结合": "sj-planned-2026-finance",
    "创新创业大赛": "sj-planned-2026-contest",
    "孵化器、概念验证中心": "sj-planned-2026-carriers",
    "院士专家工作站": "sj-planned-2026-academician",
    "U30": "sj-planned-2026-u30",
    "上海科学技术奖": "sj-planned-2026-award",
    "生物医药专项、新优药械": "sj-planned-2026-biomed",
    "科技服务业": "sj-planned-2026-sci-services",
    "外资研发中心": "sj-planned-2026-foreign-rd",
    "6G、卫星互联网": "sj-planned-2026-6g",
    "脑机接口": "sj-planned-2026-bci",
    "科学仪器": "sj-planned-2026-instruments",
    "科普基地、社区书院、科技小院": "sj-planned-2026-popsci",
    "服务包、项目专员": "sj-planned-2026-service-pack",
    "揭榜挂帅": "sj-planned-2026-jiebang",
}


def collection(name: str) -> Collection:
    return next(collection for collection in sides().collections if collection.name == name)


def test_the_compilation_holds_every_policy_once() -> None:
    placed = Counter(policy for section in collection("政策汇编").sections for policy in section.policies)
    assert placed == Counter({document.version.policy for document in library().documents})


def test_the_chapters_are_numbered_without_a_gap() -> None:
    numbers = [section.title.split("、")[0] for section in collection("政策汇编").sections]
    assert numbers == [chinese(number) for number in range(1, len(numbers) + 1)]


def test_a_chapter_goes_from_the_nation_to_the_town() -> None:
    order = list(Level)
    levels = {document.version.policy: order.index(document.version.level) for document in library().documents}
    for section in collection("政策汇编").sections:
        ranks = [levels[policy] for policy in section.policies]
        assert ranks == sorted(ranks), section.title


def test_what_the_work_points_name_has_an_entry() -> None:
    assert set(NAMED.values()) <= set(collection("政策汇编").policy_ids())


def test_the_set_says_of_each_place_what_it_is_what_is_known_and_what_to_ingest() -> None:
    slots = collection("1+3").slots
    assert len(slots) == 4
    for slot in slots:
        assert slot.what_it_is and slot.established, slot.title
        assert re.search("全文", slot.wanted), slot.title


def test_a_guess_about_the_set_is_called_a_guess() -> None:
    assert all("推断" in slot.established for slot in collection("1+3").slots)
