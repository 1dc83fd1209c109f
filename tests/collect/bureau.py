"""A bureau of 53 projects in three units, as a section chief receives them, with faults planted here and there."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from toolkit.core.scheme import load_schemes
from toolkit.intake.interchange import parse_interchange
from toolkit.workbook.template import build_workbook

UNITS = ("江南市公路养护中心", "江南市图书馆", "江南市园林所")
COUNT = 53
MISSING = (7, 29)
CUT = 13
PROBLEM = "招标周期较长，影响了支出进度，需要提前谋划。"

Form = dict[str, Any]


def unit_of(number: int) -> str:
    """Return the unit that has a project."""
    return UNITS[number % len(UNITS)]


def name_of(number: int) -> str:
    """Return the name of a project."""
    return f"{'甲乙丙丁戊己庚辛壬癸'[number // 10]}类{'零一二三四五六七八九'[number % 10]}号维护项目"


def clean(number: int) -> Form:
    """Return a form in which no rule finds anything."""
    funds = {"initial_budget": "1000000.00", "annual_budget": "1000000.00", "executed": "960000.00", "rate": "0.96"}
    rows = [
        ("产出指标", "数量指标", "维护数量", "≥1200处", "1250处", "20"),
        ("产出指标", "质量指标", "设施完好率", "≥95%", "97%", "15"),
        ("产出指标", "时效指标", "报修处理及时率", "≥90%", "92%", "15"),
        ("效益指标", "社会效益指标", "事故下降率", "≥5%", "6%", "20"),
        ("满意度指标", "服务对象满意度指标", "市民满意度", "≥90%", "93%", "20"),
    ]
    keys = ("level1", "level2", "level3", "target", "actual", "weight")
    return {
        "year": 2021,
        "scheme": "shenzhen-2021",
        "organisation": unit_of(number),
        "project_name": name_of(number),
        "currency_unit": "元",
        "funds": [
            {"kind": "年度资金总额", **funds, "weight": "10", "score": "9.60"},
            {"kind": "当年财政拨款", **funds},
        ],
        "goal": {"expected": "完成全部设施的维护。", "actual": "已完成全部设施的维护。"},
        "indicators": [dict(zip(keys, row, strict=True)) | {"score": row[-1]} for row in rows],
        "stated_total": {"weight": "100", "score": "99.60"},
        "stated_grade": "优",
    }


def with_score(form: Form, row: int, score: str, total: str, **cells: str) -> Form:
    """Return a form with another score in a row, another total, other cells of the row."""
    changed = deepcopy(form)
    changed["indicators"][row] |= {"score": score, **cells}
    changed["stated_total"]["score"] = total
    return changed


def with_funds(form: Form, **amounts: str) -> Form:
    """Return a form with other amounts in both rows of its funds; ``score`` and ``total`` go where they belong."""
    changed = deepcopy(form)
    total, score = amounts.pop("total", None), amounts.pop("score", None)
    for line in changed["funds"]:
        line |= amounts
    if score and total:
        changed["funds"][0]["score"], changed["stated_total"]["score"] = score, total
    return changed


def save(form: Form, path: Path) -> Path:
    """Write a form as an interchange file or as a workbook of ours."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".json":
        path.write_text(json.dumps(form, ensure_ascii=False), encoding="utf-8")
    else:
        build_workbook(path, parse_interchange(form, path).form, load_schemes()[form["scheme"]])
    return path


def planted() -> Mapping[int, Form]:
    """Return the forms that have a fault or something worth a look."""
    return {
        17: with_score(clean(17), 0, "20", "99.60", actual="1000处"),
        18: with_score(clean(18), 0, "20", "98.60"),
        20: with_funds(clean(20), annual_budget="900000.00", executed="864000.00"),
        31: clean(31) | {"facts": {"存在问题": PROBLEM}},
        32: clean(32) | {"facts": {"存在问题": PROBLEM.replace("，", "， ")}},
        40: with_funds(clean(40), executed="1000000.00", rate="1.00", score="10.00", total="100.00"),
        45: with_funds(clean(45), initial_budget="5000000.00", annual_budget="5000000.00", executed="4800000.00"),
    }


def make_bureau(root: Path) -> Path:
    """Lay out everything that was received and return the folder."""
    folder = root / "收到"
    faults = planted()
    for number in range(1, COUNT + 1):
        place = folder / unit_of(number)
        if number not in (*MISSING, 11, 12, CUT):
            save(faults.get(number, clean(number)), place / f"{number:02d}.{'xlsx' if number in (2, 18) else 'json'}")
    shutil.copy(folder / unit_of(5) / "05.json", folder / unit_of(5) / "05（再发）.json")
    _drafts(folder / unit_of(11))
    save(clean(12), folder / unit_of(12) / "12甲.json")
    save(with_score(clean(12), 1, "15", "99.60", actual="98%"), folder / unit_of(12) / "12乙.json")
    save(clean(1) | {"project_name": "名单外项目"}, folder / UNITS[0] / "其他.json")
    _unreadable(folder)
    return folder


def _drafts(place: Path) -> None:
    for draft, actual in ((1, "1210处"), (2, "1220处"), (10, "1230处")):
        save(with_score(clean(11), 0, "20", "99.60", actual=actual), place / f"11_第{draft}稿.json")


def _unreadable(folder: Path) -> None:
    whole = save(clean(CUT), folder / unit_of(CUT) / "13.xlsx")
    whole.write_bytes(whole.read_bytes()[:5000])
    (folder / "空.xlsx").write_bytes(b"")
    (folder / "网页.xls").write_text("<html><body><table><tr><td>自评表</td></tr></table></body></html>", encoding="utf-8")
    (folder / "~$02.xlsx").write_bytes(b"x" * 165)
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "通讯录"
    sheet["A1"] = "姓名"
    book.save(folder / "通讯录.xlsx")
    (folder / "说明.pdf").write_bytes(b"%PDF-1.4")


def save_roster(path: Path) -> Path:
    """Write the list of the 53 projects, each unit once above its projects, with a total."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["序号", "填报单位", "项目名称"])
    for at, unit in enumerate(UNITS):
        own = [number for number in range(1, COUNT + 1) if number % len(UNITS) == at]
        for place, number in enumerate(own):
            sheet.append([number, unit if not place else None, name_of(number)])
    sheet.append([None, "合计", COUNT])
    book.save(path)
    return path


def save_ledger(path: Path, **executed: str) -> Path:
    """Write a ledger with every project of the list; ``executed`` replaces amounts by ``p17``."""
    faults = planted()
    lines = ["项目名称,年初预算数（元）,全年预算数（元）,全年执行数（元）"]
    for number in range(1, COUNT + 1):
        line = faults.get(number, clean(number))["funds"][0]
        spent = executed.get(f"p{number}", line["executed"])
        lines.append(f"{name_of(number)},{line['initial_budget']},{line['annual_budget']},{spent}")
    path.write_text("\n".join(lines), encoding="utf-8")
    return path
