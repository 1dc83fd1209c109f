"""Whatever a function is given, the cell shows a number, a Chinese text or nothing."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.excel.com.books import Excel
from tests.functions.calls import MISSING, Sheet, column
from toolkit.functions.area import ERROR_BASE, ERRORS, Area
from toolkit.functions.catalogue import FUNCTIONS, Function
from toolkit.guard import log_folder

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from([ERROR_BASE + number for number in ERRORS]),
    st.sampled_from(["≥95%", "约46万人次", "", " ", "不适用", "正向", "#N/A", "3-5天", "12月底前", "一二三", "9.5", "年度指标值", "总分"]),
    st.text(max_size=12),
)
SHAPES = st.integers(1, 3).flatmap(lambda rows: st.integers(1, 3).map(lambda columns: (rows, columns)))


def filled(shape: tuple[int, int]) -> st.SearchStrategy[Any]:
    rows, columns = shape
    return st.lists(st.lists(SCALARS, min_size=columns, max_size=columns).map(tuple), min_size=rows, max_size=rows).map(tuple)


GIVEN = st.one_of(SCALARS, SHAPES.flatmap(filled), st.just(MISSING))


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.name)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(data=st.data())
def test_nothing_makes_a_function_raise(function: Function, excel: Excel, data: st.DataObject) -> None:
    required = [name for name in function.arguments if name not in ("method", "indicator", "level", "scheme", "weights", "rate", "most")]
    logged = log()
    arguments = [data.draw(GIVEN.filter(lambda each: each != MISSING) if name in required else GIVEN) for name in function.arguments]
    answer = Sheet(excel).call(function.name, *arguments)
    rows = answer if isinstance(answer, list) else [answer]
    cells = [cell for row in rows for cell in (row if isinstance(row, list) else [row])]
    assert all(isinstance(cell, str | float) for cell in cells)
    assert log() == logged, "an unforeseen fault was logged"


def log() -> list[bytes]:
    """Return what has been logged so far, by this and other tests."""
    return [path.read_bytes() for path in sorted(log_folder().glob("*"))]


def test_errors_of_cells_are_named(excel: Excel) -> None:
    sheet = Sheet(excel)
    values = [ERROR_BASE + number for number in ERRORS]
    answers = sheet.call("SE_EXPLAIN", tuple((value,) for value in values), "9次", 5.0)
    assert answers == [[f"年度指标值是错误值 {text}" if readable(text) else "定性指标，由填报人评分"] for text in ERRORS.values()]


def readable(text: str) -> bool:
    """Tell whether the core knows an error value; the newest ones it takes for words."""
    from toolkit.core.values import CellError, read_value

    return isinstance(read_value(text), CellError)


@pytest.mark.parametrize(
    ("name", "given_", "told"),
    [
        ("SE_SCORE", ("&A1:A3", "&B1:B2", "&C1:C3"), "各区域大小不一致：“年度指标值”是 3 行 1 列，“实际完成值”是 2 行 1 列；请选一样大的区域"),
        ("SE_SCORE", ("&A1:C1", "&A1:A3", 5.0), "各区域大小不一致：“年度指标值”是 1 行 3 列，“实际完成值”是 3 行 1 列；请选一样大的区域"),
        ("SE_GRADE", (95.0, "深圳"), "“深圳”不是评分标准的编号或名称；请用 "),
        ("SE_FINDINGS", ("&A1:C3",), "所选区域里没有找到自评表：要从标题选到总分一行，含一级指标、三级指标、年度指标值、分值、得分一行表头"),
    ],
)
def test_what_cannot_be_done_is_said(excel: Excel, name: str, given_: tuple[object, ...], told: str) -> None:
    sheet = Sheet(excel)
    sheet.put("A1:C3", [["≥9", "8", 5.0]] * 3)
    answer = sheet.call(name, *given_)
    assert isinstance(answer, str) and answer.startswith(told) and (answer == told or told.endswith(" "))


def test_an_unforeseen_fault_is_told_and_logged(excel: Excel, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_arguments: object) -> str:
        raise ZeroDivisionError("在测试里")

    monkeypatch.setattr(Area, "cell", broken)
    answer = Sheet(excel).call("SE_NUMBER", "9")
    log = log_folder() / "selfeval.log"
    assert answer == f"程序出错，没有做完。原来的文件没有改动；请把日志 {log} 发给维护人员。"
    assert "ZeroDivisionError: 在测试里" in log.read_text(encoding="utf-8")
    log.unlink()


def test_no_text_is_longer_than_an_array_takes(excel: Excel) -> None:
    long = "一二三四五六七八九十" * 40
    answer = Sheet(excel).call("SE_NUMBER", ((long,), ("9次",)))
    assert [len(str(value)) for (value,) in answer] == [255, 3]


def test_whole_columns_are_read_as_far_as_they_are_used(excel: Excel) -> None:
    sheet = Sheet(excel)
    sheet.put("A1:A3", column(["9次", None, "约46万人次"]))
    with excel.counted() as log:
        assert sheet.call("SE_NUMBER", "&A:A") == [[9.0], [""], [460000.0]]
    assert len(log) < 80
