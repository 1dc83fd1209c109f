Attribute VB_Name = "SelfevalWords"
Option Explicit
Option Private Module

' The few sentences that Python cannot tell, as decimal code points: the text of a macro is ASCII.

Public Function ToolName() As String
    ToolName = Chinese("32489 25928 33258 35780")
End Function

Public Function OpenFormFirst() As String
    OpenFormFirst = Chinese("35831 20808 25171 24320 19968 24352 33258 35780 34920 65292 20877 25353 36825 20010 25353 38062 " & _
        "12290")
End Function

Public Function NotInstalled() As String
    NotInstalled = Chinese("27809 26377 25214 21040 32489 25928 33258 35780 24037 20855 30340 31243 24207 12290 35831 37325 " & _
        "26032 36816 34892 23433 35013 31243 24207 65292 20173 19981 34892 26102 35831 25226 36825 21477 " & _
        "35805 21578 35785 32500 25252 20154 21592 12290")
End Function

Public Function DidNotStart() As String
    DidNotStart = Chinese("32489 25928 33258 35780 24037 20855 27809 26377 21551 21160 65292 25110 20013 36884 20572 27490 " & _
        "20102 65292 35831 26680 23545 34920 26684 21518 20877 20445 23384 12290 35831 37325 26032 36816 " & _
        "34892 23433 35013 31243 24207 65292 20173 19981 34892 26102 35831 25226 19979 38754 30340 26085 " & _
        "24535 21457 32473 32500 25252 20154 21592 65306")
End Function

Private Function Chinese(ByVal codes As String) As String
    Dim code As Variant
    For Each code In Split(codes, " ")
        Chinese = Chinese & ChrW(CLng(code))
    Next
End Function
