"""Writing a report: an outline filled from a form, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from toolkit.checks.case import Case
from toolkit.checks.review import review_form
from toolkit.narrative.context import namespace
from toolkit.narrative.layout import Draft, arrange
from toolkit.narrative.maker import Maker
from toolkit.narrative.model import BlockKind, Omission, Report
from toolkit.narrative.outline import Grid, Heading, Outline, Paragraph, Sentence, Tree, find_outline
from toolkit.narrative.patterns import Item, Patterns, about
from toolkit.narrative.value import MissingFactError, unmarked

View = Mapping[str, Any]


def write_report_of(case: Case, outline: Outline | None = None) -> Report:
    """Write the report of one form by the outline of its scheme.

    A sentence that prints a fact nobody gave is left out as a whole and listed; a compliance statement is printed only
    where it was ticked. The same form gives the same report.

    Args:
        case: the form with its scheme and scores.
        outline: another outline than the scheme names.

    Raises:
        OutlineError: the outline does not exist, or breaks the rules of outlines.
    """
    chosen = outline or find_outline(case.scheme.outline)
    maker = Maker(case)
    names = namespace(maker, review_form(case).findings)
    return _Writer(chosen, maker, names).report()


class _Writer:
    """Goes through an outline once."""

    def __init__(self, outline: Outline, maker: Maker, names: Mapping[str, Any]) -> None:
        self._outline = outline
        self._maker = maker
        project = f"{maker.case.form.organisation.text}\n{maker.case.form.project_name.text}"
        self._patterns = Patterns(outline.file, names, project)
        self._omissions: list[Omission] = []
        self._heading = ""
        self._placed: set[str] = set()
        """Keys of the tables that stand inside the tree already."""

    def report(self) -> Report:
        """Write everything, then number the headings."""
        title = self._line(self._outline.title, "title")
        drafts = [*self._cover(title), *self._drafts()]
        blocks = arrange(drafts, self._outline.numbering, self._maker.ledger)
        return Report(self._outline.id, unmarked(title), tuple(blocks), tuple(self._omissions))

    def _line(self, pattern: str, key: str) -> str:
        """Fill a line that stands alone; one that misses a fact is empty."""
        try:
            return self._patterns.fill(pattern, key)
        except MissingFactError:
            return ""

    def _cover(self, title: str) -> Iterator[Draft]:
        for place, pattern in enumerate(self._outline.cover, 1):
            text = self._line(pattern, f"cover[{place}]")
            if text:
                yield Draft(f"封面{place}", BlockKind.COVER, (text,))
        if title:
            yield Draft("题目", BlockKind.TITLE, (title,))

    def _drafts(self) -> Iterator[Draft]:
        for part in self._outline.parts:
            if part.key in self._placed or not self._patterns.holds(part.when, part.key):
                continue
            if isinstance(part, Heading):
                yield self._headed(part)
            elif isinstance(part, Paragraph):
                yield from self._paragraphs(part)
            elif isinstance(part, Grid):
                yield from self._grid(part)
            else:
                yield from self._tree(part)

    def _headed(self, part: Heading) -> Draft:
        text = self._line(part.text, part.key)
        self._heading = unmarked(text)
        return Draft(part.key, BlockKind.HEADING, (text,), level=part.level, inline=part.inline, blank=part.blank)

    def _paragraphs(self, part: Paragraph) -> Iterator[Draft]:
        for key, item in self._items(part.each, part.key):
            text = self._sentences(part.sentences, key, item)
            if text:
                yield Draft(key, BlockKind.PARAGRAPH, (text,), pending=part.pending)

    def _items(self, each: str, key: str) -> Iterator[tuple[str, Item | None]]:
        """Yield a key and an 项 for each time a part is written: once without a list."""
        if not each:
            yield key, None
            return
        used: dict[str, int] = {}
        found = list(self._patterns.value(each, key) or ())
        for place, value in enumerate(found, 1):
            name = str(value["键"]) if isinstance(value, dict) and "键" in value else str(place)
            used[name] = used.get(name, 0) + 1
            unique = f"{key}·{name}" + (f"·{used[name]}" if used[name] > 1 else "")
            yield unique, Item(value, place, len(found))

    def _sentences(self, sentences: Sequence[Sentence], key: str, item: Item | None) -> str:
        written = (self._sentence(sentence, f"{key}[{place}]", item) for place, sentence in enumerate(sentences, 1))
        return "".join(written)

    def _sentence(self, sentence: Sentence, key: str, item: Item | None) -> str:
        if not self._patterns.holds(sentence.when, key, item):
            return ""
        missing: list[str] = []
        if sentence.tick and not self._patterns.holds(f"要素.{sentence.tick}", key):
            missing.append(sentence.tick)
        else:
            for variants in (sentence.variants, sentence.otherwise):
                if variants:
                    try:
                        return self._patterns.fill(self._patterns.choose(variants, key), key, item)
                    except MissingFactError as error:
                        missing.append(error.name)
        shown = about(self._patterns.choose(sentence.variants, key))
        self._omissions.append(Omission(self._heading, tuple(dict.fromkeys(missing)), shown))
        return ""

    def _grid(self, part: Grid) -> Iterator[Draft]:
        rows = [
            (key, tuple(self._line_of(pattern, f"{key}.row", item) for pattern in part.row))
            for key, item in self._items(part.each, part.key)
        ]
        if not rows:
            return
        caption = self._line(part.caption, part.key)
        if caption:
            yield Draft(f"{part.key}·表名", BlockKind.CAPTION, (caption,))
        yield Draft(f"{part.key}·表头", BlockKind.ROW, part.head, head=True)
        yield from (Draft(key, BlockKind.ROW, texts) for key, texts in rows)
        if part.last:
            texts = tuple(self._line_of(pattern, f"{part.key}.last", None) for pattern in part.last)
            yield Draft(f"{part.key}·合计", BlockKind.ROW, texts)

    def _line_of(self, pattern: str, key: str, item: Item | None) -> str:
        """Fill a cell of a table; one without its value stays blank."""
        try:
            return self._patterns.fill(pattern, key, item)
        except MissingFactError:
            return ""

    def _tree(self, part: Tree) -> Iterator[Draft]:
        for node in self._patterns.value(part.each, part.key) or ():
            yield from self._node(part, node, 0)

    def _tables_of(self, leaf: str) -> Iterator[Draft]:
        """Write the tables that belong below a leaf."""
        for part in self._outline.parts:
            if isinstance(part, Grid) and part.within and part.within in leaf and part.key not in self._placed:
                self._placed.add(part.key)
                yield from self._grid(part)

    def _node(self, part: Tree, node: View, depth: int) -> Iterator[Draft]:
        key = f"{part.key}·{node['键']}"
        pattern = part.heads[min(depth, len(part.heads) - 1)]
        item = Item(node)
        text = self._line_of(pattern, f"{part.key}.heads", item)
        self._heading = unmarked(text)
        yield Draft(f"{key}·标题", BlockKind.HEADING, (text,), level=part.level + depth, kept=bool(node["叶"] and node["得分"]))
        if node["叶"]:
            body = self._sentences(part.sentences, key, item)
            if body:
                yield Draft(key, BlockKind.PARAGRAPH, (body,))
            yield from self._tables_of(str(node["名称"].text))
        for below in node["下级"]:
            yield from self._node(part, below, depth + 1)
