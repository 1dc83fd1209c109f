Attribute VB_Name = "SelfevalFormulas"
Option Explicit

' What the formulas of a workbook with buttons ask of the functions' add-in. The workbook holds no link to the add-in:
' without it the answer is blank, and where macros are off IFERROR in the formula gives a blank.

Private Const FUNCTIONS As String = "selfeval-functions.xlam"

Public Function SelfevalTold(target, actual, weight, method, indicator, level, scheme)
    Dim host As Object
    SelfevalTold = ""
    On Error Resume Next
    ' Run would look for a file of that name in the current folder, were the add-in not open.
    Set host = Workbooks(FUNCTIONS)
    If host Is Nothing Then Exit Function
    SelfevalTold = Application.Run("'" & FUNCTIONS & "'!SE_EXPLAIN", target, actual, weight, method, indicator, level, scheme)
End Function
