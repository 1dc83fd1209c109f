"""Reading forms from sources that are not our own workbook: interchange files, approved goals, ledgers."""
