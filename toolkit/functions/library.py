"""The part of xlwings' VBA that worksheet functions need, cut out of its text for custom add-ins.

All else is left out: reading settings from sheets and folders, running commands, importing code, showing errors.
"""

from __future__ import annotations

import re
from importlib.resources import files

from toolkit.addin.module import Kind, Module
from toolkit.functions.wrapper import PINNED, require_pinned

NAME = "xlwings"
KEPT = ("XLPyLoadDLL", "XLPy", "ParentFolder")
"""The procedures that are taken over as they are."""
_SOURCE = "xlwings_custom_addin.bas"
_ATTRIBUTE = 'Attribute VB_Name = "xlwings"\n'
_LAST_DECLARATION = f'Public Const XLWINGS_VERSION As String = "{PINNED}"\n'
_NOTE = "' Cut from xlwings_custom_addin.bas of xlwings: its declarations and the procedures that start its server.\n"


def library_module() -> Module:
    """Return the module: licence, declarations and the kept procedures, word for word.

    Raises:
        UnpinnedError: another xlwings is installed.
        ValueError: its text is not built as expected.
    """
    require_pinned()
    text = files("xlwings").joinpath(_SOURCE).read_text(encoding="utf-8").replace("\r\n", "\n")
    head, mark, rest = text.partition(_LAST_DECLARATION)
    if not mark or not head.startswith(_ATTRIBUTE):
        raise ValueError(f"{_SOURCE} does not begin as expected")
    kept = [_procedure(rest, name) for name in KEPT]
    declared = head.removeprefix(_ATTRIBUTE).rstrip("\n")
    return Module(NAME, Kind.STANDARD, "\n".join(["Option Private Module", _NOTE, declared, mark, *kept]))


def _procedure(text: str, name: str) -> str:
    found = re.findall(rf"^(?:Private |Public )?(Sub|Function) {name}\(.*?^End \1\n", text, re.MULTILINE | re.DOTALL)
    if len(found) != 1:
        raise ValueError(f"{_SOURCE} holds {name} {len(found)} times")
    whole = re.search(rf"^(?:Private |Public )?(?:Sub|Function) {name}\(.*?^End {found[0]}\n", text, re.MULTILINE | re.DOTALL)
    return whole.group() if whole else ""
