"""The native formulas of the form, by row. Every number and word they use stands in 评分参数 under a name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from toolkit.core.layout import FormLayout
from toolkit.core.scheme import Scheme


def without_spaces(text: str) -> str:
    """Return the expression for ``text`` without its spaces."""
    return f'SUBSTITUTE(SUBSTITUTE(SUBSTITUTE({text},空格,""),全角空格,""),不间断空格,"")'


def reading_formulas(
    source: str, columns: Mapping[str, str], separators: str, row: int
) -> Iterator[tuple[str, str]]:
    """Yield (column, formula) for each step of reading the text in ``source``.

    A pasted number is not read: what it prints (0.95 or 95%) depends on its number format, which no formula sees.
    """
    at = {step: f"{column}{row}" for step, column in columns.items()}
    text, first, run, digits = at["文本"], at["首位"], at["位数"], at["数字"]
    bare = without_spaces(f"{source}{row}")
    yield columns["文本"], f'=IF(ISTEXT({source}{row}),SUBSTITUTE({bare},全角百分号,百分号),"")'
    yield columns["首位"], f"=SUMPRODUCT(MIN(FIND(数字,{text}&数字串)))"
    sign = f"MATCH(TRUE,INDEX(EXACT(符号,LEFT({text},{first}-1)),0),0)"
    yield columns["方向"], f'=IF({text}="","",IFERROR(INDEX(符号方向,{sign}),""))'
    ends = f"ISERROR(FIND(MID({text}&终止符,{first}-1+位次,1),数字点串))"
    yield columns["位数"], f'=IF({at["方向"]}="",0,IFERROR(MATCH(TRUE,INDEX({ends},0),0)-1,0))'
    yield columns["数字"], _digits_formula(text, first, run)
    mark = f"MID({text},{first}+{run},1)"
    yield columns["倍数"], f'=IF({run}=0,"",IF(SUMPRODUCT(--EXACT(倍数字,{mark}))>0,{mark},""))'
    yield columns["单位"], f'=IF({run}=0,"",MID({text},{first}+{run}+LEN({at["倍数"]}),LEN({text})))'
    yield columns["可读"], _readable_formula(digits, at["单位"], f"{separators}{row}")
    yield separators, _separator_formula(digits)
    # The power of ten is read with the digits: multiplied, 30.68 × 10000 would miss 306800 in its last bit.
    power = f'IFERROR(INDEX(倍数指数,MATCH(TRUE,INDEX(EXACT(倍数字,{at["倍数"]}),0),0)),"")'
    yield columns["数"], f'=IF({at["可读"]}=0,"",VALUE(SUBSTITUTE({digits},千位逗号,"")&{power}))'


def _digits_formula(text: str, first: str, run: str) -> str:
    piece = f"MID({text},{first},{run})"
    points = f'LEN({piece})-LEN(SUBSTITUTE({piece},小数点,""))>1'
    return f'=IF({run}=0,"",IF(OR({run}>=MAX(位次)-1,RIGHT({piece})=小数点,{points}),"",{piece}))'


def _readable_formula(digits: str, unit: str, separators: str) -> str:
    banned = f"SUMPRODUCT(--ISNUMBER(FIND(单位禁用字,{unit})))+SUMPRODUCT(--EXACT(单位首字禁用,LEFT({unit},1)))"
    return f'=IF({digits}="",0,IF(OR({banned}>0,LEN({unit})>单位字数上限,{separators}=0),0,1))'


def _separator_formula(digits: str) -> str:
    point = f"FIND(小数点,{digits}&小数点)"
    written = f'TEXT(VALUE(SUBSTITUTE(LEFT({digits},{point}-1),千位逗号,"")),千位格式)'
    placed = f"EXACT({written}&MID({digits},{point},LEN({digits})),{digits})"
    return f"=IF(ISERROR(FIND(千位逗号,{digits})),1,IF({placed},1,0))"


def comparable_formula(layout: FormLayout, row: int) -> str:
    """Return the formula of 可比: both numbers read, in one unit, both or neither a percentage."""
    both = (layout.helpers.target, layout.helpers.actual)
    target, actual = ({step: f"{c}{row}" for step, c in columns.items()} for columns in both)
    same = f"EXACT({target['单位']},{actual['单位']}),EXACT({target['倍数']},百分号)=EXACT({actual['倍数']},百分号)"
    return f"=IF(AND(ISNUMBER({target['数']}),ISNUMBER({actual['数']}),{same}),1,0)"


def level_formulas(layout: FormLayout, level1_row: int, level2_row: int) -> tuple[str, str]:
    """Return the formulas that repeat 一级 and 二级指标, each from the first row of its merged cell."""
    level1, level2 = layout.columns.at("一级指标"), layout.columns.find("二级指标")
    return f'={level1}${level1_row}&""', f'={level2}${level2_row}&""' if level2 else '=""'


def name_cells(layout: FormLayout, row: int) -> tuple[str, ...]:
    """Return the cells that name a row: 三级 and, where the form has it, 四级指标."""
    fields = ("三级指标", "四级指标")
    return tuple(f"{letters}{row}" for letters in map(layout.columns.find, fields) if letters)


def method_formula(layout: FormLayout, row: int, scheme: Scheme) -> str:
    """Return the formula that proposes 计算方式: by the sign, 0 is 等于, a cost is a ceiling, all else 正向.

    A text without digits is 定性, unless it holds a Chinese or full-width numeral, which only the core reads.
    """
    at = {step: f"{column}{row}" for step, column in layout.helpers.target.items()}
    ceiling = f"{layout.helpers.names['成本上限']}{row}"
    if states_completion(layout, scheme):
        # A 完成率 is no cost, whatever it stands under.
        ceiling += f"-{layout.helpers.taken['自报完成率']}{row}"
    signed = f"IF({at['首位']}>1,{at['方向']},IF({at['数']}=0,等于字,IF({ceiling}=1,反向字,正向字)))"
    wordy = f'IF(SUMPRODUCT(--ISNUMBER(FIND(其他数字,{at["文本"]})))+({at["首位"]}<=LEN({at["文本"]}))=0,定性字,"")'
    return f'=IF({at["文本"]}="","",IF(ISNUMBER({at["数"]}),{signed},{wordy}))'


def name_formulas(layout: FormLayout, row: int) -> Iterator[tuple[str, str]]:
    """Yield (column, formula) for what the names of a row say."""
    helpers, name = layout.helpers, f"{layout.columns.at('三级指标')}{row}"
    yield helpers.names["名称·文本"], f"={without_spaces(f'CLEAN({name})')}"
    levels = "&".join(f"{column}{row}" for column in helpers.levels)
    cost = f"SUMPRODUCT(--ISNUMBER(FIND(成本字,{levels})))>0,SUMPRODUCT(--ISNUMBER(FIND(节约字,{name})))=0"
    yield helpers.names["成本上限"], f"=IF(AND({cost}),1,0)"


def decision_formulas(layout: FormLayout, row: int, scheme: Scheme) -> Iterator[tuple[str, str]]:
    """Yield (column, formula) for the steps from two numbers in one unit to 测算得分."""
    helpers = layout.helpers
    at = {step: f"{column}{row}" for step, column in helpers.decision.items()}
    target, actual, sign = (f"{columns[step]}{row}" for columns, step in _pair(layout))
    name, method = f"{helpers.names['名称·文本']}{row}", f"{helpers.rules['计算方式']}{row}"
    # A rule of the scheme would score a row that is 不适用 by its target, were it not left out here.
    beside = f"+{_inapplicable(helpers.target['文本'] + str(row))}" if scheme.leaf_rules else ""
    yield helpers.decision["不参与"], f"=IF({_inapplicable(name)}{beside}>0,1,0)"
    ways = f"OR({method}=正向字,{method}=反向字,{method}=等于字)"
    left = "".join(f",{test}" for test in _not_by_formula(layout, row, scheme))
    yield helpers.decision["可定"], f"=IF(AND({helpers.comparable}{row}=1,{at['不参与']}=0,{ways}{left}),1,0)"
    downward = f"OR({method}=反向字,AND({method}=等于字,{target}=0))"
    yield helpers.decision["达标"], f'=IF({at["可定"]}=0,"",IF(IF({downward},{actual}<={target},{actual}>={target}),1,0))'
    # A result given as a bound (≥90%) counts only where it meets the target whatever lies behind the bound.
    bound = f"IF(AND({at['达标']}=1,({sign}=正向字)=({method}<>反向字)),1,0)"
    yield helpers.decision["采用"], f"=IF({at['可定']}=0,0,IF(OR({sign}=正向字,{sign}=反向字),{bound},1))"
    weight = f"N({layout.columns.at('分值')}{row})"
    yield helpers.decision["未达得分"], _missed_formula(weight, target, actual, at["采用"], at["达标"])


def _pair(layout: FormLayout) -> Iterator[tuple[Mapping[str, str], str]]:
    helpers = layout.helpers
    yield from ((helpers.target, "数"), (helpers.actual, "数"), (helpers.actual, "方向"))


def _inapplicable(text: str) -> str:
    """Return the expression that is above 0 where a text says 不适用."""
    return f"SUMPRODUCT(--ISNUMBER(FIND(不适用字,{text})))+SUMPRODUCT(--EXACT(不适用首字,LEFT({text},1)))"


def _missed_formula(weight: str, target: str, actual: str, taken: str, met: str) -> str:
    # Rounded before the last rounding: the difference of two near numbers loses the digits that decide a tie.
    linear = f"MAX(0,ROUND({weight}+{weight}-{weight}*{actual}/{target},比较精度))"
    over = f"IF(超出算法=比率字,{weight}*{target}/{actual},{linear})"
    points = f"IF({target}=0,0,IF({actual}<{target},{weight}*{actual}/{target},{over}))"
    return f'=IF(OR({taken}=0,{met}=1),"",{points})'


def _not_by_formula(layout: FormLayout, row: int, scheme: Scheme) -> Iterator[str]:
    """Yield tests that fail for rows that only the core scores: step scales, deductions for over-achievement."""
    helpers = layout.helpers
    method = f"{helpers.rules['计算方式']}{row}"
    if scheme.scales:
        yield f"SUMPRODUCT(--ISNUMBER(FIND(分档指标,{layout.columns.at('三级指标')}{row})))=0"
    if scheme.over_deduction:
        yield f"OR({method}<>正向字,{helpers.actual['数']}{row}<={helpers.target['数']}{row})"
    if states_completion(layout, scheme):
        yield f"OR({helpers.taken['自报完成率']}{row}=0,{method}=正向字)"


def proposal_formula(layout: FormLayout, row: int, scheme: Scheme) -> str:
    """Return the formula of 测算得分; blank wherever the texts cannot be read by formulas."""
    weight, points = f"{layout.columns.at('分值')}{row}", '""'
    if is_compared(layout):
        met, taken, missed = (f"{layout.helpers.decision[step]}{row}" for step in ("达标", "采用", "未达得分"))
        points = f'IF({taken}=0,"",ROUND(IF({met}=1,{weight},{missed}),得分小数位))'
    if scheme.leaf_rules:
        rule, ruled = (f"{column}{row}" for column in layout.helpers.leaf.values())
        points = f'IF({rule}="",{points},IF(ISNUMBER({ruled}),ROUND({ruled},得分小数位),""))'
    return f'=IF(NOT(ISNUMBER({weight})),"",IF({weight}<=0,0,{points}))'


def completion_formula(layout: FormLayout, row: int) -> str:
    """Return the formula of 完成率."""
    helpers = layout.helpers
    target, actual = f"{helpers.target['数']}{row}", f"{helpers.actual['数']}{row}"
    return f'=IF({helpers.comparable}{row}=0,"",IF({target}=0,"",{actual}/{target}))'


def deduction_formula(layout: FormLayout, row: int) -> str:
    """Return the formula of 扣分 = 分值 － 得分."""
    weight, score = f"{layout.columns.at('分值')}{row}", f"{layout.columns.at('得分')}{row}"
    return f'=IF(AND(ISNUMBER({weight}),ISNUMBER({score})),ROUND({weight}-{score},金额小数位),"")'


def is_compared(layout: FormLayout) -> bool:
    """Tell whether the form has both 年度指标值 and 实际完成值."""
    return layout.columns.target_cell is not None and layout.columns.find("实际完成值") is not None


def states_completion(layout: FormLayout, scheme: Scheme) -> bool:
    """Tell whether 实际完成值 of the form may state a 完成率 itself."""
    return scheme.percent_is_completion and is_compared(layout)


def typed_formula(cell: str, rule: str) -> str:
    """Return the formula that marks a cell whose formula was written over.

    A program without ISFORMULA compares with what the rules give.
    """
    return f'=IF({cell}="","",IF(IFERROR(_xlfn.ISFORMULA({cell}),EXACT({cell},{rule})),"",手工标记))'


def either_typed_formula(first: str, second: str) -> str:
    """Return the formula that marks a row in which one of two formulas was written over; both are such as above."""
    return f'=IF({first[1:]}<>"",手工标记,{second[1:]})'


def rate_formula(layout: FormLayout, row: int) -> str:
    """Return the formula of 执行率 by the rules."""
    budget, spent = (f"{layout.columns.fund_at(field)}{row}" for field in ("全年预算数", "全年执行数"))
    given = f"AND(ISNUMBER({budget}),ISNUMBER({spent}))"
    return f'=IF({given},IF(OR({budget}<=0,{spent}<=0),0,ROUND({spent}/{budget},执行率小数位)),"")'


def execution_points(layout: FormLayout, weight: str, scheme: Scheme, *, held: str = "") -> str:
    """Return the expression for the unrounded points of 执行率 of 年度资金总额, on the scheme's rounding basis.

    ``held`` is $ where the expression stands in another row, and must not move with it.
    """
    row = f"{held}{layout.fund_first}"
    budget, spent = (f"{layout.columns.fund_at(field)}{row}" for field in ("全年预算数", "全年执行数"))
    if scheme.rate_basis == "printed":
        return f"{weight}*MIN(1,{layout.helpers.rules['完成率']}{row})"
    return f"{weight}*MIN({spent},{budget})/{budget}"


def fund_score_formula(layout: FormLayout, scheme: Scheme) -> str:
    """Return the formula of the score of 执行率 by the rules."""
    row, columns = layout.fund_first, layout.columns
    weight, rate = f"{columns.fund_at('分值')}{row}", f"{layout.helpers.rules['完成率']}{row}"
    budget, spent = (f"{columns.fund_at(field)}{row}" for field in ("全年预算数", "全年执行数"))
    points = execution_points(layout, weight, scheme)
    given = f"OR(NOT(ISNUMBER({weight})),NOT(ISNUMBER({rate})))"
    return f'=IF({given},"",IF(OR({budget}<=0,{spent}<=0),0,ROUND({points},得分小数位)))'


def sum_of_parts_formula(column: str, rows: Sequence[int]) -> str:
    """Return the formula of a fund total over the rows of its sources; blank while none has an amount."""
    parts = cells_of(column, rows)
    return f'=IF(COUNT({parts})=0,"",ROUND(SUM({parts}),金额小数位))'


def total_holds_test(column: str, total_row: int, rows: Sequence[int]) -> str:
    """Return the test that a fund total is the sum of its sources, the slack of rounded 万元 allowed for."""
    return f"ROUND(ABS(N({column}{total_row})-SUM({cells_of(column, rows)})),金额小数位)<=资金合计允许差"


def cells_of(column: str, rows: Sequence[int]) -> str:
    """Return the cells of a column in ``rows``: as a range where they follow one another."""
    if list(rows) == list(range(rows[0], rows[-1] + 1)):
        return f"{column}{rows[0]}:{column}{rows[-1]}"
    return ",".join(f"{column}{row}" for row in rows)


def total_formula(layout: FormLayout, field: str) -> str:
    """Return the formula of 总分 in the column of 分值 or 得分; blank while nothing is there to add."""
    column, fund = layout.columns.at(field), layout.columns.find_fund(field)
    added = f"{column}{layout.indicator_first}:{column}{layout.indicator_last}"
    added += f",{fund}{layout.fund_first}" if fund else ""
    return f'=IF(COUNT({added})=0,"",ROUND(SUM({added}),得分小数位))'


def grade_formula(total: str) -> str:
    """Return the formula of 等级: the first band of 评分参数 whose lower bound the total reaches."""
    return f'=IF(ISNUMBER({total}),INDEX(等级名称,{grade_place(total)}),"")'


def grade_place(total: str) -> str:
    """Return the expression for the place of a total's band in 评分参数; the last one where it reaches none."""
    return f"IFERROR(MATCH(TRUE,INDEX({total}>=等级下限,0),0),ROWS(等级下限))"
