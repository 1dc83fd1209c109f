"""The buttons in Excel: the file commands' core run on a snapshot of the open workbook, the differences written back."""
