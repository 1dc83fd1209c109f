Attribute VB_Name = "SelfevalStart"
Option Explicit
Option Private Module

' What only Windows and Excel can do: find Python, start it without a window, show a message.
' WScript.Shell takes any character in a path; Shell and Environ of VBA lose what the code page lacks.

Private Const REGISTERED As String = "HKCU\Software\selfeval\pythonw"

' Return the full path of pythonw.exe that the installer wrote, or nothing.
Public Function PythonPath() As String
    On Error Resume Next
    PythonPath = CreateObject("WScript.Shell").RegRead(REGISTERED)
End Function

' Name the log, which Python writes in UTF-8.
Public Function LogPath() As String
    LogPath = CreateObject("WScript.Shell").ExpandEnvironmentStrings("%LOCALAPPDATA%\selfeval\selfeval.log")
End Function

Public Function ExcelWindow() As String
    ExcelWindow = CStr(Application.Hwnd)
End Function

' Start a command in the folder of its program, never in that of a workbook, where foreign files may lie.
' Return the exit code (0 when not waiting), or -1 when nothing could be started.
Public Function RunHidden(ByVal command As String, ByVal program As String, ByVal untilDone As Boolean) As Long
    Dim runner As Object, former As String
    RunHidden = -1
    On Error Resume Next
    Set runner = CreateObject("WScript.Shell")
    former = runner.CurrentDirectory
    runner.CurrentDirectory = Left(program, InStrRev(program, "\"))
    RunHidden = runner.Run(command, 0, untilDone)
    runner.CurrentDirectory = former
End Function

Public Sub Tell(ByVal text As String)
    MsgBox text, vbExclamation, ToolName()
End Sub
