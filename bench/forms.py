"""Form files to measure with: every one different, so that nothing remembered from one speeds up the next."""

import os
import random
import re
import zipfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from decimal import Decimal
from pathlib import Path
from typing import Any

from bench.adapters import fill_form

_LEVELS = [
    ("产出指标", "数量指标", "发放{n}批次补贴", "≥{t}人次", "{a}人次"),
    ("产出指标", "数量指标", "第{n}项培训", "不少于{t}万份", "约{a}万份"),
    ("产出指标", "质量指标", "第{n}项合格率", "{p}%", "{q}%"),
    ("产出指标", "时效指标", "第{n}项及时率", "≥{p}％", "{q}%"),
    ("产出指标", "成本指标", "第{n}项支出", "≤{t}万元", "{a}万元"),
    ("效益指标", "社会效益指标", "第{n}项服务改善情况", "有所提升", "有所提升"),
    ("满意度指标", "服务对象满意度指标", "第{n}类群众满意度", "≥{p}%", "{q}%"),
]


def _indicator(number: int, weight: str, chance: random.Random) -> dict[str, str]:
    level1, level2, name, target, actual = _LEVELS[number % len(_LEVELS)]
    figures = {"n": number + 1, "t": chance.randint(20, 9000), "p": chance.randint(60, 99)}
    figures |= {"a": figures["t"] + chance.randint(-15, 15), "q": figures["p"] + chance.randint(-10, 1)}
    return {
        "level1": level1,
        "level2": level2,
        "level3": name.format(**figures),
        "target": target.format(**figures),
        "actual": actual.format(**figures),
        "weight": weight,
        "score": weight,
        "deviation": f"受疫情影响，第{number + 1}项比计划少办理{chance.randint(1, 99)}件" if number % 3 == 0 else "",
    }


def _fund(kind: str, budget: Decimal, executed: Decimal, **scored: str) -> dict[str, str | None]:
    amounts = {"initial_budget": str(budget), "annual_budget": str(budget), "executed": str(executed)}
    rate = str(round(executed / budget, 4))
    return {"kind": kind, **amounts, "rate": rate, "weight": scored.get("weight"), "score": scored.get("score")}


def interchange(indicators: int, seed: int) -> dict[str, Any]:
    """Make up a form with this many indicators; another ``seed`` gives other names, figures and reasons."""
    chance = random.Random(seed)
    budget = Decimal(chance.randint(100_000_000, 900_000_000)) / 100
    executed = (budget * chance.randint(80, 100) / 100).quantize(Decimal("0.01"))
    share = round(Decimal(90) / indicators, 2)
    weights = [str(share)] * (indicators - 1) + [str(90 - share * (indicators - 1))]
    return {
        "year": 2021,
        "scheme": "shenzhen-2021",
        "organisation": "某市某局",
        "project_name": f"第{seed}号项目",
        "currency_unit": "元",
        "funds": [
            _fund("年度资金总额", budget, executed, weight="10", score="9.50"),
            _fund("当年财政拨款", budget, executed),
        ],
        "goal": {"expected": f"完成第{seed}号项目的全部工作。", "actual": f"已完成第{seed}号项目的全部工作。"},
        "indicators": [_indicator(number, weight, chance) for number, weight in enumerate(weights)],
        "stated_total": {"weight": "100", "score": "99.50"},
    }


def form_files(folder: Path, indicators: int, count: int) -> list[Path]:
    """Write ``count`` different filled form files into ``folder``."""
    return [fill_form(interchange(indicators, seed), folder / f"{indicators}-{seed}.xlsx") for seed in range(count)]


_BUILT = 100
"""Forms that are built one by one; the others vary their texts, which takes a tenth of the time."""
_STRINGS = "xl/sharedStrings.xml"
_FIGURES, _NAMES = re.compile(r"(\d{2,4})(?=人次|万份|万元)"), re.compile(r"第(\d+)(?=项|批|类)")


def many_forms(folder: Path, indicators: int, count: int) -> None:
    """Fill ``folder`` with different forms, as many as are not there yet, by all processors."""
    folder.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(_build, [(folder, indicators, seed) for seed in range(min(count, _BUILT))]))
        list(pool.map(_vary, [(folder, indicators, seed) for seed in range(_BUILT, count)], chunksize=8))


def _path(folder: Path, indicators: int, seed: int) -> Path:
    return folder / f"{indicators}-{seed:05}.xlsx"


def _build(asked: tuple[Path, int, int]) -> None:
    path = _path(*asked)
    if not path.exists():
        fill_form(interchange(*asked[1:]), path)


def _vary(asked: tuple[Path, int, int]) -> None:
    """Write a form whose names and figures differ from those of the built form it comes from."""
    folder, indicators, seed = asked
    path, (turn, first) = _path(*asked), divmod(seed, _BUILT)
    if not path.exists():
        rewrite_strings(_path(folder, indicators, first), path, lambda text: _varied(text, f"第{first}号", seed, turn))


def _varied(text: str, name: str, seed: int, turn: int) -> str:
    text = _FIGURES.sub(lambda found: str(int(found[1]) + turn), text.replace(name, f"第{seed}号"))
    return _NAMES.sub(lambda found: f"第{turn}{found[1]}", text)


def rewrite_strings(source: Path, out: Path, change: Callable[[str], str]) -> None:
    """Copy a workbook with its shared strings changed."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            body = old.read(entry)
            changed = change(body.decode()).encode() if entry.filename == _STRINGS else body
            new.writestr(entry, changed, zipfile.ZIP_DEFLATED)
