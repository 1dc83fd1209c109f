"""What Excel makes of a text that is written into a cell without the text format "@"."""

import re
import unicodedata

LONGEST_TEXT = 32_767

_NUMBER = r"[-+]?[¥$￥]?\s*(?:\d[\d,]*(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?\s*%?"
_DATE = r"\d{1,4}\s*[-/年]\s*\d{1,2}\s*(?:[-/月]\s*(?:\d{1,4}\s*日?)?)?|\d{1,2}月\s*\d{1,4}日?"
_TIME = r"\d{1,4}:\d{1,2}(?::\d{1,2}(?:\.\d*)?)?(?:\s*[ap]m?)?|\d{1,2}[时時]\d{1,2}分(?:\d{1,2}秒)?"
_CHANGED = re.compile(
    rf"\s*(?:{_NUMBER}|\({_NUMBER}\)|{_DATE}|{_TIME}|(?:{_DATE})\s+(?:{_TIME})|-?\d+ \d+/\d+"
    r"|true|false|#n/a|#(?:div/0|value|ref|num|null|name)[!?])\s*",
    re.IGNORECASE,
)
_FORMULA_SIGNS = ("+", "-", "@")


def changed_by_excel(text: str) -> bool:
    """Say whether Excel would turn a text into a number, date, logical value, error or formula ("00123", "3-5")."""
    plain = unicodedata.normalize("NFKC", text)
    return bool(_CHANGED.fullmatch(plain)) or (plain[:1] in _FORMULA_SIGNS and len(plain) > 1)
