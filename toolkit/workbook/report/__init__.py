"""The sheet 自评报告: read as the officer left it, and written again in a copy of the workbook."""
