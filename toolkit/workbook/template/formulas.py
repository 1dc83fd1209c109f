"""The native formulas of the form, by row. Every number and word they use stands in 评分参数 under a name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from toolkit.core.layout import ACTUAL_COLUMNS, COMPARABLE_COLUMN, LEVEL_COLUMNS, TARGET_COLUMNS, FormLayout
from toolkit.core.scheme import Scheme


def reading_formulas(source: str, columns: Mapping[str, str], row: int) -> Iterator[tuple[str, str]]:
    """Yield (column, formula) for each step of reading the text in ``source``."""
    at = {step: f"{column}{row}" for step, column in columns.items()}
    text, first, run, digits = at["文本"], at["首位"], at["位数"], at["数字"]
    bare = f'SUBSTITUTE(SUBSTITUTE(SUBSTITUTE({source}{row}&"",空格,""),全角空格,""),不间断空格,"")'
    yield columns["文本"], f"=SUBSTITUTE({bare},全角百分号,百分号)"
    yield columns["首位"], f"=SUMPRODUCT(MIN(FIND(数字,{text}&数字串)))"
    sign = f"MATCH(TRUE,INDEX(EXACT(符号,LEFT({text},{first}-1)),0),0)"
    yield columns["方向"], f'=IF({text}="","",IFERROR(INDEX(符号方向,{sign}),""))'
    ends = f"ISERROR(FIND(MID({text}&终止符,{first}-1+位次,1),数字点串))"
    yield columns["位数"], f'=IF({at["方向"]}="",0,IFERROR(MATCH(TRUE,INDEX({ends},0),0)-1,0))'
    piece = f"MID({text},{first},{run})"
    points = f'LEN({piece})-LEN(SUBSTITUTE({piece},小数点,""))>1'
    yield (
        columns["数字"],
        f'=IF({run}=0,"",IF(OR({run}>=MAX(位次)-1,RIGHT({piece})=小数点,{points}),"",{piece}))',
    )
    mark = f"MID({text},{first}+{run},1)"
    yield columns["倍数"], f'=IF({run}=0,"",IF(SUMPRODUCT(--EXACT(倍数字,{mark}))>0,{mark},""))'
    yield columns["单位"], f'=IF({run}=0,"",MID({text},{first}+{run}+LEN({at["倍数"]}),LEN({text})))'
    unit = at["单位"]
    banned = f"SUMPRODUCT(--ISNUMBER(FIND(单位禁用字,{unit})))+SUMPRODUCT(--EXACT(单位首字禁用,LEFT({unit},1)))"
    placed = (
        f'TEXT(INT(VALUE(SUBSTITUTE({digits},千位逗号,""))),千位格式)'
        f'&SUBSTITUTE(MID({digits},FIND(小数点,{digits}&小数点),LEN({digits})),千位逗号,"")'
    )
    yield (
        columns["可读"],
        f'=IF({digits}="",0,IF(OR({banned}>0,LEN({unit})>单位字数上限),0,IF(ISERROR(FIND(千位逗号,{digits})),1,IF({placed}={digits},1,0))))',
    )
    factor = f"IFERROR(INDEX(倍数值,MATCH(TRUE,INDEX(EXACT(倍数字,{at['倍数']}),0),0)),1)"
    yield columns["数"], f'=IF({at["可读"]}=0,"",VALUE(SUBSTITUTE({digits},千位逗号,""))*{factor})'


def comparable_formula(row: int) -> str:
    """Return the formula of 可比: both numbers read, in one unit, both or neither a percentage."""
    target, actual = ({step: f"{c}{row}" for step, c in columns.items()} for columns in (TARGET_COLUMNS, ACTUAL_COLUMNS))
    same = f"EXACT({target['单位']},{actual['单位']}),EXACT({target['倍数']},百分号)=EXACT({actual['倍数']},百分号)"
    return f"=IF(AND(ISNUMBER({target['数']}),ISNUMBER({actual['数']}),{same}),1,0)"


def level_formulas(row: int, first: int) -> tuple[str, str]:
    """Return the formulas that fill 一级 and 二级指标 down."""
    one, two = LEVEL_COLUMNS
    if row == first:
        return f'=B{row}&""', f'=C{row}&""'
    return (
        f'=IF(B{row}<>"",B{row},{one}{row - 1})',
        f'=IF(C{row}<>"",C{row},IF(B{row}<>"","",{two}{row - 1}))',
    )


def method_formula(row: int) -> str:
    """Return the formula that proposes 计算方式: by the sign, 0 is 等于, a cost is a ceiling, all else 正向."""
    at = {step: f"{column}{row}" for step, column in TARGET_COLUMNS.items()}
    levels = "&".join(f"{column}{row}" for column in LEVEL_COLUMNS)
    cost = f"AND(SUMPRODUCT(--ISNUMBER(FIND(成本字,{levels})))>0,SUMPRODUCT(--ISNUMBER(FIND(节约字,D{row})))=0)"
    signed = f"IF({at['首位']}>1,{at['方向']},IF({at['数']}=0,等于字,IF({cost},反向字,正向字)))"
    wordy = f'IF({at["首位"]}>LEN({at["文本"]}),定性字,"")'
    return f'=IF({at["文本"]}="","",IF(ISNUMBER({at["数"]}),{signed},{wordy}))'


def proposal_formula(row: int, scheme: Scheme) -> str:
    """Return the formula of 测算得分; blank wherever the texts cannot be read by formulas."""
    target, actual = f"{TARGET_COLUMNS['数']}{row}", f"{ACTUAL_COLUMNS['数']}{row}"
    forward = (
        f"IF({target}=0,IF(OR(K{row}=正向字,{actual}=0),G{row},0),"
        f"IF(ROUND({actual}-{target},比较精度)>=0,G{row},G{row}*{actual}/{target}))"
    )
    over = f"IF(超出算法=比率字,G{row}*{target}/{actual},G{row}*ROUND({target}-({actual}-{target}),比较精度)/{target})"
    reverse = f"IF(ROUND({actual}-{target},比较精度)<=0,G{row},IF({target}=0,0,MAX(0,{over})))"
    points = f'IF(K{row}=反向字,{reverse},{forward})'
    decided = f"OR(K{row}=正向字,K{row}=反向字,K{row}=等于字)"
    undecided = "".join(f"{test}," for test in _not_by_formula(row, scheme))
    guard = f'OR({COMPARABLE_COLUMN}{row}=0,{undecided}NOT({decided}),TRIM(D{row})=不适用字,{TARGET_COLUMNS["文本"]}{row}=不适用字)'
    return f'=IF(NOT(ISNUMBER(G{row})),"",IF(G{row}<=0,0,IF({guard},"",ROUND({points},得分小数位))))'


def _not_by_formula(row: int, scheme: Scheme) -> Iterator[str]:
    """Yield tests for rows that only the core scores: step scales, deductions for over-achievement."""
    if scheme.scales:
        yield f"SUMPRODUCT(--ISNUMBER(FIND(分档指标,D{row})))>0"
    if scheme.over_deduction:
        yield f"AND(K{row}=正向字,{ACTUAL_COLUMNS['数']}{row}>{TARGET_COLUMNS['数']}{row})"


def completion_formula(row: int) -> str:
    """Return the formula of 完成率."""
    target, actual = f"{TARGET_COLUMNS['数']}{row}", f"{ACTUAL_COLUMNS['数']}{row}"
    return f'=IF({COMPARABLE_COLUMN}{row}=0,"",IF({target}=0,"",{actual}/{target}))'


def deduction_formula(row: int) -> str:
    """Return the formula of 扣分 = 分值 － 得分."""
    return f'=IF(AND(ISNUMBER(G{row}),ISNUMBER(H{row})),ROUND(G{row}-H{row},得分小数位),"")'


def typed_formula(cell: str) -> str:
    """Return the formula that marks a cell whose formula was written over."""
    return f'=IF({cell}="","",IF(_xlfn.ISFORMULA({cell}),"",手工标记))'


def rate_formula(row: int) -> str:
    """Return the formula of 执行率 by the rules."""
    return f'=IF(AND(ISNUMBER(E{row}),ISNUMBER(F{row})),IF(E{row}=0,0,ROUND(F{row}/E{row},执行率小数位)),"")'


def fund_score_formula(row: int, scheme: Scheme) -> str:
    """Return the formula of the score of 执行率 by the rules, on the scheme's rounding basis."""
    share = f"MIN(1,N{row})" if scheme.rate_basis == "printed" else f"MIN(F{row},E{row})/E{row}"
    return f'=IF(OR(NOT(ISNUMBER(G{row})),NOT(ISNUMBER(N{row}))),"",IF(E{row}=0,0,ROUND(G{row}*{share},得分小数位)))'


def sum_of_parts_formula(column: str, layout: FormLayout) -> str:
    """Return the formula of a fund total; blank while no source has an amount."""
    parts = f"{column}{layout.fund_first + 1}:{column}{layout.fund_last}"
    return f'=IF(COUNT({parts})=0,"",SUM({parts}))'


def total_formula(column: str, fund_cell: str, layout: FormLayout) -> str:
    """Return the formula of 总分 in a column; blank while nothing is there to add."""
    rows = f"{column}{layout.indicator_first}:{column}{layout.indicator_last}"
    return f'=IF(COUNT({rows},{fund_cell})=0,"",ROUND(SUM({rows},{fund_cell}),得分小数位))'


def grade_formula(total: str) -> str:
    """Return the formula of 等级: the first band of 评分参数 whose lower bound the total reaches."""
    return f'=IF(ISNUMBER({total}),INDEX(等级名称,MATCH(TRUE,INDEX({total}>=等级下限,0),0)),"")'
