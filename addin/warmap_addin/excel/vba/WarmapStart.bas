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
        WarmapTell WarmapSay("functions_missing", WarmapLatest())
    ElseIf IsOlder(CStr(found), WARMAP_VERSION) Then
        WarmapTell WarmapSay("functions_older", CStr(found), WARMAP_VERSION)
    End If
    If Not ThisWorkbook.IsAddin Then BringAlive ThisWorkbook
done:
End Sub

' For the list of macros (Alt+F8) and for the button.
Public Sub ReconnectFunctions()
    If ActiveWorkbook Is Nothing Then Exit Sub
    WarmapTryAgain
    If Not WarmapConnected() Then
        WarmapTell WarmapFault()
        Exit Sub
    End If
    WarmapReconnect ActiveWorkbook
    WarmapTell WarmapSay(IIf(WarmapIsLive(ActiveWorkbook), "reconnected", "not_reconnected"))
End Sub

' Stored results become live ones; a workbook that was only looked at is not asked to be saved.
Public Sub BringAlive(ByVal book As Workbook)
    Dim wasSaved As Boolean
    If Not WarmapIsWarMap(book) Or WarmapIsLive(book) Then Exit Sub
    wasSaved = book.Saved
    book.Names("wm_live").RefersToRange.Dirty
    Application.Calculate
    If Not WarmapIsLive(book) Then WarmapReconnect book
    book.Saved = wasSaved
End Sub

' Texts of the function wizard and of help while typing, in the user's language.
Public Sub WarmapDescribe()
    Dim help As Worksheet, row As Long, column As Long, name As String, words() As Variant, count As Long
    Set help = ThisWorkbook.Worksheets(HELP_SHEET)
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
        If count = 0 Then
            Application.MacroOptions Macro:=MacroName(name), Description:=help.Cells(row, 2).Value, Category:="WARMAP"
        Else
            Application.MacroOptions Macro:=MacroName(name), Description:=help.Cells(row, 2).Value, Category:="WARMAP", _
                ArgumentDescriptions:=words
        End If
        row = row + 1
    Loop
End Sub

Private Function MacroName(ByVal name As String) As String
    MacroName = "'" & Replace(ThisWorkbook.Name, "'", "''") & "'!" & name
End Function

Private Sub PutWords(ByVal cell As Range, ByVal code As String)
    Dim words As String, wasSaved As Boolean
    words = WarmapSay(code)
    wasSaved = ThisWorkbook.Saved
    If cell.Value <> words Then cell.Value = words
    ThisWorkbook.Saved = wasSaved
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
