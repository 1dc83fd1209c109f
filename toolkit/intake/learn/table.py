"""What was learned as a scheme file: the settings, and beside each where it was read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from toolkit.core.columns import OWN_COLUMNS
from toolkit.core.scheme import statement as at
from toolkit.core.scheme.carried import is_stated
from toolkit.core.scheme.restate import table_of
from toolkit.intake.foreign import How
from toolkit.intake.learn.model import Claim, Learned

Table = dict[str, Any]
UNREAD = "未读懂·"
CONFIRMED = "与本工具相同·"
CONTRADICTION = "矛盾·"
"""Labels of what is shown and sets nothing."""
OWN = "照印、不参与计算"
"""What becomes of a column that the program does not know."""


def scheme_table(learned: Learned, identity: str, title: str, origin: str) -> tuple[Table, tuple[str, ...]]:
    """Return the scheme file of what was learned.

    Args:
        identity: the scheme's id.
        title: its name.
        origin: which form it was read from.

    Returns:
        The file as a table, and in Chinese the settings that could not be used.
    """
    settings = {at.NAME: title, at.ORIGIN: origin, at.BASE: learned.base.id, at.REGIONS: "", **learned.settings}
    table, problems = table_of(settings, identity)
    return table | {"readings": list(_readings(learned))}, problems


def kept_readings(
    settings: Mapping[str, str],
    shown: Mapping[str, tuple[str, str]],
    problems: Sequence[str],
    before: Mapping[str, str],
) -> list[Table]:
    """Return where each setting of a corrected template comes from.

    Args:
        settings: the settings by label, as the officer left them.
        shown: what stands beside each in the columns 说明 and 来源.
        problems: settings that cannot be used, Chinese sentences.
        before: the settings as they were read, empty where that is not known.
    """
    unusable = {label for label in settings if any(problem.startswith(f"“{label}”") for problem in problems)}
    rows = [
        _reading(label, text, "填的不能用，见“矛盾”" if label in unusable else _origin(label, text, shown, before), "")
        for label, text in settings.items()
        if is_stated(label)
    ]
    rows += [_reading(f"{CONTRADICTION}{number}", "", text, "") for number, text in enumerate(problems, 1)]
    others = [(label, shown[label]) for label in settings if label.startswith((CONFIRMED, UNREAD)) and label in shown]
    return rows + [_reading(label, settings[label], how, place) for label, (how, place) in others]


def _origin(label: str, text: str, shown: Mapping[str, tuple[str, str]], before: Mapping[str, str]) -> str:
    if before and before.get(label, "") != text:
        return f"填报人改正（原来是“{before[label]}”）" if before.get(label) else "填报人补上"
    return shown.get(label, ("", ""))[1]


def how_text(claim: Claim) -> str:
    """Return how a statement was recognised, with the words that say so."""
    sure = "" if claim.confidence >= 1 else f" {claim.confidence:.0%}"
    words = claim.how.value if claim.how is not How.SUGGESTED else "近似"
    told = f"，{OWN}" if claim.value.startswith(OWN_COLUMNS) else ""
    return f"{words}{sure}：“{claim.text}”{told}"


def _readings(learned: Learned) -> list[Table]:
    rows = [_reading(claim.label, claim.value, how_text(claim), claim.place) for claim in learned.claims]
    rows += [_reading(label, value, reason, "") for label, (value, reason) in learned.assumed.items()]
    rows += [
        _reading(f"{CONTRADICTION}{number}", "", text, "") for number, text in enumerate(learned.contradictions, 1)
    ]
    rows += [
        _reading(f"{CONFIRMED}{number}", claim.value, f"“{claim.text}”", claim.place)
        for number, claim in enumerate(learned.confirmed, 1)
    ]
    rows += [
        _reading(f"{UNREAD}{number}", "", f"{each.reason}：“{each.text}”", each.place)
        for number, each in enumerate(learned.unread, 1)
    ]
    return rows


def _reading(label: str, value: str, how: str, place: str) -> Table:
    return {"label": label, "value": value, "how": how, "place": place}
