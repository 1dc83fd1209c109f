"""取数表: which section (股室) is asked for which figures, and what becomes of their answers.

``plan_requests`` says who is asked for what, ``merge_answers`` puts what came back beside the form. Neither knows a
file format; nothing here changes a form.
"""

from toolkit.sections.identify import Found, identify
from toolkit.sections.merge import Choices, Decision, Merged, State, merge_answers
from toolkit.sections.model import Answer, Item, Returned
from toolkit.sections.plan import UNASSIGNED, Plan, plan_requests

__all__ = [
    "UNASSIGNED",
    "Answer",
    "Choices",
    "Decision",
    "Found",
    "Item",
    "Merged",
    "Plan",
    "Returned",
    "State",
    "identify",
    "merge_answers",
    "plan_requests",
]
