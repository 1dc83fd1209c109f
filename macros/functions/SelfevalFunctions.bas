Attribute VB_Name = "SelfevalFunctions"
' Written by the generator of xlwings; see SelfevalServer for what starts Python.
#Const App = "Microsoft Excel"
Function SE_COMPLETION(target, actual, Optional method, Optional indicator, Optional level, Optional scheme)
    If (Not Application.CommandBars("Standard").Controls(1).Enabled) Then Exit Function
    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        SE_COMPLETION = XLPy.CallUDF("toolkit.functions.udfs", "SE_COMPLETION", Array(target, actual, method, indicator, level, scheme), ActiveWorkbook, Application.Caller)
        Exit Function
    #Else
        SE_COMPLETION = XLPy.CallUDF("toolkit.functions.udfs", "SE_COMPLETION", Array(target, actual, method, indicator, level, scheme))
        Exit Function
    #End If
failed:
    SE_COMPLETION = CVErr(xlErrNA)
End Function

Function SE_DEDUCTION(weight, score)
    If (Not Application.CommandBars("Standard").Controls(1).Enabled) Then Exit Function
    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        SE_DEDUCTION = XLPy.CallUDF("toolkit.functions.udfs", "SE_DEDUCTION", Array(weight, score), ActiveWorkbook, Application.Caller)
        Exit Function
    #Else
        SE_DEDUCTION = XLPy.CallUDF("toolkit.functions.udfs", "SE_DEDUCTION", Array(weight, score))
        Exit Function
    #End If
failed:
    SE_DEDUCTION = CVErr(xlErrNA)
End Function

Function SE_EXPLAIN(target, actual, weight, Optional method, Optional indicator, Optional level, Optional scheme)
    If (Not Application.CommandBars("Standard").Controls(1).Enabled) Then Exit Function
    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        SE_EXPLAIN = XLPy.CallUDF("toolkit.functions.udfs", "SE_EXPLAIN", Array(target, actual, weight, method, indicator, level, scheme), ActiveWorkbook, Application.Caller)
        Exit Function
    #Else
        SE_EXPLAIN = XLPy.CallUDF("toolkit.functions.udfs", "SE_EXPLAIN", Array(target, actual, weight, method, indicator, level, scheme))
        Exit Function
    #End If
failed:
    SE_EXPLAIN = CVErr(xlErrNA)
End Function

Function SE_FINDINGS(form, Optional most, Optional scheme)
    If (Not Application.CommandBars("Standard").Controls(1).Enabled) Then Exit Function
    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        SE_FINDINGS = XLPy.CallUDF("toolkit.functions.udfs", "SE_FINDINGS", Array(form, most, scheme), ActiveWorkbook, Application.Caller)
        Exit Function
    #Else
        SE_FINDINGS = XLPy.CallUDF("toolkit.functions.udfs", "SE_FINDINGS", Array(form, most, scheme))
        Exit Function
    #End If
failed:
    SE_FINDINGS = CVErr(xlErrNA)
End Function

Function SE_FUND_SCORE(budget, executed, weight, Optional scheme)
    If (Not Application.CommandBars("Standard").Controls(1).Enabled) Then Exit Function
    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        SE_FUND_SCORE = XLPy.CallUDF("toolkit.functions.udfs", "SE_FUND_SCORE", Array(budget, executed, weight, scheme), ActiveWorkbook, Application.Caller)
        Exit Function
    #Else
        SE_FUND_SCORE = XLPy.CallUDF("toolkit.functions.udfs", "SE_FUND_SCORE", Array(budget, executed, weight, scheme))
        Exit Function
    #End If
failed:
    SE_FUND_SCORE = CVErr(xlErrNA)
End Function

