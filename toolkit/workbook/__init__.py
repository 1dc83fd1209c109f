"""The officer's workbook: building, filling and reading it, and writing results into it."""
