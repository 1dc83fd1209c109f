"""The scheme that a worksheet function is asked to follow."""

from __future__ import annotations

from toolkit.core.scheme import Scheme, load_schemes
from toolkit.core.scheme.match import DEFAULT
from toolkit.functions.area import Area
from toolkit.problem import Problem


def scheme_of(named: Area) -> Scheme:
    """Return the scheme named by id or title in the first cell; the national one where nothing is named.

    Raises:
        Problem: there is none of that name.
    """
    schemes, name = load_schemes(), named.cell("评分标准").text.strip()
    found = schemes.get(name or DEFAULT) or next((each for each in schemes.values() if each.title == name), None)
    if found is None:
        raise Problem(name, "不是评分标准的编号或名称", f"请用 {'、'.join(schemes)} 之一")
    return found
