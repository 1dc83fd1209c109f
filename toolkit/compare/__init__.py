"""Comparing two drafts of a form: 修改对照表."""

from toolkit.compare.drafts import Comparison, compare_drafts, compare_reviews
from toolkit.compare.form import compare_forms
from toolkit.compare.model import Change, ChangeKind
from toolkit.compare.report import compare_reports

__all__ = ["Change", "ChangeKind", "Comparison", "compare_drafts", "compare_forms", "compare_reports", "compare_reviews"]
