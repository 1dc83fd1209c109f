"""退回意见: what one unit must correct, explain and evidence, by when; the chief only signs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from toolkit.checks.rows import bare
from toolkit.collect.collected import Collected
from toolkit.collect.model import Entry, Told
from toolkit.collect.record import is_error
from toolkit.collect.units import Unit

EVIDENCE = "C01"
NO_DEADLINE = "〔请填写日期〕"


@dataclass(frozen=True, slots=True)
class Points:
    """What is asked about one project.

    Attributes:
        texts: sentences, in the order of the form.
    """

    project: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReturnNote:
    """What one unit is told.

    Attributes:
        opening: how many projects were looked at and how many must come again, by when.
        parts: headings with what is asked, project by project.
        closing: what stands below.
    """

    unit: str
    title: str
    opening: str
    parts: tuple[tuple[str, tuple[Points, ...]], ...]
    closing: str

    @property
    def mail(self) -> str:
        """Return the text of the mail."""
        lines = [f"主题：【退回修改】{self.title}", "", f"{self.unit}：", "", f"　　{self.opening}"]
        for heading, points in self.parts:
            lines.append(f"　　{heading}")
            for each in points:
                lines.append(f"　　　　{each.project}")
                lines += [f"　　　　　{number}. {text}" for number, text in enumerate(each.texts, 1)]
        return "\n".join([*lines, f"　　{self.closing}", ""])


def return_notes(found: Collected, deadline: str) -> list[ReturnNote]:
    """Return a note for every unit of which something must be corrected, explained, evidenced or is still missing.

    Args:
        found: what was collected.
        deadline: by when, as it is printed; "" leaves a place for it.
    """
    notes = [note for unit in found.units if (note := _note(found, unit, deadline)) is not None]
    return [*notes, *_nothing_sent(found, deadline)]


def _note(found: Collected, unit: Unit, deadline: str) -> ReturnNote | None:
    asked = [(project.chosen, found.details(project.chosen).findings) for project in unit.projects]
    errors = _points((entry, [each for each in told if is_error(each)]) for entry, told in asked)
    open_ = _points((entry, [each for each in told if each.open and not each.undecidable]) for entry, told in asked)
    evidence = _points((entry, [each for each in told if each.code == EVIDENCE]) for entry, told in asked)
    missing = _missing(found, unit.name) if unit.year is None or unit.year == found.years[-1] else ()
    kinds = (("必须改正（错误）", errors), ("请补充说明（提醒）", open_), ("请提供佐证", evidence), ("请补报", missing))
    parts = [(name, points) for name, points in kinds if points]
    if not parts:
        return None
    again = [
        entry for entry, told in asked if any(is_error(each) or each.open or each.code == EVIDENCE for each in told)
    ]
    count, back, by = len(asked), len(again), deadline or NO_DEADLINE
    opening = f"你单位报送的 {count} 个项目自评材料已审。"
    opening += f"其中 {back} 个项目需修改后于 {by} 前重新报送：" if back else f"请于 {by} 前补报下列项目："
    rest = f"其余 {count - back} 个项目无意见。" if back < count else ""
    years = {entry.head.year for entry, _ in asked if entry.head.year}
    ending = "改正后请用同一份表重新报送，并附修改对照表，说明改了哪几处。" if back else ""
    return _written(unit.name, years, opening, parts, rest + ending)


def _written(
    unit: str, years: set[int], opening: str, parts: Sequence[tuple[str, tuple[Points, ...]]], closing: str
) -> ReturnNote:
    year = f" {years.pop()} 年度" if len(years) == 1 else ""
    numbered = tuple((f"{mark}、{name}", points) for mark, (name, points) in zip("一二三四", parts, strict=False))
    return ReturnNote(unit, f"关于{unit}{year}项目支出绩效自评材料的退回意见", opening, numbered, closing)


def _points(asked: Iterator[tuple[Entry, list[Told]]]) -> tuple[Points, ...]:
    return tuple(Points(entry.name, tuple(map(_sentence, told))) for entry, told in asked if told)


def _sentence(told: Told) -> str:
    sheet = f"工作表“{told.sheet}”" if told.sheet else ""
    working = f"算式：{told.working}。" if told.working else ""
    fix = told.fix.rstrip("。")
    return f"{sheet}{told.message}。{working}{f'改法：{fix}。' if fix else ''}（{told.code}）"


def _missing(found: Collected, unit: str) -> tuple[Points, ...]:
    if found.roll is None:
        return ()
    names = [line.project for line, _ in found.roll.missing if line.project and bare(line.unit) == bare(unit)]
    return tuple(Points(name, ("名单上有此项目，尚未收到自评表。",)) for name in names)


def _nothing_sent(found: Collected, deadline: str) -> Iterator[ReturnNote]:
    """Yield a note for every unit on the list that has sent nothing at all."""
    if found.roll is None:
        return
    here = {bare(unit.name) for unit in found.units}
    units = dict.fromkeys(line.unit for line, _ in found.roll.missing if line.unit and bare(line.unit) not in here)
    for unit in units:
        points = _missing(found, unit)
        opening = f"你单位的项目自评材料尚未收到，请于 {deadline or NO_DEADLINE} 前报送："
        parts = [("请报送", points)] if points else []
        yield _written(unit, set(), opening, parts, "")
