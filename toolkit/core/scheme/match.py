"""Choosing the scheme of a form that names none."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.core.form import Form
from toolkit.core.scheme.adjust import adjust
from toolkit.core.scheme.carried import carried_scheme, carries
from toolkit.core.scheme.model import Scheme

DEFAULT = "national-2020"
"""The scheme of a form that no other scheme claims."""


def choose_scheme(form: Form, schemes: Mapping[str, Scheme], wanted: str | None = None) -> tuple[Scheme, str]:
    """Choose the scheme of ``form``, with what its 评分参数 change, and say why in one Chinese clause.

    The order: ``wanted``, then the one the form names, then the one whose 适用范围 (region, form, year) matches,
    then the national default. A named scheme that is not at hand is said to be so.

    Raises:
        KeyError: ``wanted`` is unknown.
    """
    scheme, reason = _chosen(form, schemes, wanted)
    if form.scheme_id not in ("", scheme.id):
        # What stands in 评分参数 are another scheme's settings, not changes of this one.
        return scheme, reason
    adjusted, changes = adjust(scheme, form.parameters)
    return adjusted, f"{reason}；评分参数有改动：{'、'.join(changes)}" if changes else reason


def _chosen(form: Form, schemes: Mapping[str, Scheme], wanted: str | None) -> tuple[Scheme, str]:
    if wanted:
        return schemes[wanted], "按 --scheme 指定"
    carried = _carried(form)
    if carried is not None:
        return carried
    if form.scheme_id in schemes:
        return schemes[form.scheme_id], "表内注明"
    unknown = f"表内注明的标准“{form.scheme_id}”没有内置，" if form.scheme_id else ""
    for scheme in schemes.values():
        if _claims(scheme, form):
            return scheme, f"{unknown}按地区“{form.region}”、表名和年度匹配"
    return schemes[DEFAULT], f"{unknown or '未注明评分标准，'}也没有匹配的地方标准，按全国标准"


def _carried(form: Form) -> tuple[Scheme, str] | None:
    """Return the scheme that the form's workbook carries in its 评分参数, ``None`` where it carries none or none that holds."""
    if not carries(form.parameters) or not form.scheme_id:
        return None
    scheme, problem = carried_scheme(form.parameters, form.scheme_id)
    if scheme is None:
        return None
    return scheme, f"表内评分参数写明{f'，其中{problem}' if problem else ''}"


def _claims(scheme: Scheme, form: Form) -> bool:
    rule = scheme.applies_to
    return (
        any(region in form.region for region in rule.regions)
        and any(name in form.kind for name in rule.forms)
        and form.year is not None
        and rule.first_year <= form.year <= rule.last_year
    )
