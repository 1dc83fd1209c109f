"""Scores in prose: of indicators, of sections, the total and the grade."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from toolkit.checks.prose.figures import NUMBER, clause_before
from toolkit.checks.prose.outline import Heading, Placed, numbering
from toolkit.checks.prose.text import Sentence
from toolkit.core.form import Cell

_POINTS = rf"(?:为|是|：)?(?P<score>{NUMBER})分(?![值钟项类级])"
_GOT = r"(?:自评|实际|实|最终|考核)?(?:得分|得|评分|自评分?|评得)"
_PAIR = re.compile(
    rf"(?:(?:分值|满分|权重|标准分|总分值?)(?:为|是|：|共)?)?(?P<weight>{NUMBER})分(?![值钟项类级])[，；、）（]*(?:[^。；，、分\d（）]{{2,16}}，)?"
    rf"(?:(?:该|本|此)(?:项|指标|项指标))?{_GOT}{_POINTS}"
)
_SINGLE = re.compile(rf"(?:该|本|此)(?:项|指标|项指标){_GOT}{_POINTS}")
_UNNAMED = re.compile(r".*(?:该|本|此)(?:项|指标|项指标)|按照?.*(?:标准|办法|公式)|其中|根据.*|满分|分值|权重")
_TOTAL = re.compile(
    r"(?P<label>(?:自评|绩效|评价|综合|最终|考核|项目|整体|支出)*(?:总得分|总分数?|得分|分数|评分)|自评(?:结果)?)(?:合计|共计|总计|共)?"
    rf"(?:为|是|：|达到|达)?(?P<score>{NUMBER})分(?![值钟项类级])"
)
_NO_TOTAL = re.compile(
    r"(?:该|本|此)(?:项指标|指标|项(?!目))|指标(?:自评)?得|分值|扣|加分|平均|上年|去年|往年|复核|复评|第三方|专家|财政(?:部门)?评价|区间|以上|以下|其中[^，。；]*$"
)
_NAMED_TOTAL = ("总分", "总得分", "综合", "绩效得分", "绩效自评", "评价得分", "自评得分", "自评分数", "最终", "自评")
_CONCLUDING = ("结论", "总体", "结果", "评分", "得分")
_GRADE = re.compile(
    r"(?:等级|等次|档次|评级|自评结果|评价结果|自评结论|评价结论)(?:被?评?定?为|是|：|属于)?[“‘\"「]?(?P<grade>优秀|优|良好|良|中|合格|差|不合格)"
    r"(?:等次|等级|级|等|档)?(?=[”’\"」，。；）、¹²³]|$)"
)
_PART = re.compile(
    rf"(?P<name>[^，。；、：\d（）]{{2,24}}?)(?:得分|得|自评得分|自评得|自评)?(?:为|是|：)?(?P<score>{NUMBER})分(?![值钟项类级，、]*(?:自评|得))"
)
GRADES = {"优秀": "优", "良好": "良", "合格": "中", "不合格": "差"}
_HUNDRED = Decimal(100)
_LEAST_LISTED = Decimal(80)
"""Points from which a list of items, each with its score, is meant to be the whole."""


@dataclass(frozen=True, slots=True)
class Points:
    """A number of points and the place where it is stated."""

    number: Decimal
    text: str
    cell: Cell
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Scored:
    """An indicator or a group of indicators with the score stated for it.

    Attributes:
        name: as the report calls it.
        heading: the heading it is, ``None`` for one that is only named in a list.
        above: the nearest heading above that has a score itself.
        weight: ``None`` where the report states only the score.
        others: further scores stated below the same heading.
    """

    name: str
    heading: Heading | None
    above: Heading | None
    weight: Points | None
    score: Points
    others: tuple[Points, ...] = ()
    placed: Placed | None = None

    @property
    def lost(self) -> Decimal:
        """Return the points lost, 0 where the weight is not stated."""
        return self.weight.number - self.score.number if self.weight else Decimal(0)

    @property
    def disputed(self) -> bool:
        """Tell whether several scores that differ are stated below its heading."""
        return any(other.number != self.score.number for other in self.others)


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade as stated: 优 良 中 差."""

    name: str
    text: str
    cell: Cell
    sentence: Sentence


@dataclass(frozen=True)
class ScoreBook:
    """All that a report says about scores.

    Attributes:
        items: in the order of the text, groups included.
        complete: the items that stand in no group are meant to be all there are.
    """

    items: tuple[Scored, ...]
    totals: tuple[Points, ...]
    grades: tuple[Grade, ...]
    parts: tuple[tuple[str, Points], ...]
    complete: bool

    @property
    def top(self) -> tuple[Scored, ...]:
        """Return the items that stand in no scored group; they add to the total."""
        return tuple(item for item in self.items if item.above is None)

    def below(self, item: Scored) -> tuple[Scored, ...]:
        """Return the items whose nearest scored group is ``item``."""
        return tuple(each for each in self.items if item.heading is not None and each.above is item.heading)

    @property
    def leaves(self) -> tuple[Scored, ...]:
        """Return the items with a weight that are no groups, else the groups whose parts have none."""
        return tuple(item for item in self.items if item.weight and not any(part.weight for part in self.below(item)))


def read_scores(placed: Sequence[Placed]) -> ScoreBook:
    """Collect the scores of a report."""
    found = list(_statements(placed))
    items = _nested(_merged(found))
    held = {id(item.heading) for item in items if item.heading}
    totals = tuple(points for each in placed for points in _totals(each, held))
    hundreds = tuple(score for _, _, weight, score, _ in found if weight is not None and weight.number == _HUNDRED)
    return ScoreBook(
        items=items,
        totals=(*hundreds, *totals),
        grades=tuple(grade for each in placed for grade in _grades(each)),
        parts=tuple(_parts(totals)),
        complete=_complete(items, placed),
    )


