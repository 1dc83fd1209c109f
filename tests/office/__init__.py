"""A real LibreOffice as the test bench: the client is ``bench``, the process that talks UNO is ``server``."""
