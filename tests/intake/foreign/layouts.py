"""Made-up layouts of forms: what they hold is known beforehand, how they are laid out is drawn by a seed."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

import docx
import openpyxl
from docx.table import Table

HEADINGS = {
    "level1": ("一级指标", "一级\n指标"),
    "level2": ("二级指标", "二级 指标"),
    "level3": ("三级指标", "三级指标名称", "指标名称"),
    "target": ("年度指标值", "指标值", "年度指标值（A）", "目标值", "年初目标值", "预期指标值"),
    "actual": ("实际完成值", "全年实际值", "完成值", "实际完成值(B)", "全年完成值"),
    "weight": ("分值", "权重", "分值（100分）", "指标分值"),
    "score": ("得分", "自评得分", "自评分"),
    "deviation": ("偏差原因分析及改进措施", "未完成原因分析", "偏差原因分析", "未完成原因及拟采取的改进措施"),
}
FUND_HEADINGS = {
    "initial_budget": ("年初预算数", "年初预算", "年初批复预算数"),
    "annual_budget": ("全年预算数", "全年预算数(A)", "调整后预算数", "全年预算"),
    "executed": ("全年执行数", "全年执行数(B)", "实际执行数", "全年支出数"),
    "weight": ("分值", "权重"),
    "rate": ("执行率", "预算执行率(B/A)", "执行率（%）"),
    "score": ("得分", "自评得分"),
}
GOALS = (("预期目标", "实际完成情况"), ("年初设定目标", "全年实际完成情况"), ("预期目标", "年度总体目标完成情况综述"))
LEVELS = (
    ("产出指标", ("数量指标", "质量指标", "时效指标", "成本指标")),
    ("效益指标", ("经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标")),
    ("满意度指标", ("服务对象满意度指标",)),
)
NAMES = ("培训人次", "设备验收合格率", "补贴发放及时率", "人均成本", "群众知晓率", "节能减排量", "使用人员满意度", "道路维护里程", "巡查覆盖率", "案件办结率")
TARGETS = (("≥", "50", "个"), ("≥", "95", "%"), ("≤", "202.6", "万元"), ("=", "100", "%"), ("", "12", "种"), ("≥", "735", "人次"))
ACTUALS = ("52", "96%", "200.1万元", "100%", "已完成", "735人次", "约46万人次")
REASONS = ("", "", "受疫情影响，部分工作推迟。", "市场价格下降", "")
SPARE = ("备注", "复核分", "评分标准", "佐证材料")


@dataclass
class Made:
    """A form as it was made up: its texts by field, fund rows and indicators."""

    head: dict[str, str]
    funds: list[dict[str, str]]
    goals: tuple[str, str]
    indicators: list[dict[str, str]]
    total: tuple[str, str]
    unit: str = "万元"


@dataclass
class Cells:
    """A canvas of texts and merges."""

    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)

    def put(self, row: int, column: int, text: str, rows: int = 1, columns: int = 1) -> None:
        """Write a text over some rows and columns."""
        if text:
            self.texts[row, column] = text
        if rows * columns > 1:
            self.merges.append((row, column, rows, columns))


def make_form(draw: random.Random) -> Made:
    """Make up what a form holds."""
    rows: list[dict[str, str]] = []
    for level1, seconds in LEVELS:
        for level2 in draw.sample(seconds, draw.randint(1, len(seconds))):
            for _ in range(draw.randint(1, 2)):
                sign, value, unit = draw.choice(TARGETS)
                weight = draw.choice(("5", "10", "15.0", "20"))
                score = draw.choice((weight, "4.5", "3"))
                rows.append(
                    {
                        "level1": level1,
                        "level2": level2,
                        "level3": f"{draw.choice(NAMES)}{len(rows) + 1}",
                        "target": sign + value + unit,
                        "sign": sign,
                        "value": value,
                        "unit": unit,
                        "actual": draw.choice(ACTUALS),
                        "weight": weight,
                        "score": score,
                        "deviation": draw.choice(REASONS),
                    }
                )
    funds = [{"kind": "年度资金总额", **_amounts(draw), "weight": "10", "rate": "98.5%", "score": "9.85"}]
    for kind in draw.sample(("当年财政拨款", "上年结转资金", "其他资金"), draw.randint(1, 3)):
        funds.append({"kind": kind, **_amounts(draw), "weight": "", "rate": "", "score": ""})
    head = {"project_name": f"道路养护{draw.randint(1, 99)}项目", "department": "县交通局", "implementing_unit": "县公路站"}
    return Made(head, funds, ("完成养护里程100公里。", "完成养护里程98公里。"), rows, ("100", "93.35"), draw.choice(("元", "万元")))


def _amounts(draw: random.Random) -> dict[str, str]:
    return {name: f"{draw.randint(1, 900)}.{draw.randint(10, 99)}" for name in ("initial_budget", "annual_budget", "executed")}


class Layout:
    """Draws one layout and writes forms in it."""

    def __init__(self, draw: random.Random) -> None:
        """Draw what is laid out how."""
        self._draw = draw
        self.split = draw.random() < 0.35
        self.two_rows = draw.random() < 0.4
        self.initial = draw.random() < 0.8
        self.total = draw.choice(("below", "below", "head", "score only", "above"))
        self.levels = draw.choice(("merged", "blank", "repeated"))
        self.frame = draw.random() < 0.7
        self.glued = draw.random() < 0.25
        self.left = draw.choice((1, 1, 2))
        order = draw.choice(
            (
                ("level1", "level2", "level3", "target", "actual", "weight", "score", "deviation"),
                ("level1", "level2", "level3", "weight", "target", "actual", "score", "deviation"),
                ("level1", "level2", "level3", "target", "weight", "actual", "score", "deviation"),
                ("level1", "level2", "level3", "weight", "target", "actual", "deviation", "score"),
            )
        )
        self.columns: list[tuple[str, str]] = []
        for name in order:
            if name == "target" and self.split:
                self.columns += [("sign", "指标性质"), ("value", "指标值"), ("unit", "度量单位")]
            else:
                self.columns.append((name, draw.choice(HEADINGS[name])))
        if draw.random() < 0.4:
            self.columns.insert(draw.choice((len(self.columns), 3)), ("spare", draw.choice(SPARE)))

    @property
    def width(self) -> int:
        """Return how many columns the indicators take."""
        return len(self.columns)

    def write(self, cells: Cells, top: int, made: Made) -> int:
        """Write a form from row ``top`` on and return the first row below it."""
        row, left, whole = top, self.left, self.width + int(self.frame)
        cells.put(row, left, "（2023年度）项目支出绩效自评表", 1, whole)
        row = self._head(cells, row + 1, made)
        row = self._funds(cells, row, made)
        row = self._goals(cells, row, made)
        if self.total == "above":
            row = self._total(cells, row, made)
        row = self._indicators(cells, row, made)
        if self.total in ("below", "score only"):
            row = self._total(cells, row, made)
        cells.put(row, left, "备注：得分按规则计算。", 1, whole)
        return row + 2

    def _head(self, cells: Cells, row: int, made: Made) -> int:
        left = self.left
        for name, text in (("项目名称", made.head["project_name"]), ("主管部门", made.head["department"])):
            if self.glued:
                cells.put(row, left, f"{name}：{text}", 1, 4)
            else:
                cells.put(row, left, name, 1, 2)
                cells.put(row, left + 2, text, 1, 2)
            if name == "主管部门":
                cells.put(row, left + 4, "实施单位")
                cells.put(row, left + 5, made.head["implementing_unit"], 1, 2)
            elif self.total == "head":
                cells.put(row, left + 4, "自评总分")
                cells.put(row, left + 5, made.total[1])
            row += 1
        return row

    def _funds(self, cells: Cells, row: int, made: Made) -> int:
        names = [name for name in FUND_HEADINGS if self.initial or name != "initial_budget"]
        cells.put(row, self.left, f"项目资金（{made.unit}）", len(made.funds) + 1, 1)
        for at, name in enumerate(names):
            cells.put(row, self.left + 2 + at, self._draw.choice(FUND_HEADINGS[name]))
        for place, line in enumerate(made.funds):
            row += 1
            cells.put(row, self.left + 1, ("其中：" if place == 1 else "") + line["kind"])
            for at, name in enumerate(names):
                dash = "—" if name in ("weight", "score") and place else ""
                cells.put(row, self.left + 2 + at, line[name] or dash)
        return row + 1

    def _goals(self, cells: Cells, row: int, made: Made) -> int:
        labels = self._draw.choice(GOALS)
        cells.put(row, self.left, "年度总体目标", 2, 1)
        for at, (label, text) in enumerate(zip(labels, made.goals, strict=True)):
            cells.put(row, self.left + 1 + 3 * at, label, 1, 3)
            cells.put(row + 1, self.left + 1 + 3 * at, text, 1, 3)
        return row + 2

    def _indicators(self, cells: Cells, row: int, made: Made) -> int:
        first = self.left + int(self.frame)
        high = 2 if self.two_rows else 1
        if self.frame:
            cells.put(row, self.left, "绩效指标", len(made.indicators) + high, 1)
        for at, (name, heading) in enumerate(self.columns):
            if self.two_rows and name in ("sign", "value", "unit"):
                if name == "sign":
                    cells.put(row, first + at, "年度指标值", 1, 3)
                cells.put(row + 1, first + at, heading)
            else:
                cells.put(row, first + at, heading, high, 1)
        row += high
        for at, (name, _) in enumerate(self.columns):
            if name in ("level1", "level2"):
                self._level(cells, row, first + at, name, made)
            else:
                for place, line in enumerate(made.indicators):
                    cells.put(row + place, first + at, line.get(name, ""))
        return row + len(made.indicators)

    def _level(self, cells: Cells, row: int, column: int, name: str, made: Made) -> None:
        keys = [(line["level1"], line["level2"]) if name == "level2" else (line["level1"],) for line in made.indicators]
        for key, group in groupby(enumerate(keys), key=lambda item: item[1]):
            places = [place for place, _ in group]
            if self.levels == "repeated":
                for place in places:
                    cells.put(row + place, column, key[-1])
            else:
                cells.put(row + places[0], column, key[-1], len(places) if self.levels == "merged" else 1, 1)

    def _total(self, cells: Cells, row: int, made: Made) -> int:
        first = self.left + int(self.frame)
        cells.put(row, self.left, "总分", 1, 2)
        for at, (name, _) in enumerate(self.columns):
            if name == "weight" and self.total != "score only":
                cells.put(row, first + at, made.total[0])
            if name == "score":
                cells.put(row, first + at, made.total[1])
        return row + 1

    def expected(self, made: Made) -> Iterator[tuple[str, str]]:
        """Yield what the layout shows of a form, by field."""
        yield from made.head.items()
        yield "unit", made.unit
        yield "expected_goal", made.goals[0]
        yield "achieved_goal", made.goals[1]
        for place, line in enumerate(made.funds):
            for name in ("kind", *FUND_HEADINGS):
                yield f"fund {place} {name}", "" if name == "initial_budget" and not self.initial else line[name]
        for place, line in enumerate(made.indicators):
            for name in HEADINGS:
                yield f"row {place} {name}", line[name]
        yield "total_weight", "" if self.total in ("head", "score only") else made.total[0]
        yield "total_score", made.total[1]


def write_xlsx(path: Path, sheets: list[Cells]) -> None:
    """Write canvases as sheets of a workbook."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for number, cells in enumerate(sheets, 1):
        sheet = book.create_sheet(f"表{number}")
        for (row, column), text in cells.texts.items():
            sheet.cell(row, column, text).data_type = "s"
        for row, column, rows, columns in cells.merges:
            sheet.merge_cells(start_row=row, start_column=column, end_row=row + rows - 1, end_column=column + columns - 1)
    book.save(path)


def write_docx(path: Path, sheets: list[Cells]) -> None:
    """Write canvases as tables of a document."""
    document = docx.Document()
    for cells in sheets:
        areas = [*cells.merges, *((row, column, 1, 1) for row, column in cells.texts)]
        high, wide = (max(area[at] + area[at + 2] - 1 for area in areas) for at in (0, 1))
        table: Table = document.add_table(high, wide)
        held = [[table.rows[row].cells[column] for column in range(wide)] for row in range(high)]
        for (row, column), text in cells.texts.items():
            held[row - 1][column - 1].text = text
        for row, column, rows, columns in cells.merges:
            held[row - 1][column - 1].merge(held[row + rows - 2][column + columns - 2])
        document.add_paragraph("")
    document.save(str(path))
