"""Tests of the checks: one changed cell, the whole list of findings compared."""
