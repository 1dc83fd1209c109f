"""The rules, one a file; the file's name states the fault."""
