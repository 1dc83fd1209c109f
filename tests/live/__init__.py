"""The buttons on open documents of a real spreadsheet program: xlwings over LibreOffice, and what runs through it."""
