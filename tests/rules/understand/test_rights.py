"""Intellectual property, projects, devices and GLP as companies tell of them."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.rules.rulebook import Rulebook
from assistant.rules.understand.needs import facts_of
from assistant.rules.understand.read import read_facts

DAY = date(2026, 11, 30)
WAN = 10_000


def told(rulebook: Rulebook, text: str, programme: str, about: str) -> dict[str, object]:
    """The first value of the facts that are told, of those whose name begins so."""
    wanted = facts_of(rulebook.programmes[programme], rulebook)
    reading = read_facts(text, rulebook.facts, DAY, wanted=wanted)
    return {said.fact: said.values[0] for said in reading.told if said.fact.startswith(tuple(about.split()))}


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("发明专利拿到1件，另有4件在审", {"patents_invention": 1}),
        ("专利共21件，除5件发明外，其余都是实用新型", {"patents_invention": 5, "patents_utility": 16}),
        ("专利12项，均为实用新型", {"patents_utility": 12}),
        ("发明专利3项，不对，应该是4项", {"patents_invention": 4}),
        ("今年授权一件发明，加上原来的两件一共三件", {"patents_invention": 3}),
        ("发明2个，实用新型8个，一共10个", {"patents_invention": 2, "patents_utility": 8}),
        ("软著暂无，外观没有登记过", {"software_copyrights": 0, "patents_design": 0}),
        ("专利9件，都是实用新型和外观", {}),
        ("母公司有发明专利30多件", {}),
    ],
)
def test_rights_are_counted_however_they_are_told(rulebook: Rulebook, text: str, counts: dict[str, int]) -> None:
    assert told(rulebook, text, "hnte", "patents software layout") == counts


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("二类知识产权16项，已用过6项，可用10项", {"ip_class2": 16, "ip_class2_used": 6, "ip_class2_usable": 10}),
        ("上次认定高企已使用的Ⅱ类知识产权：6项", {"ip_class2_used": 6}),
        ("Ⅱ类知识产权还剩8项没用过", {"ip_class2_usable": 8}),
        ("Ⅱ类（实用新型加软著）合计26项", {"ip_class2": 26}),
        ("样机用了3个月，产品可用于5个行业", {}),
    ],
)
def test_rights_used_before_are_told_from_those_left(rulebook: Rulebook, text: str, counts: dict[str, int]) -> None:
    assert told(rulebook, text, "hnte", "ip_class2") == counts


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("专利都是自己开发的，撑着我们的主产品", {"ip_own_development": True, "ip_supports_product": True}),
        ("发明是从高校买来的，实用新型是自研", {"ip_own_development": True}),
        ("知识产权都是受让来的，跟主营产品关系不大", {"ip_own_development": False, "ip_supports_product": False}),
        ("我们自主研发的设备支持多种服务", {}),
        ("专利里有3项是受让取得", {}),
        ("国标行标都没参与过", {"standards_led": False}),
        ("产品按行业标准制造", {}),
    ],
)
def test_what_is_said_of_rights(rulebook: Rulebook, text: str, flags: dict[str, bool]) -> None:
    assert told(rulebook, text, "hnte", "ip_own ip_supports standards") == flags


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            "发明还没下来，只有一件实用新型，去年11月8日拿的证",
            {"project_ip": "utility", "project_ip_on": date(2025, 11, 8)},
        ),
        ("跟药品、医疗器械都没关系", {"project_drug_or_device": False}),
        ("不做药，做三类医疗器械", {}),
        ("不是工艺改进，也不是成熟产品；检测还没做", {"project_excluded": False, "project_test_report": False}),
        ("给食品厂做包装设备", {}),
    ],
)
def test_a_project_is_told(rulebook: Rulebook, text: str, facts: dict[str, object]) -> None:
    assert told(rulebook, text, "gaozhuan", "project") == facts


def test_no_device_of_a_class_costs_nothing(rulebook: Rulebook) -> None:
    devices = told(rulebook, "没有三类的，二类两个，分别花了80万和150万", "sj-biomed-device", "device")
    assert devices == {"device3_costs": (0,), "device2_costs": (80 * WAN, 150 * WAN)}


def test_glp_is_not_first_after_an_earlier_one(rulebook: Rulebook) -> None:
    assert told(rulebook, "GLP以前就过了，这次是复评", "sj-biomed-glp", "glp") == {"glp_first": False}
    assert told(rulebook, "头一回拿GLP认证，总共投了1200万", "sj-biomed-glp", "glp") == {
        "glp_first": True,
        "glp_investment": (1200 * WAN,),
    }
