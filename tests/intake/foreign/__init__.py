"""Tests of reading other people's forms."""
