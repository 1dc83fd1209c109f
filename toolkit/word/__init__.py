"""The report as a Word file: the page of an official document, or a unit's own model filled in."""

from toolkit.word.write import write_docx

__all__ = ["write_docx"]
