"""File names made from what officers call their projects."""

from __future__ import annotations

import unicodedata

LIMIT = 80
"""Greatest length of a file name with its suffix, in characters."""
_FORBIDDEN = set('<>:"/\\|?*')


def clean(part: str) -> str:
    """Return one part of a file name: no characters that a file system forbids, no emoji, no outer dots or blanks."""
    kept = "".join(char for char in unicodedata.normalize("NFC", part) if _allowed(char))
    return "".join(kept.split()).strip("._")


def file_name(*parts: str, suffix: str, limit: int = LIMIT) -> str:
    """Join cleaned parts with underscores to a file name of at most ``limit`` characters.

    The longest part is cut where the name would be too long; parts that are empty after cleaning are left out.
    """
    cleaned = [text for part in parts if (text := clean(part))]
    over = len("_".join(cleaned)) + len(suffix) - limit
    if over > 0:
        longest = max(range(len(cleaned)), key=lambda index: len(cleaned[index]))
        cleaned[longest] = cleaned[longest][:-over]
    return ("_".join(cleaned) or "自评表") + suffix


def _allowed(char: str) -> bool:
    # So: pictographs such as emoji; C*: control, format, surrogate and private characters.
    return char not in _FORBIDDEN and unicodedata.category(char) not in ("So", "Cc", "Cf", "Cs", "Co", "Cn")
