"""What is left out and why, and what is shown once."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from assistant.documents.collections import Collection
from assistant.documents.model import Clause, Level, Status, Version
from assistant.errors import LibraryError
from assistant.index.store import StoredClause
from assistant.retrieval.filters import EVERYTHING, Shown, body, by_day, limits
from assistant.retrieval.model import Rejection, Scope
from assistant.retrieval.search import Search
from tests.conftest import SmallLibrary
from tests.retrieval.conftest import Opened

VERSIONS = [
    Version("cn", "国家办法", level=Level.NATIONAL, region="全国"),
    Version("sh", "上海办法", level=Level.MUNICIPAL, region="上海市"),
    Version("sj", "松江办法", level=Level.DISTRICT, region="松江区"),
]
COLLECTIONS = [Collection(name="1+3", policies=("sj", "sh"))]


@pytest.mark.parametrize(
    ("scope", "reasons"),
    [
        (Scope(policies=frozenset({"cn"})), (None, Rejection.OTHER_POLICY, Rejection.OTHER_POLICY)),
        (Scope(levels=frozenset({"district"})), (Rejection.OTHER_LEVEL, Rejection.OTHER_LEVEL, None)),
        (Scope(regions=frozenset({"上海市", "松江区"})), (Rejection.OTHER_REGION, None, None)),
        (Scope(collections=frozenset({"1+3"})), (Rejection.OTHER_COLLECTION, None, None)),
        (
            Scope(levels=frozenset({"national"}), collections=frozenset({"1+3"})),
            (Rejection.OTHER_COLLECTION, Rejection.OTHER_LEVEL, Rejection.OTHER_LEVEL),
        ),
    ],
)
def test_each_limit_gives_its_reason(scope: Scope, reasons: tuple[Rejection | None, ...]) -> None:
    assert limits(scope, VERSIONS, COLLECTIONS) == reasons


def test_without_limits_nothing_is_looked_at() -> None:
    assert limits(EVERYTHING, VERSIONS, COLLECTIONS) is None
    assert limits(Scope(in_force=True), VERSIONS, COLLECTIONS) is None


def test_an_unknown_collection_is_refused_with_those_there_are() -> None:
    with pytest.raises(LibraryError, match=r"没有名为“2\+4”的汇编；现有：1\+3"):
        limits(Scope(collections=frozenset({"2+4"})), VERSIONS, COLLECTIONS)


@pytest.mark.parametrize("status", [Status.EXPIRED, Status.REPLACED, Status.NOT_YET])
def test_what_does_not_hold_is_left_out_where_that_is_asked(status: Status) -> None:
    assert by_day(VERSIONS[0], status, Scope(in_force=True), named=True) is Rejection.OUT_OF_FORCE
    assert by_day(VERSIONS[0], status, EVERYTHING, named=True) is None


def test_an_earlier_version_gives_way_unless_it_is_named() -> None:
    earlier = Version("cn", "国家办法", effective=date(2020, 1, 1), replaced_by="cn@2025-01-01")
    assert by_day(earlier, Status.REPLACED, EVERYTHING, named=False) is Rejection.OTHER_VERSION
    assert by_day(earlier, Status.REPLACED, EVERYTHING, named=True) is None


def clause(text: str, label: str = "第一条") -> Clause:
    return Clause("art-1", label, (label,), f"{label} {text}")


def stored(text: str, label: str = "第一条", version: Version = VERSIONS[0]) -> StoredClause:
    return StoredClause(0, version, clause(text, label))


ONE = "企业购买大型科学仪器设施共享服务的，可以按照合同金额的百分之二十申请补贴，每年不超过十万元。"
NEARLY = "企业购买大型科学仪器设施共享服务的，可以按照合同金额的百分之二十申请补贴，每年最高不超过十万元。"
OTHER = "企业购买大型科学仪器设施的，应当依照招标程序办理。"


@pytest.mark.parametrize(
    ("text", "label", "cosine", "place"),
    [
        (ONE, "第九条", 0.1, 0),
        (NEARLY, "第一条", 0.9, 0),
        (NEARLY, "第一条", 0.5, None),
        (OTHER, "第一条", 0.9, None),
    ],
)
def test_the_same_and_nearly_the_same_are_told(text: str, label: str, cosine: float, place: int | None) -> None:
    shown = Shown(4, 2)
    shown.add(stored(ONE), np.array([1, 0], np.float32))
    vector = np.array([cosine, (1 - cosine**2) ** 0.5], np.float32)
    assert shown.like(stored(text, label, VERSIONS[1]), vector) == place


def test_laws_of_one_level_that_are_alike_are_both_shown() -> None:
    shown = Shown(4, 2)
    vector = np.array([1, 0], np.float32)
    shown.add(stored(ONE), vector)
    assert shown.like(stored(NEARLY, version=Version("cn-2", "另一部法", level=Level.NATIONAL)), vector) is None
    assert shown.like(stored(NEARLY, version=VERSIONS[0]), vector) == 0


def test_the_number_of_an_article_does_not_count() -> None:
    assert body(clause("企业\n可以申请。", "第十一条之二")) == "企业可以申请。"


@pytest.mark.parametrize(
    ("scope", "holds"),
    [
        (Scope(levels=frozenset({"district"})), lambda version: version.level == "district"),
        (Scope(regions=frozenset({"上海市"})), lambda version: version.region == "上海市"),
        (Scope(policies=frozenset({"cn-cit-law"})), lambda version: version.policy == "cn-cit-law"),
    ],
)
def test_a_scope_keeps_to_itself_and_says_what_it_left_out(
    knowledge: Search, today: date, scope: Scope, holds: object
) -> None:
    assert callable(holds)
    result = knowledge.search("高新技术企业认定的条件", 8, today, scope=scope)
    assert len(result.hits) == 8
    assert all(holds(hit.found.version) for hit in result.hits)
    assert result.rejected
    reasons = {rejected.reason for rejected in result.rejected}
    assert reasons & {Rejection.OTHER_LEVEL, Rejection.OTHER_REGION, Rejection.OTHER_POLICY}


def test_a_collection_of_the_library_is_a_scope(knowledge: Search, today: date) -> None:
    collection = knowledge.snapshot.side.collections[0]
    result = knowledge.search("创新券怎么用", 5, today, scope=Scope(collections=frozenset({collection.name})))
    assert {hit.found.version.policy for hit in result.hits} <= set(collection.policy_ids())


def test_what_has_ended_is_found_unless_it_is_left_out(small: Opened, today: date) -> None:
    search = small()
    assert search.search("优秀的孵化器奖励多少", 3, today).hits[0].status is Status.EXPIRED
    result = search.search("优秀的孵化器奖励多少", 3, today, scope=Scope(in_force=True))
    assert "sj-incubators" not in {hit.found.version.policy for hit in result.hits}
    assert Rejection.OUT_OF_FORCE in {rejected.reason for rejected in result.rejected}


def test_the_earlier_version_is_listed_beside_the_one_in_force(
    small: Opened, library: SmallLibrary, today: date
) -> None:
    for day in ("2020-01-01", "2024-01-01"):
        library.write("sj-instruments", f"第一条 {ONE}\n", title="仪器共享办法", effective=day)
    hit = small().search("仪器共享补贴百分之二十", 3, today).hits[0]
    assert (hit.ref, hit.also) == ("sj-instruments@2024-01-01#art-1", ("sj-instruments@2020-01-01#art-1",))


def test_a_rule_that_repeats_another_is_shown_once(small: Opened, library: SmallLibrary, today: date) -> None:
    national = library.write("cn-instruments", f"第一条 {ONE}\n", title="仪器共享条例")
    national.write_text(national.read_text("utf-8").replace("level: district", "level: national"), "utf-8")
    library.write("sj-instruments", f"第三条 {NEARLY}\n", title="仪器共享实施办法")
    result = small().search("仪器共享补贴百分之二十", 5, today)
    refs = {"cn-instruments@2025-01-01#art-1", "sj-instruments@2025-01-01#art-3"}
    first = result.hits[0]
    assert {first.ref, *first.also} == refs
    assert not refs & {hit.ref for hit in result.hits[1:]}
    assert [r.reason for r in result.rejected if r.ref in refs] == [Rejection.DUPLICATE]


def test_of_two_that_say_the_same_the_one_in_force_is_shown(small: Opened, library: SmallLibrary, today: date) -> None:
    library.write("sj-ended", f"第一条 {ONE}\n", title="仪器共享补贴百分之二十办法", expires="2025-12-31")
    library.write("sj-holds", f"第一条 {ONE}\n", title="其他办法")
    hit = small().search("仪器共享补贴百分之二十办法", 3, today).hits[0]
    assert (hit.rank, hit.found.version.policy, hit.also) == (1, "sj-holds", ("sj-ended@2025-01-01#art-1",))


def test_clauses_that_are_both_named_are_both_shown(small: Opened, library: SmallLibrary, today: date) -> None:
    for policy in ("sj-a", "sj-b"):
        library.write(policy, f"第一条 {ONE}\n", title=f"仪器共享办法{policy[-1]}")
    result = small().search("《仪器共享办法a》第一条和《仪器共享办法b》第一条", 3, today)
    assert {hit.found.version.policy for hit in result.hits[:2]} == {"sj-a", "sj-b"}
