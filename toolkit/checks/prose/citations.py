"""Documents a report cites: 《title》 with 文号."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from toolkit.checks.prose.outline import Placed
from toolkit.core.form import Cell

NUMBER = re.compile(
    r"(?P<agency>[\u4e00-\u9fff]{2,12})(?P<open>[〔\[【（［])(?P<year>(?:19|20)\d{2})(?P<close>[〕\]】）］])第?(?P<serial>\d{1,5})号"
)
_TITLE = re.compile(r"《(?P<title>(?:[^《》]|《[^《》]*》)+)》")
_BEFORE_AGENCY = re.compile(r".*(?:按照|根据|依据|以及|文件|通知|印发|下发|下达|[以和及与的由按据到至（、，])")
_NEAR = 2
"""Characters that may stand between a title and its number: a bracket."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A number of a document as cited.

    Attributes:
        agency: 机关代字, such as 粤财社.
        serial: 序号.
        title: of the document, "" where none stands beside the number.
        text: the number as printed.
        proper: the year stands in 〔〕.
    """

    agency: str
    year: int
    serial: int
    title: str
    text: str
    proper: bool
    cell: Cell


def citations_of(placed: Sequence[Placed]) -> tuple[Citation, ...]:
    """Return every number of a document, in the order of the text."""
    return tuple(citation for each in placed for citation in _in_paragraph(each))


def titles_out(text: str) -> str:
    """Return ``text`` with titles and numbers of documents blanked out, of the same length."""
    for pattern in (_TITLE, NUMBER):
        text = pattern.sub(lambda found: "　" * len(found[0]), text)
    return text


def _in_paragraph(each: Placed) -> Iterator[Citation]:
    text = each.paragraph.text
    titles = [(found.start(), found.end(), found["title"]) for found in _TITLE.finditer(text)]
    for found in NUMBER.finditer(text):
        agency = _BEFORE_AGENCY.sub("", found["agency"])
        start = found.start("open") - len(agency)
        beside = [title for begin, end, title in titles if 0 <= start - end <= _NEAR or 0 <= begin - found.end() <= _NEAR]
        if len(agency) < _NEAR or found["open"] == "（" != text[found.start("close")].replace("）", "（"):
            continue
        yield Citation(
            agency=agency,
            year=int(found["year"]),
            serial=int(found["serial"]),
            title=beside[0] if beside else "",
            text=text[start : found.end()],
            proper=found["open"] == "〔" and found["close"] == "〕",
            cell=each.paragraph.cell(start),
        )
