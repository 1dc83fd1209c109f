"""The Excel side: button actions on live workbooks."""
