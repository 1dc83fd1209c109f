"""selfeval demo: the whole job on forms that were published, system by system."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import as_file, files
from pathlib import Path

from toolkit.checks import Severity, Stage
from toolkit.checks.review import Review
from toolkit.cli.check import Beside, Checked, across_findings, check_files
from toolkit.cli.collect_files import files_of
from toolkit.cli.collecting import collect_all
from toolkit.cli.finish import Asked, make_folders
from toolkit.cli.listing import pad
from toolkit.cli.progress import Progress
from toolkit.cli.readers import Readers
from toolkit.cli.report import Told, write_workbook
from toolkit.cli.show import DISCLAIMER, across_lines
from toolkit.cli.sources import Source, find_schemes, read_source
from toolkit.cli.store import mark_with, opened
from toolkit.cli.workers import usual_jobs
from toolkit.collect.collected import Beside as Given
from toolkit.core.money import fixed
from toolkit.core.names import file_name
from toolkit.core.scheme import Scheme
from toolkit.problem import Unwritable
from toolkit.submission.place import work_folder
from toolkit.workbook.save import check_target
from toolkit.workbook.summary.write import write_summary_book

_FIRST = "shenzhen-2021"
_HEADINGS = ("总分", "合计", "测算", "等级", "错误", "提醒", "下年", "报告")


@dataclass(frozen=True, slots=True)
class System:
    """The published forms of one scheme as they were filled, checked and reported."""

    scheme: Scheme
    told: tuple[Told, ...]

    @property
    def checked(self) -> list[Checked]:
        """Return the checks of its workbooks."""
        return [each.checked for each in self.told]


def run(options: Namespace) -> int:
    """Fill, recalculate, check and report the published forms, and leave in the folder what an officer would have."""
    folder = Path(options.folder)
    _make_folder(folder)
    with as_file(files("toolkit").joinpath("data")) as data:
        sources = {each.name: [read_source(path) for path in sorted(each.glob("*.json"))] for each in _systems(data)}
    with Progress("填表、检查、写报告", sum(map(len, sources.values()))) as progress:
        systems = [_make(scheme, read, folder, progress) for scheme, read in sources.items()]
    print("\n".join([*_report(systems, folder), *_handed_over(folder), *_summed_up(systems, folder)]))
    return 0


def _summed_up(systems: Sequence[System], folder: Path) -> Iterator[str]:
    """Collect all forms into one summary, as the section chief does, and say where it lies."""
    target = folder / "汇总.xlsx"
    check_target(target)
    forms = files_of([folder / system.scheme.id for system in systems], target)
    with work_folder() as work, opened(work / "store", mark_with(None), fresh=False) as store:
        found, changes = collect_all(forms, store, Readers(None, usual_jobs()), Given(), find_schemes(None).known)
        write_summary_book(target, found, changes)
    yield f"汇总（{len(found.whole.projects)} 个项目一张表，问题清单、按单位、抽查建议、溯源各一张）在 {target.resolve()}。"


def _handed_over(folder: Path) -> Iterator[str]:
    """Finish the forms of the first scheme and say where their submission lies; one that is there already stays."""
    place = folder / "报送材料"
    if not place.exists():
        asked = Asked(place, find_schemes(_FIRST), reason="公开的表，照原样演示", pdf=False, moment=datetime.now())
        paths = sorted((folder / _FIRST).glob("*.xlsx"))
        done = check_files(paths, asked.schemes, Beside((), None, Stage.SELF_EVALUATION))
        make_folders([each for each in done if isinstance(each, Checked)], asked)
    for made in sorted(place.glob("报送_*")):
        yield f"报送材料（汇总表、自评表、自评报告、邮件草稿、送审单、系统录入表、归档清单）在 {made.resolve()}。"


def _systems(data: Path) -> list[Path]:
    folders = sorted(each for each in data.iterdir() if each.is_dir() and any(each.glob("*.json")))
    return sorted(folders, key=lambda each: each.name != _FIRST)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unwritable(folder, "不能用作文件夹", "请换一个位置") from error


def _make(name: str, sources: Sequence[Source], folder: Path, progress: Progress) -> System:
    schemes = find_schemes(name)
    _make_folder(folder / name)
    told = []
    for number, source in enumerate(sources, 1):
        project = source.forms[0].project_name.text
        progress.step(project)
        target = folder / name / file_name(f"{number:02d}", project, "自评表", suffix=".xlsx")
        told.append(write_workbook(source, target, schemes))
    return System(schemes.known[name], tuple(told))


def _report(systems: Sequence[System], folder: Path) -> Iterator[str]:
    for system in systems:
        yield f"{system.scheme.title}，公开的表 {len(system.told)} 张："
        yield ""
        yield _columns("项目", _HEADINGS)
        for told in system.told:
            for place, review in enumerate(told.checked.reviews):
                yield _row(review, len(told.written[place].renewed.rows))
        yield ""
        yield from across_lines(across_findings(system.checked))
    yield f"结果在 {folder.resolve()}：每个标准一个文件夹，每个项目一个工作簿，打开后看“自评表”“检查结果”（点位置可跳到单元格）和“自评报告”。"
    yield f"再看一份报告的全文：{_own_name()} report {_example(systems, folder)}"
    yield DISCLAIMER


def _example(systems: Sequence[System], folder: Path) -> Path:
    files = sorted((folder / systems[-1].scheme.id).glob("*.xlsx"))
    return files[0] if files else folder


def _own_name() -> str:
    """Return how this program was called, so that the line can be typed as it stands."""
    called = Path(sys.argv[0])
    return str(called) if called.stem == "selfeval" else "selfeval"


def _row(review: Review, blocks: int) -> str:
    scores = review.case.scores
    scored = bool(scores.filled_any or scores.computed)
    texts = (
        scores.stated or "—",
        fixed(scores.filled) if scored else "—",
        fixed(scores.computed) if scored else "—",
        scores.grade.name if scored else "—",
        *(str(review.count(severity)) for severity in (Severity.ERROR, Severity.WARNING, Severity.NEXT_YEAR)),
        f"{blocks} 段",
    )
    return _columns(review.case.form.project_name.text, texts)


def _columns(first: str, others: Sequence[str]) -> str:
    return (pad(first, 40) + "".join(pad(text, 8) for text in others)).rstrip()
