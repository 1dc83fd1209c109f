"""What becomes of the answers: what can be filled in, what contradicts, what is missing. Nothing is decided unasked."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from toolkit.core.scheme import Scheme
from toolkit.core.values import Words, read_value
from toolkit.sections.identify import Doubt, Found, identify, wrong_file
from toolkit.sections.judge import judge
from toolkit.sections.model import ACTUAL, Item, Returned, squeezed
from toolkit.sections.plan import UNASSIGNED, Plan


class State(StrEnum):
    """What became of the answers to one indicator."""

    FILLED = "填入"
    SAME = "与表内一致"
    CONFLICT = "答复不一致"
    HELD = "表内已有不同的值"
    UNCLEAR = "看不懂或单位不符"
    CHANGED = "指标被改动"
    OUTDATED = "按旧稿填写"
    EMPTY = "收到，没有填"
    MISSING = "没有收到"


SETTLED = (State.FILLED, State.SAME)
"""States that ask for nothing more."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the officer asked for.

    Attributes:
        overwrite: answers replace different values of the form.
        keep: names of the files whose answers decide where answers contradict each other.
        add_units: a bare number is given the unit of its target.
    """

    overwrite: bool = False
    keep: Collection[str] = ()
    add_units: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of the answers to one indicator.

    Attributes:
        answers: all answers with a value, in the order of the files.
        taken: the answer that is filled in or agrees with the form, ``None`` where none does.
        value: the text to be filled in, "" where nothing is.
        replaced: what stood in the form before, "" where nothing is replaced.
        note: what was found, Chinese clauses; "" where all is plain.
        fix: what to do, a Chinese sentence; "" where nothing is to be done.
    """

    item: Item
    state: State
    answers: tuple[Found, ...] = ()
    taken: Found | None = None
    value: str = ""
    replaced: str = ""
    note: str = ""
    fix: str = ""

    @property
    def settled(self) -> bool:
        """Tell whether nothing is left to be done."""
        return self.state in SETTLED


