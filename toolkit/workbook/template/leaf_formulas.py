"""Formulas that only some schemes need: rows with a rule of their own, shared weights, completion stated in percent."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.core.layout import PROJECT_ROW, FormLayout
from toolkit.core.scheme import Scheme
from toolkit.scoring.leaf import PROJECTS
from toolkit.workbook.template.formulas import execution_points, is_compared, name_cells, states_completion


def takes_target(layout: FormLayout, scheme: Scheme) -> bool:
    """Tell whether formulas read 年度指标值 from a column of its own beside the form."""
    return layout.columns.splits_target or states_completion(layout, scheme)


def target_formulas(layout: FormLayout, row: int, scheme: Scheme) -> Iterator[tuple[str, str]]:
    """Yield (column, formula) for the text that is taken for 年度指标值."""
    helpers, cell = layout.helpers, f"{layout.columns.target_cell}{row}"
    typed = _joined(layout, row) if layout.columns.splits_target else cell
    text = f'IF(ISTEXT({cell}),{typed},"")'
    if states_completion(layout, scheme):
        stated = f"{helpers.taken['自报完成率']}{row}"
        actual = {step: f"{column}{row}" for step, column in helpers.actual.items()}
        names = "&".join((*(f"{column}{row}" for column in helpers.levels), *name_cells(layout, row)))
        percent = f'EXACT({actual["倍数"]},百分号),{actual["单位"]}="",{actual["首位"]}=1,ISNUMBER({actual["数"]})'
        others = f"SUMPRODUCT(--ISNUMBER(FIND(满意度字,{names})))=0"
        yield helpers.taken["自报完成率"], f'=IF(AND({cell}="",{percent},{others}),1,0)'
        text = f"IF({stated}=1,全部完成字,{text})"
    yield helpers.taken["指标值·取用"], f"={text}"


def _joined(layout: FormLayout, row: int) -> str:
    """Return the expression that joins 指标性质, 指标值 and 度量单位."""
    sign, value, unit = (f"{layout.columns.at(field)}{row}" for field in ("指标性质", "指标值", "度量单位"))
    ending = f'IF(EXACT(RIGHT({value},LEN({unit})),{unit}),"",{unit})'
    return f'IF(SUMPRODUCT(--EXACT(性质字,{sign}))>0,"",{sign})&{value}&{ending}'


def rule_formulas(layout: FormLayout, row: int, scheme: Scheme) -> Iterator[tuple[str, str]]:
    """Yield (column, formula) for the scheme's rule of a row and the unrounded points it gives."""
    helpers = layout.helpers
    names = "+".join(f"EXACT(规则指标,TRIM({cell}))" for cell in reversed(name_cells(layout, row)))
    found = f'IFERROR(INDEX(规则方式,MATCH(TRUE,INDEX({names}>0,0),0)),"")'
    # A 计算方式 that the officer chose goes before the scheme's rule.
    method = f"{helpers.rules['计算方式']}{row}"
    free = f'OR({method}="",IFERROR(_xlfn.ISFORMULA({method}),TRUE))'
    applies = f"AND({free},{helpers.decision['不参与']}{row}=0)" if is_compared(layout) else free
    yield helpers.leaf["评分规则"], f'=IF({applies},{found},"")'
    yield helpers.leaf["规则得分"], _ruled_points(layout, row, scheme)


def _ruled_points(layout: FormLayout, row: int, scheme: Scheme) -> str:
    helpers, weight = layout.helpers, f"{layout.columns.at('分值')}{row}"
    rule, points = f"{helpers.leaf['评分规则']}{row}", '""'
    kinds = {rule.rule for rule in scheme.leaf_rules}
    if "projects" in kinds:
        at = {name: f"${column}${PROJECT_ROW}" for name, column in helpers.projects.items()}
        usable = f"{at['清单行数']}>0,{at['清单行数']}={at['可用行数']},{at['资金合计']}>0"
        earned = f"N({weight})*{at['得分×资金']}/({at['资金合计']}*满分)"
        points = f'IF(AND({rule}=项目规则字,{usable}),{earned},"")'
    if "execution" in kinds:
        budget, spent = (f"{layout.columns.fund_at(field)}${layout.fund_first}" for field in ("全年预算数", "全年执行数"))
        earned = execution_points(layout, f"N({weight})", scheme, held="$")
        scored = f"IF(OR({budget}<=0,{spent}<=0),0,{earned})"
        points = f"IF(AND({rule}=执行率规则字,ISNUMBER({budget}),ISNUMBER({spent})),{scored},{points})"
    return f"={points}"


def share_formulas(layout: FormLayout, section: str) -> Iterator[tuple[str, str]]:
    """Yield (column, formula) for how many indicators of a 一级指标 share its 分值, and how much each gets."""
    helpers, row = layout.helpers, layout.section_row(section)
    first, last = section_rows(layout, section)
    name = layout.columns.at("三级指标")
    count = f"{helpers.shares['指标个数']}{row}"
    yield helpers.shares["指标个数"], f'=SUMPRODUCT(--({name}{first}:{name}{last}<>""))'
    whole = f"{helpers.sections['应有分值']}{row}"
    yield helpers.shares["平均分值"], f"=IF({count}=0,0,TRUNC(ROUND({whole}/{count},比较精度),得分小数位))"


def shared_weight_formula(layout: FormLayout, section: str, row: int) -> str:
    """Return the formula of the 分值 of an indicator that shares a 一级指标; the first one takes the remainder."""
    helpers, name = layout.helpers, layout.columns.at("三级指标")
    at = layout.section_row(section)
    count, each = (f"${column}${at}" for column in helpers.shares.values())
    first, _ = section_rows(layout, section)
    rest = f"ROUND(${helpers.sections['应有分值']}${at}-{each}*({count}-1),得分小数位)"
    is_first = f'SUMPRODUCT(--({name}${first}:{name}{row}<>""))=1'
    return f'=IF({name}{row}="","",IF({is_first},{rest},{each}))'


def section_rows(layout: FormLayout, section: str) -> tuple[int, int]:
    """Return the first and the last row of a 一级指标, spare rows included."""
    rows = [rows for block, rows in layout.block_rows() if block.level1 == section]
    return rows[0][0], rows[-1][-1]


def project_formulas(layout: FormLayout, facts_sheet: str) -> Iterator[tuple[str, str]]:
    """Yield (column, formula) for what the table 项目清单 on ``facts_sheet`` adds up to."""
    quoted = "'" + facts_sheet.replace("'", "''") + "'!" if not facts_sheet.isalnum() else f"{facts_sheet}!"
    name, funds, score, spent = (f"{quoted}{PROJECTS}_{column}" for column in ("项目名称", "资金", "自评得分", "支出"))
    columns = layout.helpers.projects
    yield columns["清单行数"], f'=SUMPRODUCT(--({name}&{funds}&{score}&{spent}<>""))'
    fit = f"ISNUMBER({funds})*ISNUMBER({score})*({funds}>=0)*({score}>=0)*({score}<=满分)"
    yield columns["可用行数"], f"=SUMPRODUCT({fit})"
    yield columns["资金合计"], f"=SUM({funds})"
    yield columns["得分×资金"], f"=SUMPRODUCT({score},{funds})"
