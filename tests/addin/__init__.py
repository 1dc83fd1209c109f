"""The VBA project, the add-in, the workbooks with buttons, and the command that a button starts."""
