"""--projects: the project forms of a department, as the table 项目清单 of its own form."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from pathlib import Path

from toolkit.cli.parser import Usage
from toolkit.cli.sources import WORKBOOKS, Schemes, find_schemes, read_source
from toolkit.core.form import Cell, Form, Line
from toolkit.core.money import YUAN_PER_WAN, plain
from toolkit.core.scheme import Scheme
from toolkit.guard import Fault, guarded
from toolkit.problem import Problem
from toolkit.scoring import score_form

TABLE = "项目清单"
_NAME, _FUNDS, _SCORE, _SPENT = "项目名称", "资金", "自评得分", "支出"
_SUFFIXES = (*WORKBOOKS, ".json")


@dataclass(frozen=True, slots=True)
class Project:
    """What a department's form needs of a project's.

    Attributes:
        unit: 元 or 万元, of both amounts.
        score: 总分 as stated, else the sum of the scores; "" where nothing is scored.
        source: the file, and the sheet where it has several forms.
        year: ``None`` where it is not told.
    """

    name: str
    funds: Decimal | None
    spent: Decimal | None
    unit: str
    score: str
    source: str
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Projects:
    """The projects that were read.

    Attributes:
        remarks: what the officer should know, Chinese sentences.
        failed: why a file could not be read, a sentence for each.
    """

    found: tuple[Project, ...]
    remarks: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()


def projects_asked_for(names: Sequence[str] | None, beside: Sequence[Path]) -> Projects | None:
    """Read the project forms that ``--projects`` names and say on stderr what should be known about them.

    Args:
        names: files and folders; ``None`` where the option was not given.
        beside: the department's own forms, which are no projects although they may lie in the folder.

    Raises:
        Usage: nothing of what was named holds a project.
    """
    if names is None:
        return None
    # Every project is scored by its own scheme, whatever is wanted for the department.
    projects = read_projects([Path(name) for name in names], beside, find_schemes(None))
    for sentence in (*projects.failed, *projects.remarks):
        print(sentence, file=sys.stderr)
    if not projects.found and not projects.failed:
        raise Usage("--projects 写的文件或文件夹里没有项目自评表（.xlsx、.xlsm、.json）。")
    return projects


def read_projects(paths: Iterable[Path], beside: Sequence[Path], schemes: Schemes) -> Projects:
    """Read the forms of all files; a file that cannot be read is named and does not stop the others."""
    found: list[Project] = []
    remarks: list[str] = []
    failed: list[str] = []
    for path in _files(paths, beside):
        try:
            listed = guarded(partial(_summed, path))
            forms = () if listed else guarded(partial(_forms_of, path))
        except (Problem, Fault) as problem:
            failed.append(f"--projects：{problem}")
            continue
        found.extend(listed)
        for form in forms:
            project, remark = _project(form, path, schemes.choose(form)[0], len(forms) > 1)
            found.extend([project] if project else [])
            remarks.extend([remark] if remark else [])
    return Projects(tuple(found), (*remarks, *_several_years(found), *_twice(found)), tuple(failed))


def _several_years(found: Sequence[Project]) -> Iterator[str]:
    years = sorted({project.year for project in found if project.year})
    if len(years) > 1:
        yield f"--projects：有 {'、'.join(map(str, years))} 几个年度的项目，部门整体支出的表只列入与它同一年度的；都不同年度的，全部列入。"


def with_projects(form: Form, projects: Projects | None) -> Form:
    """Return a form whose table 项目清单 lists the projects, amounts in the form's unit; others keep theirs."""
    if projects is None or not projects.found:
        return form
    line = Line.FACTS + len(form.facts) + len(form.tables)
    own = _of_year(projects.found, form.year)
    rows = tuple(_row(project, number, form.currency_unit, line) for number, project in enumerate(own, 1))
    return replace(form, tables={**form.tables, TABLE: rows})


