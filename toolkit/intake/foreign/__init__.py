"""Other people's forms: workbooks of any layout, Word tables, pasted text, read by their headings."""

from toolkit.intake.foreign.model import ForeignForms, How, Leftover, Recognised
from toolkit.intake.foreign.read import READERS, read_foreign
from toolkit.intake.foreign.report import remarks

__all__ = ["READERS", "ForeignForms", "How", "Leftover", "Recognised", "read_foreign", "remarks"]
