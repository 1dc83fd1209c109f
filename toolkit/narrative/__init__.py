"""The narrative report: every figure agrees with the form and knows its cell; what the officer wrote stays."""
