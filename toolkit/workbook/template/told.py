"""What a worksheet function tells of rows whose texts formulas cannot read; in workbooks with macros only.

A workbook without macros must not ask for a function of an add-in: Excel would store a link to the add-in's file in it,
and warn whoever gets the workbook.
"""

from __future__ import annotations

from toolkit.core.layout import FormLayout
from toolkit.core.scheme import Scheme
from toolkit.workbook.template.formulas import name_cells
from toolkit.workbook.template.leaf_formulas import takes_target

FUNCTION = "SelfevalTold"
"""The function in the workbook's own macros that asks the add-in, where that is there."""


def told_formula(layout: FormLayout, row: int, scheme: Scheme) -> str:
    """Return the formula that tells how 得分 comes about where formulas cannot: 约46万人次 beside 预计43万人次.

    It asks only where both texts and a weight stand and 测算得分 is blank; without function or macros it is blank.
    """
    columns, helpers = layout.columns, layout.helpers
    source = helpers.taken["指标值·取用"] if takes_target(layout, scheme) else columns.target_cell
    target, actual, weight = (f"{column}{row}" for column in (source, columns.at("实际完成值"), columns.at("分值")))
    names = name_cells(layout, row)
    name = names[0] if len(names) == 1 else f'IF({names[1]}="",{names[0]},{names[1]})'
    level = "&".join(f"{column}{row}" for column in helpers.levels)
    method = f"{helpers.rules['计算方式']}{row}"
    idle = f'{helpers.rules["测算得分"]}{row}<>"",{target}="",{actual}="",NOT(ISNUMBER({weight}))'
    asked = f'{FUNCTION}({target},{actual},{weight},{method},{name},{level},"{scheme.id}")'
    return f'=IF(OR({idle}),"",IFERROR({asked},""))'
