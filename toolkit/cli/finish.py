"""selfeval finish: the submission of each unit, or the version for the website."""

from __future__ import annotations

import re
import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from toolkit.checks import Severity, Stage
from toolkit.checks.review import Review
from toolkit.cli.check import ERRORS_FOUND, Beside, Checked, Failed, check_files
from toolkit.cli.finished import Finishing
from toolkit.cli.parser import Usage
from toolkit.cli.show import DISCLAIMER, finding_lines
from toolkit.cli.sources import WORKBOOKS, Schemes, Source, find_schemes
from toolkit.guard import UNREADABLE, say
from toolkit.problem import Unreadable, Unwritable
from toolkit.submission.naming import folder_name, next_draft
from toolkit.submission.place import BACKUP, keep_sources, prepare, publish, refuse_open, sweep, work_folder
from toolkit.submission.write import Filled

HANDED, PUBLISHED = "报送", "公开版"
_SOURCES = (*WORKBOOKS, ".json")
_TO_FILL = (".xls", ".docx")
_FILL_FIRST = "请先用 selfeval fill {name} -o 自评表.xlsx 转成本工具的表，核对无误后再对它定稿"
_DAY = 86_400.0
"""Seconds after which an unfinished folder is surely nobody's any more."""


@dataclass(frozen=True, slots=True)
class Group:
    """The files of one unit and year."""

    unit: str
    year: int
    sources: tuple[Checked, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """A folder that appeared.

    Attributes:
        filled: what lies in it.
        backup: where the sources were copied to.
    """

    target: Path
    filled: Filled
    backup: Path


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for.

    Attributes:
        place: folder the submissions go to.
        draft: 第几稿, ``None`` for the next one.
        returned: 退回意见的日期, ``None`` where it is not known.
        model: the unit's own Word model for the reports.
    """

    place: Path
    schemes: Schemes
    reason: str = ""
    public: bool = False
    draft: int | None = None
    returned: date | None = None
    pdf: bool = True
    model: Path | None = None
    moment: datetime = datetime.min

    def folder(self, group: Group) -> tuple[Path, int]:
        """Return where a unit's folder goes, and which draft it is."""
        kind = PUBLISHED if self.public else HANDED
        draft = self.draft or next_draft(self.place, kind, group.year, group.unit)
        folder = self.place.resolve() / folder_name(kind, group.year, group.unit, draft)
        if folder.exists():
            raise Unwritable(folder, "已经存在", "请换一个稿次（--draft），或先移走它")
        return folder, draft


def run(options: Namespace) -> int:
    """Finish all files, one folder a unit and year."""
    paths = [Path(name) for name in options.files]
    if options.draft is not None and options.draft < 1:
        raise Usage("--draft 应为 1 或更大的整数。")
    reason = (options.despite_errors or "").strip()
    if options.despite_errors is not None and not reason:
        raise Usage("--despite-errors 后面要写明理由，理由会记入检查结果、邮件正文和送审单。")
    asked = Asked(
        place=Path(options.output) if options.output else paths[0].parent,
        schemes=find_schemes(options.scheme),
        reason=reason,
        public=options.public,
        draft=options.draft,
        returned=_day(options.returned),
        pdf=not options.no_pdf,
        model=Path(options.model) if options.model else None,
        moment=datetime.now(),
    )
    return finish(paths, asked)


def finish(paths: Sequence[Path], asked: Asked) -> int:
    """Finish files; nothing is written unless everything can be.

    Returns:
        0 done, 1 refused because 错误 are open or something personal would be published, 2 a file cannot be read.
    """
    for path in paths:
        _usable(path)
    done = check_files(paths, asked.schemes, Beside((), None, Stage.SELF_EVALUATION))
    failed = [each for each in done if isinstance(each, Failed)]
    if failed:
        for each in failed:
            print(each.problem, file=sys.stderr)
        print("有文件读不了，没有生成任何材料。", file=sys.stderr)
        return UNREADABLE
    checked = [each for each in done if isinstance(each, Checked)]
    for one in checked:
        _ours(one.source)
    if not asked.reason and any(_errors(each) for each in checked):
        return _refused(checked)
    made = make_folders(checked, asked)
    if made is None:
        return ERRORS_FOUND
    _tell(made)
    return 0


def make_folders(checked: Sequence[Checked], asked: Asked) -> list[Made] | None:
    """Make the folder of every unit and year, all of them or none.

    Returns:
        The folders, ``None`` where one is refused; what is in the way has been told then.

    Raises:
        Unreadable: a file does not say which unit and year it is about, or speaks of several.
        Unwritable: the place cannot be written, or the folder is there already.
    """
    groups = list(groups_of(checked))
    prepare(asked.place)
    sweep(asked.place, asked.moment.timestamp() - _DAY)
    with work_folder() as work:
        made = []
        for number, group in enumerate(groups):
            target, draft = asked.folder(group)
            folder = work / str(number) / target.name
            folder.mkdir(parents=True)
            filled = _filled(group, draft, folder, target, asked)
            if filled is None:
                return None
            made.append((group, folder, Made(target, filled, asked.place / BACKUP / target.name)))
        for group, _, each in made:
            keep_sources(each.backup, [one.source.path for one in group.sources])
        publish([(folder, each.target) for _, folder, each in made])
    return [each for _, _, each in made]


def _filled(group: Group, draft: int, folder: Path, target: Path, asked: Asked) -> Filled | None:
    usual = (group.unit, group.year, draft, asked.schemes, asked.moment, asked.reason, asked.pdf, asked.model)
    finishing = Finishing(*usual, returned=asked.returned)
    fill = finishing.publish if asked.public else finishing.hand_over
    return fill(group.sources, folder, target)


def _day(text: str | None) -> date | None:
    """Read a day as officers write it: 2025-04-20, 2025.4.20, 2025年4月20日."""
    if text is None:
        return None
    numbers = [int(number) for number in re.findall(r"\d+", text, re.ASCII)]
    try:
        return date(*numbers)
    except (TypeError, ValueError, OverflowError):
        raise Usage(f"--returned 的日期“{text}”看不懂，请写成 2025-04-20。") from None


def _usable(path: Path) -> None:
    suffix = path.suffix.lower()
    if suffix in _TO_FILL and path.is_file():
        raise Unreadable(path, f"是 {suffix} 文件，不能直接定稿", _FILL_FIRST.format(name=path.name))
    if suffix not in _SOURCES and path.is_file():
        raise Unreadable(path, "不是自评表工作簿", "请用自评表工作簿（.xlsx、.xlsm）或交换文件（.json）")
    refuse_open(path)


def _ours(source: Source) -> None:
    """Refuse a form that was read by its headings: there is no place on it for 校验码 and 校验明细."""
    if source.foreign:
        raise Unreadable(source.path, "不是本工具的自评表，里面没有放校验码和校验明细的地方", _FILL_FIRST.format(name=source.path.name))


def groups_of(checked: Sequence[Checked]) -> Iterator[Group]:
    """Yield the files of each unit and year.

    Raises:
        Unreadable: a file does not say which unit and year it is about, or speaks of several.
    """
    found: dict[tuple[str, int], list[Checked]] = {}
    for each in checked:
        owners = {_owner(each, review) for review in each.reviews}
        if len(owners) > 1:
            names = "、".join(f"{year}年{unit}" for unit, year in sorted(owners))
            raise Unreadable(each.source.path, f"里有几个单位或年度的表（{names}）", "请按单位、年度分开保存后再定稿")
        found.setdefault(owners.pop(), []).append(each)
    for (unit, year), sources in found.items():
        yield Group(unit, year, tuple(sources))


def _owner(checked: Checked, review: Review) -> tuple[str, int]:
    form, path = review.case.form, checked.source.path
    cells = (form.organisation, form.implementing_unit, form.department)
    unit = next((" ".join(cell.text.split()) for cell in cells if not cell.empty), "")
    if not unit:
        raise Unreadable(path, "没有写明是哪个单位的", "请在自评表填写“填报单位”或“实施单位”后再定稿")
    if form.year is None:
        raise Unreadable(path, "没有写明年度", "请在自评表标题下填写年度后再定稿")
    return unit, form.year


def _errors(checked: Checked) -> int:
    return sum(review.count(Severity.ERROR) for review in checked.reviews)


def _refused(checked: Sequence[Checked]) -> int:
    """Name the 错误 that are open."""
    for each in checked:
        for review in each.reviews:
            found = [one for one in review.findings if one.severity is Severity.ERROR and not one.undecidable]
            if found:
                sheet = f" · {review.case.form.sheet}" if review.case.form.sheet else ""
                print(f"━━ {review.case.form.project_name.text}（{each.source.path.name}{sheet}）", file=sys.stderr)
                print("\n".join(line for one in found for line in finding_lines(one)), file=sys.stderr)
    total = sum(map(_errors, checked))
    print(f"还有错误 {total} 处没有改正，没有生成任何材料。请改正后再定稿；确需带着错误报送的，加 --despite-errors 理由。", file=sys.stderr)
    return ERRORS_FOUND


def _tell(made: Sequence[Made]) -> None:
    for each in made:
        say(f"已生成 {each.target}，共 {len(each.filled.files)} 个文件：")
        say("\n".join(f"　　{name}" for name in each.filled.files))
        for remark in each.filled.remarks:
            print(remark, file=sys.stderr)
        print(f"源文件没有改动，另存了一份在 {each.backup}。", file=sys.stderr)
    print(DISCLAIMER, file=sys.stderr)
