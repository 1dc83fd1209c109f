Attribute VB_Name = "SelfevalBridge"
Option Explicit
Option Private Module

' From a button to Python, which does the work and tells the officer everything in Chinese.
' Only what Python cannot tell, because it did not start, is told here.

Public Sub StartAction(ByVal action As String)
    Dim python As String, book As String
    If Not ActiveWorkbook Is Nothing Then book = ActiveWorkbook.Name
    If book = "" And NeedsBook(action) Then
        Tell OpenFormFirst()
        Exit Sub
    End If
    python = PythonPath()
    If python = "" Then
        Tell NotInstalled()
    ElseIf RunHidden(CommandLine(action, python, book, ExcelWindow(), LogPath()), python, Waits(action)) <> 0 Then
        Tell DidNotStart() & vbCrLf & LogPath()
    End If
End Sub

Public Function CommandLine(ByVal action As String, ByVal python As String, ByVal book As String, _
                            ByVal handle As String, ByVal logFile As String) As String
    CommandLine = Quoted(python) & " -I -m toolkit.excel " & action & " " & Quoted("--wb=" & Escaped(book)) & _
                  " --from_xl=1 --hwnd=" & handle & " " & Quoted("--log=" & logFile)
End Function

' The name of a workbook in an argument: Run would replace %NAME% by a variable, and "=" parts an argument from its value.
Public Function Escaped(ByVal bookName As String) As String
    Dim text As String
    text = Replace(bookName, "~", "~007E")
    text = Replace(text, "%", "~0025")
    text = Replace(text, "=", "~003D")
    text = Replace(text, "\", "~005C")
    Escaped = Replace(text, Chr(34), "~0022")
End Function

Private Function Quoted(ByVal text As String) As String
    Quoted = Chr(34) & text & Chr(34)
End Function

' The workbook is left alone while Python writes into it; what only opens something else returns at once.
Private Function Waits(ByVal action As String) As Boolean
    Waits = NeedsBook(action)
End Function

Private Function NeedsBook(ByVal action As String) As Boolean
    NeedsBook = (action <> "collect" And action <> "help")
End Function
