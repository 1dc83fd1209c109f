"""Moved: use toolkit.problem (Problem, Unreadable, Unwritable)."""

from toolkit.problem import Unreadable, Unwritable

__all__ = ["Unreadable", "Unwritable"]
