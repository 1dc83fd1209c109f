"""The tests; their folders mirror the package, and ``office`` drives a real LibreOffice."""
