Attribute VB_Name = "WarmapStart"
' What happens when the workbook or the add-in opens: help texts, a warm-up, and one clear message if something is wrong.
Option Explicit

Private Const HELP_SHEET As String = "_IntelliSense_"
Private Const PREFIX As String = "WARMAP."

' Called when a macro workbook has opened, or the first war map after the add-in.
Public Sub WarmapWarmUp()
    Dim found As Variant
    On Error GoTo done
    If Not ThisWorkbook.IsAddin Then WarmapDescribe
    If Not WarmapConnected() Then
        Application.StatusBar = WarmapFault()
        If Not WarmapNotInstalled() Then WarmapTell WarmapFault()
        Exit Sub
    End If
    Application.StatusBar = False
    found = WarmapCall("VERSION", Array())
    If IsError(found) Then
        WarmapTell WarmapSay("functions_missing", WarmapOneLine(WarmapLatest()))
    ElseIf IsOlder(CStr(found), BUILT_VERSION) Then
        WarmapTell WarmapSay("functions_older", CStr(found), BUILT_VERSION)
    End If
    If Not ThisWorkbook.IsAddin Then BringAlive ThisWorkbook
done:
End Sub

' For the list of macros (Alt+F8) and for the button.
Public Sub ReconnectFunctions()
    If ActiveWorkbook Is Nothing Then Exit Sub
    On Error GoTo failed
    WarmapTryAgain
    If Not WarmapConnected() Then
        WarmapTell WarmapFault()
        Exit Sub
    End If
    WarmapReconnect ActiveWorkbook
    WarmapTell WarmapSay(IIf(WarmapIsLive(ActiveWorkbook), "reconnected", "not_reconnected"))
    Exit Sub
failed:
    WarmapTell WarmapSay("macro_failed", Err.Description)
End Sub

' For Excel's own Undo, after a macro that can be taken back.
Public Sub WarmapUndo()
    WarmapRun "undo"
End Sub

' Every result is renewed through wm_live once a session, for what is stored may come from any program.
' A workbook that was only looked at is not asked to be saved.
Public Sub BringAlive(ByVal book As Workbook)
    Dim wasSaved As Boolean
    If Not WarmapIsWarMap(book) Then Exit Sub
    wasSaved = book.Saved
    book.Names("wm_live").RefersToRange.Dirty
    Application.Calculate
    If Not WarmapIsLive(book) Then WarmapReconnect book
    book.Saved = wasSaved
End Sub

' Texts of the function wizard and of help while typing, in the user's language.
Public Sub WarmapDescribe()
    Dim help As Worksheet, row As Long, column As Long, name As String, words() As Variant, count As Long
    Dim wasSaved As Boolean
    Set help = ThisWorkbook.Worksheets(HELP_SHEET)
    wasSaved = ThisWorkbook.Saved
    On Error Resume Next    ' Excel may refuse this for an add-in; the functions work without it
    row = 2
    Do While help.Cells(row, 1).Value <> ""
        name = Mid$(help.Cells(row, 1).Value, Len(PREFIX) + 1)
        PutWords help.Cells(row, 2), "function." & name
        count = 0
        Do While help.Cells(row, 4 + 2 * count).Value <> ""
            column = 4 + 2 * count
            PutWords help.Cells(row, column + 1), "function." & name & "." & help.Cells(row, column).Value
            ReDim Preserve words(0 To count)
            words(count) = help.Cells(row, column + 1).Value
            count = count + 1
        Loop
        Describe name, help.Cells(row, 2).Value, words, count
        row = row + 1
    Loop
    ThisWorkbook.Saved = wasSaved   ' for each of these texts counts as a change
End Sub

' ArgumentDescriptions came with Excel 2010 and not to every Mac: bound late, its absence is no fault of compiling.
Private Sub Describe(ByVal name As String, ByVal words As String, ByRef arguments() As Variant, ByVal count As Long)
    Dim host As Object
    Set host = Application
    On Error Resume Next
    #If Mac Then
        host.MacroOptions Macro:=WarmapMacro(name), Description:=words, Category:="WARMAP"
    #Else
        If count = 0 Then
            host.MacroOptions Macro:=WarmapMacro(name), Description:=words, Category:="WARMAP"
        Else
            host.MacroOptions Macro:=WarmapMacro(name), Description:=words, Category:="WARMAP", _
                ArgumentDescriptions:=arguments
        End If
    #End If
End Sub

Private Sub PutWords(ByVal cell As Range, ByVal code As String)
    Dim words As String
    words = WarmapSay(code)
    If cell.Value <> words Then cell.Value = words
End Sub

' Whether a version such as 0.9.2 is older than another.
Private Function IsOlder(ByVal found As String, ByVal wanted As String) As Boolean
    Dim a() As String, b() As String, i As Long
    a = Split(found, ".")
    b = Split(wanted, ".")
    For i = 0 To IIf(UBound(a) < UBound(b), UBound(a), UBound(b))
        If Val(a(i)) <> Val(b(i)) Then
            IsOlder = Val(a(i)) < Val(b(i))
            Exit Function
        End If
    Next i
    IsOlder = UBound(a) < UBound(b)
End Function