Function SE_GRADE(total, Optional scheme)
    If (Not Application.CommandBars("Standard").Controls(1).Enabled) Then Exit Function
    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        SE_GRADE = XLPy.CallUDF("toolkit.functions.udfs", "SE_GRADE", Array(total, scheme), ActiveWorkbook, Application.Caller)
        Exit Function
    #Else
        SE_GRADE = XLPy.CallUDF("toolkit.functions.udfs", "SE_GRADE", Array(total, scheme))
        Exit Function
    #End If
failed:
    SE_GRADE = CVErr(xlErrNA)
End Function

Function SE_NUMBER(text)
    If (Not Application.CommandBars("Standard").Controls(1).Enabled) Then Exit Function
    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        SE_NUMBER = XLPy.CallUDF("toolkit.functions.udfs", "SE_NUMBER", Array(text), ActiveWorkbook, Application.Caller)
        Exit Function
    #Else
        SE_NUMBER = XLPy.CallUDF("toolkit.functions.udfs", "SE_NUMBER", Array(text))
        Exit Function
    #End If
failed:
    SE_NUMBER = CVErr(xlErrNA)
End Function

Function SE_RATE(budget, executed, Optional scheme)
    If (Not Application.CommandBars("Standard").Controls(1).Enabled) Then Exit Function
    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        SE_RATE = XLPy.CallUDF("toolkit.functions.udfs", "SE_RATE", Array(budget, executed, scheme), ActiveWorkbook, Application.Caller)
        Exit Function
    #Else
        SE_RATE = XLPy.CallUDF("toolkit.functions.udfs", "SE_RATE", Array(budget, executed, scheme))
        Exit Function
    #End If
failed:
    SE_RATE = CVErr(xlErrNA)
End Function

Function SE_READ(text)
    If (Not Application.CommandBars("Standard").Controls(1).Enabled) Then Exit Function
    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        SE_READ = XLPy.CallUDF("toolkit.functions.udfs", "SE_READ", Array(text), ActiveWorkbook, Application.Caller)
        Exit Function
    #Else
        SE_READ = XLPy.CallUDF("toolkit.functions.udfs", "SE_READ", Array(text))
        Exit Function
    #End If
failed:
    SE_READ = CVErr(xlErrNA)
End Function

Function SE_SCORE(target, actual, weight, Optional method, Optional indicator, Optional level, Optional scheme)
    If (Not Application.CommandBars("Standard").Controls(1).Enabled) Then Exit Function
    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        SE_SCORE = XLPy.CallUDF("toolkit.functions.udfs", "SE_SCORE", Array(target, actual, weight, method, indicator, level, scheme), ActiveWorkbook, Application.Caller)
        Exit Function
    #Else
        SE_SCORE = XLPy.CallUDF("toolkit.functions.udfs", "SE_SCORE", Array(target, actual, weight, method, indicator, level, scheme))
        Exit Function
    #End If
failed:
    SE_SCORE = CVErr(xlErrNA)
End Function

Function SE_TOTAL(scores, Optional weights, Optional rate, Optional scheme)
    If (Not Application.CommandBars("Standard").Controls(1).Enabled) Then Exit Function
    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        SE_TOTAL = XLPy.CallUDF("toolkit.functions.udfs", "SE_TOTAL", Array(scores, weights, rate, scheme), ActiveWorkbook, Application.Caller)
        Exit Function
    #Else
        SE_TOTAL = XLPy.CallUDF("toolkit.functions.udfs", "SE_TOTAL", Array(scores, weights, rate, scheme))
        Exit Function
    #End If
failed:
    SE_TOTAL = CVErr(xlErrNA)
End Function

Function SE_UNIT(text)
    If (Not Application.CommandBars("Standard").Controls(1).Enabled) Then Exit Function
    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        SE_UNIT = XLPy.CallUDF("toolkit.functions.udfs", "SE_UNIT", Array(text), ActiveWorkbook, Application.Caller)
        Exit Function
    #Else
        SE_UNIT = XLPy.CallUDF("toolkit.functions.udfs", "SE_UNIT", Array(text))
        Exit Function
    #End If
failed:
    SE_UNIT = CVErr(xlErrNA)
End Function
