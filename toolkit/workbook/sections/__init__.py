"""取数表 as files: written for each section, read again in whatever shape they come back, merged into a copy."""

from toolkit.workbook.sections.into import Written, merge_into
from toolkit.workbook.sections.notes import write_notes
from toolkit.workbook.sections.read import SUFFIXES, read_returned
from toolkit.workbook.sections.request import Letter, write_request

__all__ = ["SUFFIXES", "Letter", "Written", "merge_into", "read_returned", "write_notes", "write_request"]
