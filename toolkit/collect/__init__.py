"""Many forms into one picture: what is known of each form, and the tables that a summary is made of."""

from toolkit.collect.codec import details_from, details_text, head_from, head_text
from toolkit.collect.model import Amount, Details, Entry, Failure, Head, Told
from toolkit.collect.record import record_form

__all__ = [
    "Amount",
    "Details",
    "Entry",
    "Failure",
    "Head",
    "Told",
    "details_from",
    "details_text",
    "head_from",
    "head_text",
    "record_form",
]
