"""What footnotes and remarks say: grades, bands, points, formulas; every sentence that says nothing known is listed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from toolkit.core.money import plain
from toolkit.core.scheme import Scheme
from toolkit.core.scheme import statement as at
from toolkit.core.scheme.adjust import GRADE
from toolkit.intake.foreign import How
from toolkit.intake.learn import words
from toolkit.intake.learn.grades import find_bands, find_grades
from toolkit.intake.learn.model import Claim, Notebook, Unread
from toolkit.intake.learn.texts import Plain

Grades = tuple[tuple[str, Decimal], ...]
Bands = tuple[tuple[str, Decimal, Decimal], ...]
Span = tuple[int, int]
_Said = TypeVar("_Said", Grades, Bands)
_DIGITS = dict(zip("一二两三四", "12234", strict=True))
_BEHIND_NAME = (
    r"(?:\((?:权重|分值)?:?)?(?:指标)?的?(?:权重|分值|总分)?(?:原则上)?(?:统一)?(?:各)?(?:设置为|设定为|设为|占比?|为|是|共|计)?:?"
    r"(?P<points>\d{1,2}(?:\.\d+)?)(?:分|%(?!以上|以下|的|及|\())\)?"
)
_PER = re.compile(
    r"每(?:低于?|少|降低|减少|相差|偏离|差|下降)(?P<a>\d+(?:\.\d+)?)(?:%|个百分点)[^。;；]{0,6}?扣(?:减)?(?P<b>\d+(?:\.\d+)?)分"
)
_BY_COMPLETION = re.compile("完成率|相差|偏离")
_SCORING = re.compile(r"\d|扣|满分|得分|比例")
_CHOICE = re.compile("[□☐○◯]")
_SHORTEST = 4
_LONGEST = 60
_LIKELY = 0.9


@dataclass(frozen=True, slots=True)
class Note:
    """A text of the form outside its headings and rows.

    Attributes:
        of: the indicator beside which it stands, "" for a text about the whole form.
    """

    text: str
    place: str
    of: str = ""


class FootnoteReader:
    """Reads texts and notes what they say."""

    def __init__(self, book: Notebook, base: Scheme, sections: Iterable[str]) -> None:
        """Note into ``book``; ``sections`` are the 一级指标 that the form prints."""
        self._book = book
        self._base = base
        self._sections = list(sections)
        self._grades: list[tuple[Grades, Note]] = []
        self._bands: list[tuple[Bands, Note]] = []
        self._equal: list[tuple[str, Note]] = []
        self._numbers: dict[str, int] = {}

    def read(self, note: Note) -> None:
        """Read one text."""
        plain_text = Plain(note.text)
        text = plain_text.text
        spans = list(self._spans(text, note))
        for start, end in plain_text.sentences():
            bare = text[start:end].strip("\n")
            if any(first < end and last > start for first, last in spans) or words.is_benign(bare):
                continue
            if len(bare) >= _SHORTEST and re.search("[\u4e00-\u9fff]", bare):
                if note.of and not _SCORING.search(bare):
                    continue
                reason = (
                    "评分说明照印在表上，不自动计算"
                    if note.of
                    else "选项，模板没有这一栏"
                    if _CHOICE.search(bare)
                    else "没有读懂"
                )
                self._book.unread.append(Unread(" ".join(plain_text.printed(start, end).split()), note.place, reason))

    def settle(self) -> None:
        """Note the grades and the bands, unless the form states them in two ways."""
        said = self._agreed(self._grades, "等级", _show_grades)
        if said is not None:
            for name, least in said[0]:
                self._claim(f"{GRADE}{name}", plain(least), said[1])
        bands = self._agreed(self._bands, "定性指标的档次", _show_bands)
        if bands is not None:
            self._claim_bands(*bands)
        if self._equal:
            names = at.LISTED.join(dict.fromkeys(name for name, _ in self._equal))
            self._claim(at.EQUAL, names, self._equal[0][1])

    def _spans(self, text: str, note: Note) -> Iterator[Span]:
        """Yield where the text says something known."""
        if not note.of:
            yield from self._read_grades(text, note)
            yield from self._read_bands(text, note)
            yield from self._read_weights(text, note)
        yield from self._read_settings(text, note)
        yield from self._read_deductions(text, note)
        for pattern in words.same():
            for found in pattern.found(text):
                if note.of and "执行率" in pattern.value:
                    self._book.ruled.setdefault(note.of, Claim("", "执行率", found[0], note.place, How.EXACT, _LIKELY))
                self._book.confirmed.append(Claim("", pattern.value, found[0], note.place))
                yield found.span()
        for pattern in words.advice():
            for found in pattern.found(text):
                self._book.unread.append(Unread(found[0], note.place, pattern.value.format(**found.groupdict())))
                yield found.span()

    def _read_grades(self, text: str, note: Note) -> Iterator[Span]:
        found = find_grades(text)
        if found is None:
            return
        self._grades.append((found.grades, note))
        self._book.contradictions.extend(f"等级的分段{each}（{note.place}）" for each in found.faults)
        self._book.notes.extend(f"等级：{each}（{note.place}）" for each in found.remarks)
        yield found.start, found.end

    def _read_bands(self, text: str, note: Note) -> Iterator[Span]:
        found = find_bands(text)
        if found is not None:
            self._bands.append((found.bands, note))
            yield found.start, found.end

    def _read_weights(self, text: str, note: Note) -> Iterator[Span]:
        """Read 预算执行率10分，产出指标50分 …; a single name with points may speak of anything."""
        known = words.data()["sections"]
        names = sorted({*self._sections, *known["names"], *known["execution"]}, key=len, reverse=True)
        pattern = re.compile(f"(?P<name>{'|'.join(map(re.escape, names))}){_BEHIND_NAME}")
        found = list(pattern.finditer(text))
        if len({each["name"] for each in found}) < 2:
            return
        for each in found:
            label = self._weight_label(each["name"])
            if label is None:
                self._book.unread.append(Unread(each[0], note.place, f"表里没有一级指标“{each['name']}”"))
            else:
                points = plain(Decimal(each["points"]))
                self._book.claims.append(Claim(label, points, each[0], note.place, How.EXACT, _LIKELY))
            yield each.span()

    def _weight_label(self, name: str) -> str | None:
        if name in words.data()["sections"]["execution"] and name not in self._sections:
            return at.EXECUTION
        for section in self._sections:
            if _same_section(section, name):
                return f"{at.SECTION}{section}"
        near = [section for section in self._sections if "满意度" in name and "满意度" in section]
        return f"{at.SECTION}{near[0]}" if len(near) == 1 else None

    def _read_settings(self, text: str, note: Note) -> Iterator[Span]:
        for pattern in words.settings():
            for found in pattern.found(text):
                groups = {name: _DIGITS.get(part, part) for name, part in found.groupdict().items()}
                yield found.span()
                if pattern.label == at.EQUAL:
                    self._equal += [(name, note) for name in self._sections if _same_section(name, groups["n"])]
                elif not (note.of and pattern.label == at.EXECUTION):
                    label = self._numbered(pattern.label) if pattern.several else pattern.label
                    claim = Claim(label, pattern.value.format(**groups), found[0], note.place, How.EXACT, _LIKELY)
                    self._book.claims.append(claim)

    def _read_deductions(self, text: str, note: Note) -> Iterator[Span]:
        """Read 每低3%扣1分; in a footnote it must say for which indicators, satisfaction being the usual ones."""
        for found in _PER.finditer(text):
            about = note.of or ("满意度" if "满意度" in text[max(0, found.start() - 40) : found.start()] else "")
            if "满意度" in about and not _BY_COMPLETION.search(found[0]):
                reason = "是按满意度的百分点扣分，本工具的扣分制按完成率，两者结果不同，没有采用"
                self._book.unread.append(Unread(found[0], note.place, reason))
            elif about:
                value = f"{about}{at.BAR}每差 {found['a']}% 扣 {found['b']} 分"
                self._book.claims.append(
                    Claim(self._numbered(at.SCALE), value, found[0], note.place, How.EXACT, _LIKELY)
                )
            else:
                self._book.unread.append(Unread(found[0], note.place, "是扣分制，但没有写明用于哪些指标，没有采用"))
            yield found.span()

    def _numbered(self, label: str) -> str:
        self._numbers[label] = self._numbers.get(label, 0) + 1
        return f"{label}{self._numbers[label]}"

    def _agreed(
        self, said: Sequence[tuple[_Said, Note]], what: str, show: Callable[[_Said], str]
    ) -> tuple[_Said, Note] | None:
        if len({each for each, _ in said}) > 1:
            texts = "；".join(f"{note.place}：{show(each)}" for each, note in said)
            self._book.contradictions.append(f"{what}有两种说法（{texts}），没有采用，请在评分参数里写明")
            return None
        return said[0] if said else None

    def _claim_bands(self, bands: Bands, note: Note) -> None:
        usual = self._base.bands if len(self._base.bands) == len(bands) else (None,) * len(bands)
        for number, ((name, low, high), known) in enumerate(zip(bands, usual, strict=True), 1):
            title = name or (known.name if known is not None else f"第 {number} 档")
            listed = known.words if known is not None else (title,)
            own = listed if any(word in title for word in listed) else (title, *listed)
            self._claim(f"{at.BAND}{number}", at.band_text(title, low, high, own), note)

    def _claim(self, label: str, value: str, note: Note) -> None:
        text = "".join(note.text.split())
        shown = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
        self._book.claims.append(Claim(label, value, shown, note.place))


def _same_section(one: str, other: str) -> bool:
    return one.removesuffix("指标") == other.removesuffix("指标")


def _show_grades(grades: Grades) -> str:
    return "、".join(f"{name} ≥{plain(least)}" for name, least in grades)


def _show_bands(bands: Bands) -> str:
    return "、".join(f"{at.percent(high)}-{at.percent(low)}" for _, low, high in bands)
