Attribute VB_Name = "SelfevalRibbon"
Option Explicit

' Every button of the ribbon carries its action as its tag.
Public Sub OnPressed(control As IRibbonControl)
    StartAction control.Tag
End Sub
