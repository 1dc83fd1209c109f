"""A report read once: everything the rules ask of its text."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from toolkit.checks.prose.citations import Citation, citations_of, titles_out
from toolkit.checks.prose.outline import Heading, Placed, place
from toolkit.checks.prose.scores import ScoreBook, read_scores
from toolkit.checks.prose.tables import Table, tables_of
from toolkit.checks.prose.text import Paragraph, Sentence, paragraphs_of
from toolkit.core.document import Document
from toolkit.core.form import Cell
from toolkit.core.kept import kept, kept_in_argument

_REPORT_TITLE = re.compile(r"(?:自评|评价)(?:情况)?(?:的)?报告")
_YEAR = re.compile(r"(?<!\d)(20\d{2})(?=年)")
_COVER_LABEL = re.compile(r"^(?P<label>[^，。；：]{2,16}?)(?:（[^）]*）)?：(?P<value>.*)$")
_COVER_LINES = 25
_SEAL = re.compile(r"（(?:公章|盖章|签章|签名|签字)[^）]*）")


@dataclass(frozen=True)
class Reading:
    """What stands in a report.

    Attributes:
        placed: its paragraphs, each below its headings.
    """

    placed: tuple[Placed, ...]
    printed: bool

    @kept
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """Return the paragraphs."""
        return tuple(each.paragraph for each in self.placed)

    @kept
    def headings(self) -> tuple[Heading, ...]:
        """Return the headings, in the order of the text."""
        return tuple(each.heading for each in self.placed if each.heading is not None)

    @kept
    def sentences(self) -> tuple[Sentence, ...]:
        """Return the sentences, those of tables left out."""
        return tuple(sentence for each in self.paragraphs if not each.row for sentence in each.sentences())

    @kept
    def scores(self) -> ScoreBook:
        """Return all that is said about scores."""
        return read_scores(self.placed)

    @kept
    def citations(self) -> tuple[Citation, ...]:
        """Return the documents cited by number."""
        return citations_of(self.placed)

    @kept
    def tables(self) -> tuple[Table, ...]:
        """Return the tables."""
        return tables_of(self.placed)

    @kept
    def text(self) -> str:
        """Return the whole text, a paragraph a line."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)

    @kept
    def cover(self) -> dict[str, tuple[str, Cell]]:
        """Return what the cover states: 项目名称, 填报日期 …, each with its line."""
        found: dict[str, tuple[str, Cell]] = {}
        for each in self.placed[:_COVER_LINES]:
            if each.trail:
                break
            match = _COVER_LABEL.match(_SEAL.sub("", each.paragraph.text))
            if match:
                found.setdefault(match["label"].strip(), (match["value"].strip(), each.paragraph.cell()))
        return found

    @kept
    def titles(self) -> tuple[Paragraph, ...]:
        """Return the titles of the report: the lines before the first heading that call it one."""
        found = []
        for each in self.placed[:_COVER_LINES]:
            if each.trail:
                break
            if _REPORT_TITLE.search(each.paragraph.text) and "：" not in each.paragraph.text:
                found.append(each.paragraph)
        return tuple(found)

    @kept
    def years(self) -> Counter[int]:
        """Count the years the text names, those in titles and numbers of documents left out."""
        return Counter(int(year) for paragraph in self.paragraphs for year in _YEAR.findall(titles_out(paragraph.text)))

    @kept
    def year(self) -> int | None:
        """Return the year the report is about: that of its title, else the one it names far more than any other."""
        titled = {int(year) for title in self.titles for year in _YEAR.findall(title.text)}
        if len(titled) == 1:
            return titled.pop()
        ranked = self.years.most_common(2)
        clear = ranked and (len(ranked) == 1 or ranked[0][1] > 2 * ranked[1][1])
        return ranked[0][0] if clear and not titled else None


@kept_in_argument
def read_report(document: Document) -> Reading:
    """Read a report; what was read is kept with it."""
    return Reading(place(paragraphs_of(document)), document.printed)
