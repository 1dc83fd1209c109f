"""The command line: everything a button does, as a command."""
