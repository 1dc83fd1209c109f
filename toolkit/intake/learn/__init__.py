"""A blank form becomes a scheme: headings, order, weights, section totals and footnotes, each with where it was read."""

from toolkit.intake.learn.learn import learn_form
from toolkit.intake.learn.model import Claim, Learned, Unread
from toolkit.intake.learn.table import kept_readings, scheme_table
from toolkit.intake.learn.workbook import carries_scheme, settings_of

__all__ = ["Claim", "Learned", "Unread", "carries_scheme", "kept_readings", "learn_form", "scheme_table", "settings_of"]