@dataclass(frozen=True, slots=True)
class Merged:
    """The whole result.

    Attributes:
        decisions: one for each item, in the order of the forms.
        strays: rows with an answer that belong to no indicator of the workbook.
        refused: files that are not of this workbook, and why.
        received: how many files with an answer each section sent, by name; a blank one may never have been sent.
    """

    decisions: tuple[Decision, ...]
    strays: tuple[Found, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()
    received: Mapping[str, int] | None = None

    @property
    def settled(self) -> bool:
        """Tell whether every indicator has its figure and nothing was left over."""
        return all(each.settled for each in self.decisions) and not self.strays and not self.refused

    def of(self, *states: State) -> tuple[Decision, ...]:
        """Return the decisions of these states."""
        return tuple(each for each in self.decisions if each.state in states)


def merge_answers(
    plan: Plan, returned: Sequence[Returned], schemes: Sequence[Scheme], choices: Choices | None = None
) -> Merged:
    """Put the answers beside the form.

    Args:
        plan: what is asked of whom.
        returned: the files that came back; their order decides which of two equal answers is named.
        schemes: the scheme of each form of the plan.
        choices: what the officer asked for, nothing by default.
    """
    asked = choices or Choices()
    found = {each.file: identify(plan, each) for each in returned}
    refused = {each.file: why for each in returned if (why := wrong_file(plan, each, found[each.file]))}
    taken = [row for file, rows in found.items() if file not in refused for row in rows]
    answering = {row.file for row in taken if not row.answer.blank}
    received = _received(plan, [each for each in returned if each.file in answering], taken)
    decisions = [_Deciding(item, schemes[item.place], asked).decide(taken, received) for item in plan.items]
    strays = tuple(row for row in taken if row.item is None and not row.answer.blank)
    return Merged(tuple(decisions), strays, tuple(refused.items()), received)


def _received(plan: Plan, returned: Sequence[Returned], rows: Sequence[Found]) -> dict[str, int]:
    """Count the files of each section: by the name stated on them, else by whom most of their rows are asked of."""
    counts = dict.fromkeys(plan.by_section, 0)
    for each in returned:
        stated = squeezed(each.section)
        known = next((name for name in counts if squeezed(name) == stated), "")
        if not known:
            asked = [name for row in rows if row.file == each.file and row.item for name in row.item.sections or (UNASSIGNED,)]
            known = max(dict.fromkeys(asked), key=asked.count, default="")
        if known:
            counts[known] += 1
    return counts


class _Deciding:
    """Decides on one item."""

    def __init__(self, item: Item, scheme: Scheme, choices: Choices) -> None:
        self._item = item
        self._scheme = scheme
        self._choices = choices

    def decide(self, rows: Sequence[Found], received: Mapping[str, int]) -> Decision:
        """Return what becomes of the answers among ``rows``."""
        own = [row for row in rows if row.item is self._item]
        filled = tuple(row for row in own if not row.answer.blank)
        if not filled:
            return self._nothing(own, received)
        kept = [row for row in filled if row.file in self._choices.keep]
        candidates = kept or list(filled)
        if any(not self._agree(candidates[0], row) for row in candidates[1:]):
            return self._contradicting(filled)
        plain = [row for row in candidates if not row.doubt]
        best = (plain or candidates)[0]
        if best.doubt and not kept:
            return self._doubted(best, filled)
        return self._read(best, filled)

    def _nothing(self, own: Sequence[Found], received: Mapping[str, int]) -> Decision:
        asked = self._item.sections or (UNASSIGNED,)
        named = "、".join(asked)
        sent = "、".join(name for name in asked if received.get(name))
        if not sent:
            return Decision(self._item, State.MISSING, note=f"没有收到{named}的取数表", fix=f"请催{named}。")
        lacking = "里没有填" if own else "里没有这一行"
        return Decision(self._item, State.EMPTY, note=f"{sent}发回的取数表{lacking}", fix=f"请{sent}补填。")

    def _contradicting(self, filled: tuple[Found, ...]) -> Decision:
        told = "；".join(f"{who(row)}填“{row.answer.value}”（{row.file}）" for row in filled)
        fix = "请核实；以某一份为准的，加 --keep 那份取数表的文件名。"
        return Decision(self._item, State.CONFLICT, filled, note=told, fix=fix)

    def _doubted(self, best: Found, filled: tuple[Found, ...]) -> Decision:
        state = State.CHANGED if best.doubt is Doubt.CHANGED else State.OUTDATED
        note = f"{who(best)}填“{best.answer.value}”，但{best.note}"
        fix = "请核实是否仍是本表的指标；可以采用的，加 --keep 那份取数表的文件名。"
        return Decision(self._item, state, filled, note=note, fix=fix)

    def _read(self, best: Found, filled: tuple[Found, ...]) -> Decision:
        answer = best.answer
        if answer.doubt:
            return Decision(self._item, State.UNCLEAR, filled, note=f"{who(best)}的答复{answer.doubt}", fix="请股室把数直接写进格里再发回。")
        found = judge(self._item, answer.value, self._scheme)
        added = bool(found.with_unit) and self._choices.add_units
        if found.problem and not added:
            return Decision(self._item, State.UNCLEAR, filled, note=f"{who(best)}填的{found.problem}", fix=found.fix)
        value = found.with_unit if added else answer.value.strip()
        silent = "、".join(name for name in self._item.sections if name not in _answered(filled)) if len(self._item.sections) > 1 else ""
        told = [
            best.note,
            answer.remark,
            f"原答复“{answer.value}”，按指标值补上单位" if added else "",
            f"{silent}没有答复" if silent else "",
        ]
        return self._against_form(best, filled, value, "；".join(filter(None, told)))

    def _against_form(self, best: Found, filled: tuple[Found, ...], value: str, note: str) -> Decision:
        current = self._item.current
        if current.blank:
            return Decision(self._item, State.FILLED, filled, best, value, note=note)
        if same_value(current.text, value):
            return Decision(self._item, State.SAME, filled, best, note=note)
        if self._choices.overwrite:
            return Decision(self._item, State.FILLED, filled, best, value, current.text.strip(), note)
        told = f"表内已填“{current.text.strip()}”，{who(best)}填“{value}”"
        fix = "请核实；以答复为准的，加 --overwrite，或在自评表里直接改。"
        return Decision(self._item, State.HELD, filled, note=told, fix=fix)

    def _agree(self, one: Found, other: Found) -> bool:
        first, second = one.answer, other.answer
        if first.doubt or second.doubt:
            return (first.doubt, first.value) == (second.doubt, second.value)
        if self._item.field != ACTUAL:
            return squeezed(first.value) == squeezed(second.value)
        return same_value(first.value, second.value)


def _answered(rows: Sequence[Found]) -> set[str]:
    return {squeezed(row.answer.section) for row in rows}


def same_value(one: str, other: str) -> bool:
    """Tell whether two texts say the same: 95% and 95.00％ do, 27 and 27人 do not."""
    if squeezed(one) == squeezed(other):
        return True
    first, second = read_value(one), read_value(other)
    return first == second and not isinstance(first, Words)


def who(found: Found) -> str:
    """Return who answered: 人事股 张三."""
    return " ".join(filter(None, (found.answer.section, found.answer.person.strip()))) or "（没有写股室）"


def told_values(decision: Decision) -> Iterator[str]:
    """Yield every answer to an indicator with who gave it."""
    for row in decision.answers:
        yield f"{who(row)}：{row.answer.value}"