Statement = tuple[Placed, str, Points | None, Points, bool]
"""Where it stands, the name in front ("" where the heading is the name), weight, score, and whether a bracket closes it."""


def _statements(placed: Sequence[Placed]) -> Iterator[Statement]:
    """Yield each score that is stated for an indicator or a group."""
    for each in placed:
        if each.paragraph.row:
            continue
        for sentence in each.paragraph.sentences():
            taken = []
            for found in _PAIR.finditer(sentence.text):
                taken.append(found.span())
                weight, score = _points(found, "weight", sentence), _points(found, "score", sentence)
                if score.number <= weight.number * 2:
                    yield each, _name(sentence.text, found.start()), weight, score, sentence.text[found.end() :].startswith("）")
            for found in _SINGLE.finditer(sentence.text):
                if not any(start <= found.start() < end for start, end in taken):
                    yield each, "", None, _points(found, "score", sentence), False


def _points(found: re.Match[str], group: str, sentence: Sentence) -> Points:
    text = found[group]
    return Points(Decimal(text.replace(",", "")), text, sentence.cell(found.start(group)), sentence)


def _name(text: str, at: int) -> str:
    before = clause_before(text, at)
    numbered = numbering(before)
    name = (numbered[2] if numbered else before).strip("“”—-· ")
    return "" if not name or _UNNAMED.fullmatch(name) else name


def _merged(found: Sequence[Statement]) -> list[Scored]:
    items: list[Scored] = []
    by_heading: dict[int, int] = {}
    named = Counter(each.paragraph.at for each, name, *_ in found if name)
    for each, name, weight, score, bracketed in found:
        if weight is not None and weight.number == _HUNDRED:
            continue
        heading = each.trail[-1] if each.trail else None
        own = heading is not None and heading is each.heading and heading.title == name
        if name and not (own and (bracketed or named[each.paragraph.at] == 1)):
            items.append(Scored(name, None, None, weight, score, placed=each))
        elif heading is not None and id(heading) in by_heading:
            at = by_heading[id(heading)]
            items[at] = _with_other(items[at], weight, score)
        elif heading is not None:
            by_heading[id(heading)] = len(items)
            items.append(Scored(heading.title, heading, None, weight, score, placed=each))
    return items


def _with_other(item: Scored, weight: Points | None, score: Points) -> Scored:
    kept = item.weight or weight
    return Scored(item.name, item.heading, None, kept, item.score, (*item.others, score), item.placed)


def _nested(items: Sequence[Scored]) -> tuple[Scored, ...]:
    held = {id(item.heading) for item in items if item.heading}
    nested = []
    for item in items:
        trail = item.placed.trail if item.placed else ()
        over = [heading for heading in trail if id(heading) in held and heading is not item.heading]
        above = over[-1] if over else None
        nested.append(Scored(item.name, item.heading, above, item.weight, item.score, item.others, item.placed))
    return tuple(nested)


def _complete(items: Sequence[Scored], placed: Sequence[Placed]) -> bool:
    top = [item for item in items if item.above is None]
    if len(top) < 2 or any(item.weight is None or item.disputed for item in top):
        return False
    weight = sum((item.weight.number for item in top if item.weight), Decimal(0))
    if weight == _HUNDRED:
        return True
    if weight < _LEAST_LISTED or any(item.heading is None for item in top):
        return False
    held = {id(heading) for item in items if item.placed for heading in item.placed.trail}
    parents = {id(item.heading.trail[-1]) for item in top if item.heading and item.heading.trail}
    headings = [each.heading for each in placed if each.heading is not None]
    return all(id(heading) in held for heading in headings if heading.trail and id(heading.trail[-1]) in parents)


def _totals(each: Placed, held: set[int]) -> Iterator[Points]:
    """Find the totals a paragraph states; below the heading of an indicator only what is called 总分."""
    if each.paragraph.row:
        return
    inside = any(id(heading) in held for heading in each.trail)
    for sentence in each.paragraph.sentences():
        pairs = [found.span() for found in _PAIR.finditer(sentence.text)]
        for found in _TOTAL.finditer(sentence.text):
            before = sentence.text[: found.start()]
            named = any(word in found["label"] for word in _NAMED_TOTAL) or each.under(*_CONCLUDING)
            if any(start <= found.start() < end for start, end in pairs) or _NO_TOTAL.search(before[-40:]):
                continue
            points = _points(found, "score", sentence)
            if named and points.number <= _HUNDRED and (not inside or "总" in found["label"]):
                yield points


def _grades(each: Placed) -> Iterator[Grade]:
    if each.paragraph.row:
        return
    for sentence in each.paragraph.sentences():
        # A sentence that explains the grades names several of them.
        found = list(_GRADE.finditer(sentence.text))
        if len(found) == 1:
            word = found[0]["grade"]
            yield Grade(GRADES.get(word, word[0]), word, sentence.cell(found[0].start("grade")), sentence)


def _parts(totals: Sequence[Points]) -> Iterator[tuple[str, Points]]:
    """Find the sections behind the first total: 其中决策20分、产出29.33分."""
    for total in totals[:1]:
        text = total.sentence.paragraph.text
        at = text.find("其中", total.sentence.start)
        if at < 0:
            return
        end = next((place for place in (text.find(mark, at) for mark in "。；") if place >= 0), len(text))
        listed = Sentence(text[at + 2 : end], total.sentence.paragraph, at + 2)
        for found in _PART.finditer(listed.text):
            yield found["name"].strip("“”"), _points(found, "score", listed)
