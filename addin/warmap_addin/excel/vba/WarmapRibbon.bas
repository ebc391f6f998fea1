Attribute VB_Name = "WarmapRibbon"
' The callbacks of the ribbon; what each button says and does stands on the sheet _warmap_words under its tag.
Option Explicit

Private mRibbon As IRibbonUI
Private mEvents As WarmapEvents

' Called when the add-in opens, and by every button: events are lost when VBA is reset.
Public Sub WarmapWatch()
    If Not mEvents Is Nothing Then Exit Sub
    Set mEvents = New WarmapEvents
    Set mEvents.Host = Application
End Sub

Public Sub WarmapRefreshRibbon()
    If Not mRibbon Is Nothing Then mRibbon.Invalidate
End Sub

Public Sub WarmapRibbonLoaded(ribbon As IRibbonUI)
    Set mRibbon = ribbon
    WarmapWatch
End Sub

Public Sub WarmapRibbonLabel(control As IRibbonControl, ByRef returnedVal)
    returnedVal = WarmapSay("ribbon." & control.Tag & ".label")
End Sub

Public Sub WarmapRibbonScreentip(control As IRibbonControl, ByRef returnedVal)
    returnedVal = WarmapSay("ribbon." & control.Tag & ".screentip")
End Sub

Public Sub WarmapRibbonEnabled(control As IRibbonControl, ByRef returnedVal)
    Select Case WarmapSay("ribbon." & control.Tag & ".when")
        Case "always"
            returnedVal = True
        Case "book"
            returnedVal = Not ActiveWorkbook Is Nothing
        Case Else
            returnedVal = WarmapIsWarMap(ActiveWorkbook)
    End Select
End Sub

Public Sub WarmapRibbonPressed(control As IRibbonControl)
    WarmapWatch
    Select Case control.Tag
        Case "reconnect"
            ReconnectFunctions
        Case "restart_python"
            RestartPython
        Case "show_log", "about"
            If WarmapConnected() Then
                WarmapRun WarmapSay("ribbon." & control.Tag & ".macro")
            Else
                WarmapTell WarmapSay("without_python", WARMAP_VERSION, WarmapFault())
            End If
        Case Else
            WarmapRun WarmapSay("ribbon." & control.Tag & ".macro")
    End Select
    WarmapRefreshRibbon
End Sub

Private Sub RestartPython()
    WarmapStopPython
    If WarmapConnected() Then
        Application.CalculateFull
        WarmapTell WarmapSay("restarted")
    Else
        WarmapTell WarmapFault()
    End If
End Sub
