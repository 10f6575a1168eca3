"""Grids of cells as Markdown rows."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.documents.formats.ruled import Ruling, grids
from assistant.documents.formats.tables import Cell, spread, table

_CELL = st.builds(Cell, st.sampled_from(["甲", "乙", "10万元", ""]), st.integers(1, 4), st.integers(1, 4))


def test_a_merged_cell_is_repeated_in_every_row_that_it_covers() -> None:
    made = table([[Cell("类别"), Cell("金额")], [Cell("企业", rows=2), Cell("10万元")], [Cell("20万元")]])
    assert made.markdown() == "| 类别 | 金额 |\n| 企业 | 10万元 |\n| 企业 | 20万元 |"


def test_a_row_merged_across_the_top_is_a_caption() -> None:
    made = table([[Cell("奖励标准", columns=2)], [Cell("类别"), Cell("金额")], [Cell("甲"), Cell("1万元")]])
    assert made.captions == ("奖励标准",)
    assert made.rows == (("类别", "金额"), ("甲", "1万元"))


def test_a_bar_in_a_cell_does_not_begin_a_column() -> None:
    assert table([[Cell("甲|乙"), Cell("丙")]]).markdown() == "| 甲\\|乙 | 丙 |"


@given(st.lists(st.lists(_CELL, max_size=5), max_size=6))
def test_no_cell_is_lost_whatever_is_merged(rows: list[list[Cell]]) -> None:
    spread_texts = {text for row in spread(rows) for text in row}
    assert {cell.text for row in rows for cell in row} - {""} <= spread_texts


def test_spans_beyond_reason_are_cut() -> None:
    assert len(spread([[Cell("甲", columns=10**6, rows=10**6)]])[0]) <= 200


def box(left: float, top: float, right: float, bottom: float) -> list[Ruling]:
    return [
        Ruling(True, top, left, right),
        Ruling(True, bottom, left, right),
        Ruling(False, left, top, bottom),
        Ruling(False, right, top, bottom),
    ]


def test_ruled_cells_become_a_grid_and_missing_edges_merge_them() -> None:
    rulings = [*box(0, 0, 200, 60), Ruling(True, 20, 0, 200), Ruling(True, 40, 100, 200), Ruling(False, 100, 0, 60)]
    [grid] = grids(rulings)
    names = {(0, 0): "类别", (100, 0): "金额", (0, 20): "企业", (100, 20): "10万元", (100, 40): "20万元"}
    read = grid.markdown(lambda x0, y0, x1, y1: names[x0, y0])
    assert read == "| 类别 | 金额 |\n| 企业 | 10万元 |\n| 企业 | 20万元 |"


def test_a_frame_around_the_text_is_no_table() -> None:
    assert grids(box(0, 0, 500, 700)) == []
