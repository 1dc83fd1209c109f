"""Hide what looks like a number and is a name: GA400, 5G网络, 第三方, 财预〔2020〕10号, 一次性."""

from __future__ import annotations

import re
from functools import cache

from toolkit.core.values.normalise import one_of
from toolkit.core.values.vocabulary import vocabulary

HIDDEN = "\ue000"
"""Stands in for each hidden character, so that positions stay."""


@cache
def _names() -> re.Pattern[str]:
    """Compile the shapes of names."""
    words = vocabulary()
    numeral = f"[0-9{words.chinese_digits}{words.chinese_powers}]"
    word = rf"[^\W\d{words.chinese_digits}{words.chinese_powers}]"
    marks = one_of(words.money_marks)
    return re.compile(
        "|".join(
            [
                one_of(words.idioms),
                f"{one_of(words.labelled)}{numeral}+",
                r"《[^》]*》",
                rf"[〔\[(][0-9]{{4}}[〕\])]第?{numeral}*号?",
                rf"第{numeral}+(?!{numeral}|季度|[名位])",
                # 一户一策, 一人一档
                f"一{word}一{word}",
                rf"(?<![A-Za-z])(?!{marks})[A-Za-z]+[-_.]?[0-9][0-9A-Za-z.\-]*",
            ]
        )
    )


_LETTERED = re.compile(r"(?<![0-9.])[0-9][0-9.]*([A-Za-z]+)")


def hide_names(text: str) -> str:
    """Replace every name by as many placeholders as it has characters."""
    hidden = _names().sub(lambda found: HIDDEN * len(found[0]), text)
    return _LETTERED.sub(_hide_lettered, hidden)


def _hide_lettered(found: re.Match[str]) -> str:
    """Hide digits glued to letters, unless the letters are a unit: 5G but not 5kg."""
    return found[0] if found[1] in vocabulary().latin_units else HIDDEN * len(found[0])


def hide_span(text: str, start: int, end: int) -> str:
    """Replace the characters from ``start`` to ``end`` by placeholders."""
    return text[:start] + HIDDEN * (end - start) + text[end:]
