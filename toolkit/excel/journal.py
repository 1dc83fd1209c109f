"""What was done to each workbook, with a copy of what it was before: 撤销上次操作 goes back by it."""

from __future__ import annotations

import getpass
import hashlib
import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path

from toolkit.excel.areas import Place
from toolkit.excel.content import State
from toolkit.problem import Unwritable
from toolkit.workbook.address import address_of, read_area

_KEPT = 20
"""Actions of one workbook that can be undone; copies of earlier ones are deleted."""
Touched = Mapping[str, Mapping[Place, State | None]]
"""By sheet, the cells an action wrote and what it left there; ``None`` where it changed look, note or row only."""


@dataclass(frozen=True, slots=True)
class Record:
    """One action done to one workbook.

    Attributes:
        action: which, see :data:`toolkit.addin.call.ACTIONS`.
        when: date and time, ISO 8601.
        user: who was logged in.
        copy: the workbook as it was before.
        touched: by sheet and address what was left in a cell (kind, value, formula, area), ``None`` for its look only.
    """

    action: str
    when: str
    user: str
    copy: str
    touched: Mapping[str, Mapping[str, Sequence[str] | None]] = field(default_factory=dict)
    undone: str = ""

    def states(self, sheet: str) -> dict[Place, State | None]:
        """Return what was left in the cells of a sheet."""
        found: dict[Place, State | None] = {}
        for address, parts in self.touched.get(sheet, {}).items():
            area = read_area(address)
            if area is not None:
                found[area.top, area.left] = None if parts is None else State(*parts)
        return found


class Journal:
    """The actions done to one workbook, the last one last."""

    def __init__(self, folder: Path, key: str) -> None:
        """Open the journal of a workbook in the user's data folder; ``key`` tells it from others."""
        self._folder = folder / "撤销"
        self._mark = hashlib.sha256(key.encode()).hexdigest()[:16]
        self._path = self._folder / f"{self._mark}.json"

    def records(self) -> list[Record]:
        """Return all records that can be read, the last one last."""
        try:
            listed = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return []
        return [Record(**each) for each in listed]

    def last(self) -> Record | None:
        """Return the last action that was not undone."""
        return next((each for each in reversed(self.records()) if not each.undone), None)

    def keep(self, copy: Path, moment: datetime) -> Path:
        """Copy the workbook as it is before an action, and return the copy.

        Raises:
            Unwritable: the user's data folder cannot be written; nothing may be changed then.
        """
        target = self._folder / f"{self._mark}_{moment:%Y%m%d-%H%M%S-%f}{copy.suffix}"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(copy, target)
        except OSError as error:
            raise Unwritable(copy, "留不下按下按钮之前的副本，没有改动任何内容", f"请检查磁盘空间和文件夹“{self._folder}”") from error
        return target

    def add(self, action: str, copy: Path, touched: Touched, moment: datetime) -> None:
        """Write down an action that was done."""
        listed = {
            sheet: {address_of(*place): None if state is None else list(state) for place, state in cells.items()}
            for sheet, cells in touched.items()
        }
        records = [*self.records(), Record(action, moment.isoformat(timespec="seconds"), user_name(), str(copy), listed)]
        for old in records[:-_KEPT]:
            Path(old.copy).unlink(missing_ok=True)
        self._write(records[-_KEPT:])

    def undo(self, record: Record, moment: datetime) -> None:
        """Write down that an action was undone; the copy stays with the other records."""
        done = replace(record, undone=moment.isoformat(timespec="seconds"))
        self._write([done if each == record else each for each in self.records()])

    def _write(self, records: Sequence[Record]) -> None:
        temporary = self._path.with_suffix(".new")
        temporary.write_text(json.dumps([asdict(each) for each in records], ensure_ascii=False, indent=0), encoding="utf-8")
        temporary.replace(self._path)


def user_name() -> str:
    """Return who is logged in, "" where the system does not tell."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
