"""Worksheet functions for Excel: thin over values, scoring and checks, offered through xlwings by an add-in of their own."""
