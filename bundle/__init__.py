"""The offline bundle: all a Windows machine without a network needs, in one folder to carry there."""
