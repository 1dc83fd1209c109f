"""Next year's blank form from this year's (结转到下年)."""

from toolkit.carry.form import carry_over, years_left
from toolkit.carry.suggestions import Suggestion, suggestions

__all__ = ["Suggestion", "carry_over", "suggestions", "years_left"]
