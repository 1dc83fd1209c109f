"""selfeval demo: the whole job on eight forms that were published."""

from __future__ import annotations

import sys
import tempfile
from argparse import Namespace
from collections.abc import Iterator, Sequence
from importlib.resources import as_file, files
from pathlib import Path

from toolkit.checks import Severity, Stage
from toolkit.checks.review import Review
from toolkit.cli.check import Beside, Checked, across_findings, check_files
from toolkit.cli.listing import pad
from toolkit.cli.progress import Progress
from toolkit.cli.show import DISCLAIMER, across_lines
from toolkit.cli.sources import Schemes, Source, find_schemes, read_source
from toolkit.core.money import fixed
from toolkit.core.names import file_name
from toolkit.problem import Unwritable
from toolkit.workbook.results import write_results
from toolkit.workbook.template import build_workbook

_SCHEME = "shenzhen-2021"


def run(options: Namespace) -> int:
    """Fill, recalculate and check the eight forms, and leave in the folder what an officer would have."""
    folder = Path(options.folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unwritable(folder, "不能用作文件夹", "请换一个位置") from error
    schemes = find_schemes(_SCHEME)
    with as_file(files("toolkit").joinpath("data", _SCHEME)) as data:
        sources = [read_source(path) for path in sorted(data.glob("*.json"))]
    checked = _make(sources, folder, schemes)
    print("\n".join(_report(checked, folder)))
    return 0


def _make(sources: list[Source], folder: Path, schemes: Schemes) -> list[Checked]:
    scheme = schemes.known[_SCHEME]
    done: list[Checked] = []
    with tempfile.TemporaryDirectory() as work, Progress("填表并检查", len(sources)) as progress:
        for number, source in enumerate(sources, 1):
            project = source.forms[0].project_name.text
            progress.step(project)
            filled = Path(work) / file_name(f"{number:02d}", project, "自评表", suffix=".xlsx")
            build_workbook(filled, source.forms, scheme)
            (checked,) = check_files([filled], schemes, Beside((), None, Stage.SELF_EVALUATION))
            if isinstance(checked, Checked):
                write_results(filled, folder / filled.name, checked.reviews)
                done.append(checked)
    return done


def _report(done: list[Checked], folder: Path) -> Iterator[str]:
    yield "深圳市社会保险基金管理局 2021 年度项目支出绩效自评，八张公开的表："
    yield ""
    yield _columns("项目", ("总分", "合计", "测算", "等级", "错误", "提醒", "下年"))
    for checked in done:
        for review in checked.reviews:
            yield _row(review)
    yield ""
    yield from across_lines(across_findings(done))
    yield f"结果在 {folder.resolve()}：每个项目一个工作簿，打开后看“自评表”和“检查结果”（点位置可跳到单元格）。"
    first = done[0].source.path.name if done else ""
    yield f"再看一张表的全部算式：{_own_name()} check {folder / first}"
    yield DISCLAIMER


def _own_name() -> str:
    """Return how this program was called, so that the line can be typed as it stands."""
    called = Path(sys.argv[0])
    return str(called) if called.stem == "selfeval" else "selfeval"


def _row(review: Review) -> str:
    scores = review.case.scores
    texts = (
        scores.stated,
        fixed(scores.filled),
        fixed(scores.computed),
        scores.grade.name,
        *(str(review.count(severity)) for severity in (Severity.ERROR, Severity.WARNING, Severity.NEXT_YEAR)),
    )
    return _columns(review.case.form.project_name.text, texts)


def _columns(first: str, others: Sequence[str]) -> str:
    return (pad(first, 36) + "".join(pad(text, 8) for text in others)).rstrip()
