"""The Excel side of this machine: putting the add-in where Excel loads it, taking it away, and telling what is in the way.

What decides is separated from what touches Windows: everything works on a :class:`Machine`, whose registry and files are
Windows' own (``windows``) or those a test lays out.
"""
