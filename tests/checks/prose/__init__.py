"""Tests of the rules about reports: one changed place, the whole difference compared."""
