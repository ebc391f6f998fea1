Attribute VB_Name = "WarmapRibbon"
' The callbacks of the ribbon; what each button says and does stands on the sheet _warmap_words under its tag.
Option Explicit

Private Const WORDS_SHEET As String = "_warmap_words"
Private Const POINTER As String = "F1"  ' the cell that keeps the ribbon over a reset of VBA, which empties all variables

Private mRibbon As IRibbonUI
Private mEvents As WarmapEvents
Private mBack As Collection     ' the cells that buttons led away from

' Called when the add-in opens, and by every button: events are lost when VBA is reset.
Public Sub WarmapWatch()
    If Not mEvents Is Nothing Then Exit Sub
    Set mEvents = New WarmapEvents
    Set mEvents.Host = Application
    Application.OnKey "^+w", WarmapMacro("WarmapWeekly")
End Sub

Public Sub WarmapRefreshRibbon()
    On Error GoTo done
    If mRibbon Is Nothing Then Set mRibbon = BridgeObject(ThisWorkbook.Worksheets(WORDS_SHEET).Range(POINTER).Value)
    mRibbon.Invalidate
done:
End Sub

Public Sub WarmapRibbonLoaded(ribbon As IRibbonUI)
    Dim wasSaved As Boolean
    On Error GoTo done
    Set mRibbon = ribbon
    wasSaved = ThisWorkbook.Saved
    ThisWorkbook.Worksheets(WORDS_SHEET).Range(POINTER).Value = "'" & BridgePointer(ribbon)
    ThisWorkbook.Saved = wasSaved
    WarmapWatch
done:
End Sub

Public Sub WarmapRibbonLabel(control As IRibbonControl, ByRef returnedVal)
    On Error GoTo done
    returnedVal = " "
    If control.Tag <> "status" Then
        returnedVal = WarmapSay("ribbon." & control.Tag & ".label")
    ElseIf WarmapIsWarMap(ActiveWorkbook) Then
        returnedVal = WarmapSay(IIf(WarmapAnswers() And WarmapIsLive(ActiveWorkbook), "status_live", "status_last"))
    End If
done:
End Sub

Public Sub WarmapRibbonTip(control As IRibbonControl, ByRef returnedVal)
    On Error GoTo done
    returnedVal = WarmapSay("ribbon." & control.Tag & ".tip")
done:
End Sub

Public Sub WarmapRibbonEnabled(control As IRibbonControl, ByRef returnedVal)
    On Error GoTo done
    returnedVal = False
    Select Case WarmapSay("ribbon." & control.Tag & ".when")
        Case "always"
            returnedVal = True
        Case "book"
            returnedVal = Not ActiveWorkbook Is Nothing
        Case Else
            returnedVal = WarmapIsWarMap(ActiveWorkbook)
    End Select
done:
End Sub

Public Sub WarmapRibbonPressed(control As IRibbonControl)
    Press control.Tag
End Sub

' For the keyboard.
Public Sub WarmapWeekly()
    Press "weekly_update"
End Sub

Private Sub Press(ByVal tag As String)
    On Error GoTo failed
    WarmapWatch
    Select Case tag
        Case "back"
            GoBack
        Case "reconnect"
            ReconnectFunctions
        Case "restart_python"
            RestartPython
        Case "show_log", "about"
            If WarmapConnected() Then
                RunMacro tag
            Else
                WarmapTell WarmapSay("without_python", BUILT_VERSION, WarmapFault())
            End If
        Case Else
            RunMacro tag
    End Select
    WarmapRefreshRibbon
    Exit Sub
failed:
    WarmapTell WarmapSay("macro_failed", Err.Description)
End Sub

' Run the macro of a button, and keep the cell that it leads away from.
Private Sub RunMacro(ByVal tag As String)
    Dim here As Range
    Set here = Application.ActiveCell
    WarmapRun WarmapSay("ribbon." & tag & ".macro")
    If here Is Nothing Or Application.ActiveCell Is Nothing Then Exit Sub
    If here.Address(External:=True) = Application.ActiveCell.Address(External:=True) Then Exit Sub
    If mBack Is Nothing Then Set mBack = New Collection
    mBack.Add here
End Sub

Private Sub GoBack()
    Dim there As Range
    If mBack Is Nothing Then Set mBack = New Collection
    If mBack.Count = 0 Then
        WarmapTell WarmapSay("nowhere_back")
        Exit Sub
    End If
    Set there = mBack(mBack.Count)
    mBack.Remove mBack.Count
    Application.Goto Reference:=there
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
