"""Amounts and rates in the text that are called by a name the form knows, with what the form says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from toolkit.checks.case import Case
from toolkit.checks.prose.beside import Known, amount_of, known_amounts, whole_project, without_names
from toolkit.checks.prose.figures import Amount, Percent, amounts_in, clause_before, percents_in
from toolkit.checks.prose.reading import Reading
from toolkit.checks.prose.text import Sentence
from toolkit.core.form import Cell, FundLine

_LINK = r"(?:资金|金额|额度|总额|数)?(?:[为共是：]|共计|合计|总计|达到?)*$"
_COLUMNS = (
    ("年初预算数", ("initial_budget",), re.compile(r"年初(?:部门)?(?:预算|批复预算|安排预算)(?:安排|批复)?" + _LINK)),
    ("全年预算数", ("annual_budget",), re.compile(r"(?:全年预算|调整后?(?:的)?(?:全年)?预算|年度预算)(?:安排|批复)?" + _LINK)),
    ("预算数", ("initial_budget", "annual_budget"), re.compile(r"(?<!算)预算(?:金额|总额|资金)(?:[为共是：]|共计|合计|总计)*$")),
    (
        "全年执行数",
        ("executed",),
        re.compile(r"(?:全年(?:预算)?执行|预算执行|全年(?:实际)?支出|支出共计|支出合计|实际支出总|共计支出|部门整体支出)" + _LINK),
    ),
)
"""Names that mean one column of 年度资金总额, or one of two, and nothing else."""
_LOOSE = (
    ("全年预算数", ("annual_budget", "initial_budget", "received"), re.compile(r"(?:预算|下达|安排|批复|到位|额度)" + _LINK)),
    ("全年执行数", ("executed",), re.compile(r"(?:支出|支付|使用|执行)(?:了)?" + _LINK)),
    ("全年执行数", ("executed", "annual_budget"), re.compile(r"(?:经费|资金|金额)(?:一共|共计?|合计)?" + _LINK)),
)
_SUBJECT = re.compile(
    r"项目|资金|经费|专项|年度|全年|当年|本年|该|本|此|我[局中心单位院校所会委办厅站队]+|我县|我市|共|实际|已|总|合计|部门|整体|财政|预算|支出|"
    r"截[至止]|20\d{2}年度?|\d{1,2}月|\d{1,2}日|年末|年底|的|由|经|对|为|其|于|在"
)
_RATE = re.compile(
    r"(?:预算|资金|财政|支出|项目|全年|实际|总|总体)*(?:执行率|支出率|支付率|支出完成率|支出执行率|资金使用率|预算完成率)(?:[为是：]|达到?|高达)*$"
)
_TEN_THOUSAND = 4
_SHORT, _LONG = 3, 4
"""Digits from which a number can be told to be mistyped at all, and from which without knowing what it is said of."""


@dataclass(frozen=True, slots=True)
class Differing:
    """A figure in the text that is not the form's.

    Attributes:
        name: what it is called.
        text: as written.
        cell: its line in the report.
        due: the form's cell.
        expected: the form's figure, "" for what its cell prints.
        working: the arithmetic behind it.
        sure: the name or the slip leaves no doubt.
    """

    name: str
    text: str
    cell: Cell
    due: Cell
    expected: str = ""
    working: str = ""
    sure: bool = True


def differing_amounts(case: Case, report: Reading) -> Iterator[Differing]:
    """Yield the amounts that are called by a column's name and are not what the column holds."""
    total = case.form.fund_total
    if total is None:
        return
    for sentence in report.sentences:
        if not whole_project(case, sentence):
            continue
        for amount in amounts_in(_whole_part(sentence)):
            if amount.exact:
                found = _by_name(case, total, sentence, amount) or _by_slip(case, total, sentence, amount)
                if found is not None:
                    yield found


def _whole_part(sentence: Sentence) -> str:
    """Return a sentence up to 其中, behind which it speaks of parts."""
    return sentence.text.split("其中")[0]


def labelled_rates(case: Case, sentence: Sentence) -> Iterator[tuple[Percent, str]]:
    """Yield the percentages of a sentence that are called the execution rate of the whole project."""
    for percent in percents_in(_whole_part(sentence)):
        before = clause_before(sentence.text, percent.start)
        named = _RATE.search(before)
        if named is not None and percent.exact and _is_whole(case, before[: named.start()]):
            yield percent, named[0].rstrip("为是：达到高")


def _by_name(case: Case, total: FundLine, sentence: Sentence, amount: Amount) -> Differing | None:
    before = clause_before(sentence.text, amount.start)
    for name, columns, pattern in _COLUMNS:
        found = pattern.search(before)
        if found is None or not _is_whole(case, before[: found.start()]):
            continue
        cells = [getattr(line, column) for line in case.form.funds for column in columns]
        due = [known for cell in cells if (known := amount_of(case, cell))]
        if due and not _among(amount, due) and amount_of(case, getattr(total, columns[-1])):
            return Differing(name, amount.text, sentence.cell(amount.start), getattr(total, columns[-1]))
        return None
    return None


def _by_slip(case: Case, total: FundLine, sentence: Sentence, amount: Amount) -> Differing | None:
    """Find an amount that is one slip of the pen away from the form's, and no amount of the form.

    Where it is not said of the whole project, only a long number tells a slip from another amount.
    """
    before = clause_before(sentence.text, amount.start)
    if _among(amount, known_amounts(case)):
        return None
    for name, columns, pattern in _LOOSE:
        found = pattern.search(before)
        if found is None:
            continue
        whole = _is_whole(case, before[: found.start()])
        for column in columns:
            due = amount_of(case, getattr(total, column))
            slip = _slip(amount, due) if due else ""
            if slip and (whole or len(_digits(amount.yuan).strip("0.")) >= _LONG):
                sure = whole or slip == "swapped"
                return Differing(name, amount.text, sentence.cell(amount.start), getattr(total, column), sure=sure)
    return None


def _among(amount: Amount, known: tuple[Known, ...] | list[Known]) -> bool:
    return any(amount.agrees(each.yuan, each.step) for each in known)


def _slip(amount: Amount, due: Known) -> str:
    """Return ``shifted``, ``swapped`` or ``typed`` where one slip makes the amount of the form's, else ""."""
    if due.yuan <= 0 or amount.yuan <= 0:
        return ""
    power = (amount.yuan / due.yuan).normalize()
    if power.as_tuple().digits == (1,) and abs(int(power.as_tuple().exponent)) in (1, _TEN_THOUSAND):
        return "shifted"
    typed, right = _digits(amount.yuan), _digits(due.yuan)
    apart = [at for at, (one, other) in enumerate(zip(typed, right, strict=False)) if one != other]
    if len(typed) != len(right) or len(right.strip("0.")) < _SHORT:
        return ""
    if len(apart) == 2 and apart[1] == apart[0] + 1 and typed[apart[0]] + typed[apart[1]] == right[apart[1]] + right[apart[0]]:
        return "swapped"
    return "typed" if len(apart) == 1 and typed[0] == right[0] else ""


def _digits(number: Decimal) -> str:
    return f"{number:.2f}"


def _is_whole(case: Case, subject: str) -> bool:
    """Tell whether what stands before a name is no more than the project, the unit and the year."""
    return not re.search(r"[\w“《]", _SUBJECT.sub("", without_names(case, subject)))
