"""Tests of the template: its formulas, inputs and structure, as programs nobody here wrote see them."""
