"""Published forms with what officers add to them, as files to be finished."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from toolkit.cli.finish import Asked, finish
from toolkit.cli.sources import find_schemes

CASES = Path(__file__).parents[1] / "cases"
UNIT = "深圳市社会保险基金管理局"
FACTS: Mapping[str, Any] = {
    "单位简称": "市社保局",
    "自称": "我局",
    "填报人": "张晓梅",
    "填报电话": "0755-83460001",
    "单位负责人": "李建国",
    "报送对象": "市财政局绩效管理科",
    "自评通知名称": "关于开展2021年度部门预算项目支出绩效自评工作的通知",
    "自评通知文号": "深财绩〔2022〕5号",
    "项目总数": "5",
}
MOMENT = datetime(2022, 4, 18, 9, 30)
FIRST = f"报送_2021_{UNIT}_第1稿"
SECOND = f"报送_2021_{UNIT}_第2稿"
RIGHT_102 = {"年度资金总额": ("0.87", "8.70"), "当年财政拨款": ("0.87", "")}
"""执行率 and 得分 of the fund rows of 102 as they should be."""


def source(folder: Path, case: str, facts: Mapping[str, Any] | None = FACTS, **changes: Any) -> Path:
    """Write an interchange file: a published form, facts beside it, keys changed."""
    data = json.loads((CASES / f"{case}.json").read_text(encoding="utf-8"))
    path = folder / f"{case}.json"
    data |= {"facts": facts} if facts else {}
    path.write_text(json.dumps(data | changes, ensure_ascii=False), encoding="utf-8")
    return path


def changed(path: Path, row: str, **cells: str) -> Path:
    """Change cells of an indicator in an interchange file."""
    data = json.loads(path.read_text(encoding="utf-8"))
    (found,) = [each for each in data["indicators"] if each["level3"] == row]
    found |= cells
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return path


def five(folder: Path) -> list[Path]:
    """Write five projects of one unit without 错误: four as published, 102 with its rate put right."""
    data = json.loads((CASES / "102.json").read_text(encoding="utf-8"))
    funds = data["funds"]
    for line in funds:
        rate, score = RIGHT_102.get(line["kind"], (line["rate"], line["score"]))
        line |= {"rate": rate, "score": score}
    total = {**data["stated_total"], "score": "96.19"}
    return [
        source(folder, "101"),
        source(folder, "102", funds=funds, stated_total=total),
        *(source(folder, case) for case in ("103", "105", "107")),
    ]


def asked(place: Path, **changes: Any) -> Asked:
    """Return what is asked for: no PDF, a fixed moment."""
    usual: dict[str, Any] = {"pdf": False, "moment": MOMENT}
    return Asked(place, find_schemes(None), **(usual | changes))


def finished(place: Path, *paths: Path, **changes: Any) -> Path:
    """Finish files of one unit and return the folder that appeared."""
    before = set(place.iterdir()) if place.is_dir() else set()
    assert finish(list(paths), asked(place, **changes)) == 0
    (folder,) = [path for path in set(place.iterdir()) - before if path.name != "源文件备份"]
    return folder