def _of_year(found: Sequence[Project], year: int | None) -> Sequence[Project]:
    """Return the projects of the department's year and those that tell none; all of them where none is of its year."""
    own = [project for project in found if project.year in (year, None)]
    return own if any(project.year == year for project in own) else found


def _summed(path: Path) -> list[Project]:
    """Return the projects of a summary that ``selfeval collect`` wrote, nothing for any other file."""
    from toolkit.workbook.summary.read import is_summary, read_summary

    if not is_summary(path):
        return []
    return [
        Project(
            each.name,
            each.funds,
            each.spent,
            "元",
            "" if each.score is None else plain(each.score),
            f"“{path.name}”的第 {each.row} 行",
            each.year,
        )
        for each in read_summary(path)
    ]


def _forms_of(path: Path) -> tuple[Form, ...]:
    return read_source(path).forms


def _files(paths: Iterable[Path], beside: Sequence[Path]) -> Iterator[Path]:
    """Yield the files, those of a folder in the order of their names; each once, and never one of ``beside``."""
    seen = {path.resolve() for path in beside}
    for path in paths:
        for file in _inside(path) if path.is_dir() else (path,):
            if file.resolve() not in seen:
                seen.add(file.resolve())
                yield file


def _inside(folder: Path) -> list[Path]:
    return [
        path
        for path in sorted(folder.iterdir())
        if path.suffix.lower() in _SUFFIXES and not path.name.startswith(("~$", "."))
    ]


def _project(form: Form, path: Path, scheme: Scheme, several: bool) -> tuple[Project | None, str]:
    """Return what a form says of its project, and a remark where something is missing."""
    source = f"“{path.name}”" + (f"的“{form.sheet}”" if several and form.sheet else "")
    if any(rule.rule == "projects" for rule in scheme.leaf_rules):
        return None, f"{source}是部门整体支出的表，没有列入项目清单。"
    if not form.indicators and form.project_name.blank:
        return None, f"{source}没有填写，没有列入项目清单。"
    total = form.fund_total
    funds = form.amount(total.annual_budget) if total is not None else None
    spent = form.amount(total.executed) if total is not None else None
    project = Project(
        form.project_name.text.strip() or path.stem,
        funds,
        spent,
        form.currency_unit,
        _score(form, scheme),
        source,
        form.year,
    )
    lacking = [name for name, there in ((_FUNDS, funds is not None), (_SCORE, project.score)) if not there]
    return project, f"{source}没有可用的{'、'.join(lacking)}，项目清单里空着，请补上。" if lacking else ""


def _score(form: Form, scheme: Scheme) -> str:
    if form.total_score.number is not None:
        return plain(form.total_score.number)
    scores = score_form(form, scheme)
    return plain(scores.filled) if scores.filled_any else ""


def _twice(found: Sequence[Project]) -> Iterator[str]:
    first: dict[tuple[str, int | None], Project] = {}
    for project in found:
        other = first.setdefault((project.name, project.year), project)
        if other is not project:
            yield f"{other.source}和{project.source}都是项目“{project.name}”，项目清单里各列一行；是同一张表的两稿的，请删去旧稿。"


def _row(project: Project, number: int, unit: str, line: int) -> Mapping[str, Cell]:
    texts = {
        _NAME: project.name,
        _FUNDS: _in_unit(project.funds, project.unit, unit),
        _SCORE: project.score,
        _SPENT: _in_unit(project.spent, project.unit, unit),
    }
    return {column: Cell(f"{TABLE}第 {number} 行·{column}", text, line=line) for column, text in texts.items() if text}


def _in_unit(amount: Decimal | None, given: str, wanted: str) -> str:
    """Write an amount in the department's unit with all its digits: 3866689.10 元 is 386.66891 万元."""
    if amount is None:
        return ""
    if given == wanted:
        return plain(amount)
    return plain(amount * YUAN_PER_WAN if given == "万元" else amount / YUAN_PER_WAN)
