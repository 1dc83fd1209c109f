Attribute VB_Name = "SelfevalButtons"
Option Explicit

' What the buttons on a sheet press: a button names a macro without arguments.

Public Sub PressCheck()
    StartAction "check"
End Sub

Public Sub PressAdopt()
    StartAction "adopt"
End Sub

Public Sub PressReport()
    StartAction "report"
End Sub

Public Sub PressSignOff()
    StartAction "sign-off"
End Sub

Public Sub PressFinish()
    StartAction "finish"
End Sub

Public Sub PressEntry()
    StartAction "entry"
End Sub

Public Sub PressCollect()
    StartAction "collect"
End Sub

Public Sub PressCompare()
    StartAction "compare"
End Sub

Public Sub PressUndo()
    StartAction "undo"
End Sub

Public Sub PressAddRows()
    StartAction "add-rows"
End Sub

Public Sub PressDeleteRows()
    StartAction "delete-rows"
End Sub

Public Sub PressAddProject()
    StartAction "add-project"
End Sub

Public Sub PressHelp()
    StartAction "help"
End Sub
