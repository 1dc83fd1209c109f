"""Names of folders and files: cleaned, numbered, short enough for every program that will open them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from toolkit.core.names import LIMIT, clean, file_name
from toolkit.problem import Unwritable

LONGEST_PATH = 217
"""Characters of a full path that Excel opens and saves."""
_LEAST = 24
"""Characters below which a file name says nothing any more."""
SUMMARY = "项目支出绩效自评结果汇总表"
SIGN_OFF, ENTRY, ARCHIVE = "送审单", "系统录入表", "归档清单"
MAIL_TEXT, MAIL_DRAFT, CHANGES = "邮件正文.txt", "邮件草稿.eml", "修改对照表"


def folder_name(kind: str, year: int, unit: str, draft: int) -> str:
    """Return the name of a submission's folder: 报送_2024_××局_第1稿."""
    return file_name(kind, str(year), unit, f"第{draft}稿", suffix="")


def next_draft(place: Path, kind: str, year: int, unit: str) -> int:
    """Return the number of the next draft: one more than the greatest that lies in ``place``."""
    return max(drafts_in(place, kind, year, unit), default=0) + 1


def drafts_in(place: Path, kind: str, year: int, unit: str) -> list[int]:
    """Return the numbers of the drafts of a unit and year that lie in a folder, in order."""
    # The unit's name may be cut differently beside a number with more digits, so each name is made for its number.
    numbers = [int(found[1]) for path in _folders(place) if (found := re.search(r"_第(\d+)稿$", path.name))]
    return sorted(number for number in set(numbers) if (place / folder_name(kind, year, unit, number)).is_dir())


def _folders(place: Path) -> list[Path]:
    return [path for path in place.iterdir() if path.is_dir()] if place.is_dir() else []


class Names:
    """Hands out the names of the files in one folder."""

    def __init__(self, folder: Path) -> None:
        """Take the folder the files will lie in.

        Raises:
            Unwritable: the folder's path leaves no room for file names.
        """
        self._room = min(LIMIT, LONGEST_PATH - len(str(folder)) - 1)
        if self._room < _LEAST:
            raise Unwritable(
                folder,
                f"的完整路径有 {len(str(folder))} 个字，加上文件名会超过 Excel 能打开的 218 个字",
                "请用 -o 换一个路径短的文件夹，例如 D:\\报送",
            )

    def fixed(self, name: str, suffix: str) -> str:
        """Return the name of a file there is one of."""
        return file_name(name, suffix=suffix, limit=self._room)

    def of_project(self, number: int, project: str, what: str, suffix: str) -> str:
        """Return the name of a project's file: 02_社保业务公众服务经费_自评表.xlsx."""
        return file_name(f"{number + 1:02d}", clean(project) or f"项目{number}", what, suffix=suffix, limit=self._room)

    def of_workbook(self, number: int, projects: Sequence[str], suffix: str = ".xlsx") -> str:
        """Return the name of a finished workbook, from its first project."""
        more = f"等{len(projects)}个项目" if len(projects) > 1 else ""
        first = clean(projects[0]) or f"项目{number}"
        room = self._room - len(f"{number + 1:02d}__自评表{suffix}") - len(more)
        return self.of_project(number, first[:room] + more, "自评表", suffix)
