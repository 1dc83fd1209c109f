"""An Excel in memory, behind xlwings' own implementation for Windows, that counts what would cross to it."""
