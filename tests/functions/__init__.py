"""Worksheet functions: through xlwings' own conversion, and the add-in that offers them."""
