"""The sheet 检查结果: its first line and its list, written into a copy of the workbook; the answers read back."""
