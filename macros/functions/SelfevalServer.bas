Attribute VB_Name = "SelfevalServer"
Option Explicit
Option Private Module

' What the part of xlwings asks for. Its settings come from the registry value that the installer wrote and from nowhere
' else: no sheet of a workbook, no file beside it and no file of the user's can name another Python.

Private found As String

Public Function GetConfig(ByVal key As String, Optional ByVal fallback As String = "") As Variant
    If key = "INTERPRETER_WIN" Then
        GetConfig = RegisteredPython()
    Else
        GetConfig = fallback
    End If
End Function

' The command line of the process that computes. It names no workbook and no folder, and no shell reads it.
Public Function XLPyCommand() As String
    XLPyCommand = Chr(34) & RegisteredPython() & Chr(34) & " -I -B -m toolkit.functions $(CLSID)"
End Function

' Without a full path Windows would look for the library of xlwings in the current folder, where foreign files may lie.
Private Function RegisteredPython() As String
    If found = "" Then found = PythonPath()
    If InStr(found, ":\") = 0 And Left(found, 2) <> "\\" Then Err.Raise vbObjectError + 1, , "Python is not registered"
    RegisteredPython = found
End Function
