"""The mail that goes with a 取数表, from a pattern kept as data."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from toolkit.core.form import Form
from toolkit.narrative.patterns import Patterns
from toolkit.sections import Item
from toolkit.submission.mail import Mail

_FILE = "section_mail.toml"
_PERSON, _TELEPHONE = "填报人", "填报电话"


def contact_of(form: Form) -> tuple[str, str]:
    """Return 填报人 and 填报电话 as 报告要素 give them, "" for what is not given."""
    person, telephone = (form.facts.get(name) for name in (_PERSON, _TELEPHONE))
    return (person.text.strip() if person else "", telephone.text.strip() if telephone else "")


def unit_of(form: Form) -> str:
    """Return the unit that asks: 填报单位, else 实施单位, else 主管部门."""
    cells = (form.organisation, form.implementing_unit, form.department)
    return next((cell.text.strip() for cell in cells if not cell.empty), "")


def section_mail(section: str, items: Sequence[Item], attached: str, deadline: str = "") -> Mail:
    """Return the mail to a section.

    Args:
        section: who is asked.
        items: what is asked, at least one.
        attached: name of the 取数表.
        deadline: when it is due back, "" for none.
    """
    form = items[0].form
    person, telephone = contact_of(form)
    names = {
        "股室": section,
        "年度": str(form.year or ""),
        "个数": str(len(items)),
        "项目": list(dict.fromkeys(item.project or "本项目" for item in items)),
        "指标": [{"名称": item.name, "指标值": item.target, "上年": item.last_year} for item in items],
        "附件": attached,
        "期限": deadline,
        "联系人": person,
        "电话": telephone,
        "单位": unit_of(form),
    }
    patterns = Patterns(_FILE, names, section)
    texts = {key: patterns.fill(text, key) for key, text in _data().items()}
    return Mail(texts["subject"].strip(), texts["text"].strip("\n") + "\n")


@cache
def _data() -> dict[str, str]:
    return tomllib.loads(files("toolkit.submission").joinpath(_FILE).read_text(encoding="utf-8"))
