"""The summary of many forms as a workbook: what a form gives to it ahead, writing it, reading it again."""
