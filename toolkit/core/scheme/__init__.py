"""Scoring schemes: dated, sourced TOML data that says how one place scores the form in one year."""

from toolkit.core.scheme.adjust import adjust, editable
from toolkit.core.scheme.fields import SchemeError
from toolkit.core.scheme.load import load_scheme, load_schemes
from toolkit.core.scheme.match import choose_scheme
from toolkit.core.scheme.model import Band, Block, Cap, Column, Grade, Leaf, LeafRule, Scale, Scheme

__all__ = [
    "Band",
    "Block",
    "Cap",
    "Column",
    "Grade",
    "Leaf",
    "LeafRule",
    "Scale",
    "Scheme",
    "SchemeError",
    "adjust",
    "choose_scheme",
    "editable",
    "load_scheme",
    "load_schemes",
]
