Attribute VB_Name = "WarmapConnect"
' Reconnect functions: whatever form a call was stored in by another program, it becomes WARMAP.NAME again.
Option Explicit
Option Private Module

Private Const PREFIX As String = "WARMAP."
Private Const BARE As String = "WARMAP_"                ' of the functions in the module WarmapNames
Private Const MARK As String = "warmap war map"
Private Const HELP_SHEET As String = "_IntelliSense_"   ' names every function in its first column, below a header

' Rewrite the calls of a workbook; where the plain form reaches nothing, by bare names, and at last by a link to the add-in.
Public Sub WarmapReconnect(ByVal book As Workbook)
    Dim form As Variant
    For Each form In StoredForms(book)
        Rewrite book, CStr(form) & PREFIX, PREFIX
        Rewrite book, CStr(form), PREFIX
    Next form
    If WarmapIsLive(book) Then Exit Sub
    Rewrite book, PREFIX, PREFIX    ' entering a formula again binds its names again
    Application.Calculate
    If WarmapIsLive(book) Then Exit Sub
    Rewrite book, PREFIX, BARE      ' where Excel does not find a function by its module, it may find one of that name
    Application.Calculate
    If WarmapIsLive(book) Then Exit Sub
    Rewrite book, BARE, IIf(ThisWorkbook.IsAddin, WarmapMacro(""), PREFIX)
    Application.Calculate
End Sub

' Whether the functions answer in this workbook: its own mark says so.
Public Function WarmapIsLive(ByVal book As Workbook) As Boolean
    On Error Resume Next
    WarmapIsLive = (book.Names("wm_live").RefersToRange.Value = 1)
End Function

Public Function WarmapIsWarMap(ByVal book As Workbook) As Boolean
    If book Is Nothing Then Exit Function
    On Error Resume Next
    WarmapIsWarMap = (book.Names("wm_mark").RefersToRange.Value = MARK)
End Function

' Whether a workbook is a macro workbook of ours, which has the functions inside.
Public Function WarmapHasFunctions(ByVal book As Workbook) As Boolean
    On Error Resume Next
    WarmapHasFunctions = book.HasVBProject And Not book.Names("wm_words") Is Nothing
End Function

' The forms in which programs store a call: Office.js, an XLL, and a link to warmap.xlam wherever it lay.
Private Function StoredForms(ByVal book As Workbook) As Collection
    Dim forms As New Collection, links As Variant, i As Long, name As String
    Set StoredForms = forms
    forms.Add "_xldudf_WARMAP_"
    forms.Add "_xll."
    forms.Add "_xludf."
    forms.Add BARE
    links = book.LinkSources(1)
    If IsEmpty(links) Then Exit Function
    For i = LBound(links) To UBound(links)
        name = FileName(CStr(links(i)))
        If LCase$(name) Like "warmap*.xla" Or LCase$(name) Like "warmap*.xlam" Then
            forms.Add "'" & Replace(CStr(links(i)), "'", "''") & "'!"
            forms.Add "'" & Replace(name, "'", "''") & "'!"
            forms.Add name & "!"
        End If
    Next i
End Function

Private Function FileName(ByVal path As String) As String
    path = Replace(path, "/", "\")
    FileName = Mid$(path, InStrRev(path, "\") + 1)
End Function

' Put calls of our functions into another form, in all formulas of a workbook; functions of others keep theirs.
Private Sub Rewrite(ByVal book As Workbook, ByVal old As String, ByVal fresh As String)
    Dim sheet As Worksheet, found As Range
    For Each sheet In book.Worksheets
        Set found = Nothing
        On Error Resume Next
        Set found = sheet.UsedRange.Find(What:=Sought(old), LookIn:=xlFormulas, LookAt:=xlPart, MatchCase:=False)
        On Error GoTo 0
        If Not found Is Nothing Then RewriteSheet sheet, old, fresh
    Next sheet
End Sub

' Range.Replace also takes array formulas of more than 255 characters.
Private Sub RewriteSheet(ByVal sheet As Worksheet, ByVal old As String, ByVal fresh As String)
    Dim formulas As Range, wasLocked As Boolean, help As Worksheet, row As Long, name As String
    wasLocked = sheet.ProtectContents
    On Error GoTo done      ' no formulas, or a password that is not ours: the sheet stays as it is
    If wasLocked Then WarmapUnlock sheet
    Set formulas = sheet.UsedRange.SpecialCells(xlCellTypeFormulas)
    Set help = ThisWorkbook.Worksheets(HELP_SHEET)
    row = 2
    Do While help.Cells(row, 1).Value <> ""
        name = Mid$(help.Cells(row, 1).Value, Len(PREFIX) + 1) & "("
        formulas.Replace What:=Sought(old & name), Replacement:=fresh & name, LookAt:=xlPart, MatchCase:=False
        row = row + 1
    Loop
done:
    If wasLocked And Not sheet.ProtectContents Then WarmapLock sheet
End Sub

' A tilde stands before a character that Find would take for a placeholder.
Private Function Sought(ByVal text As String) As String
    Sought = Replace(text, "~", "~~")
End Function
