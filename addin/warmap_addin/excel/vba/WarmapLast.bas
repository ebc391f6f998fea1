Attribute VB_Name = "WarmapLast"
' The results on the hidden sheet _last, which a program without the functions shows: written when a live workbook is saved.
Option Explicit
Option Private Module

Private Const LAST As String = "_last!"
Private Const DAY As String = "wm_computed_on"

' Not under AutoSave: it saves all the time, and each writing empties Excel's list of steps to undo. So does it here, so
' only what differs is written.
Public Sub WarmapKeepLast(ByVal book As Workbook)
    Dim one As Name, wasDrawn As Boolean, hadEvents As Boolean, hasChanged As Boolean
    If Not WarmapIsWarMap(book) Or Not WarmapIsLive(book) Then Exit Sub
    If Not WarmapAnswers() Or IsAutoSaved(book) Then Exit Sub
    wasDrawn = Application.ScreenUpdating
    hadEvents = Application.EnableEvents
    On Error GoTo done
    Application.ScreenUpdating = False
    Application.EnableEvents = False
    For Each one In book.Names
        If Left$(one.Name, 3) = "wm_" Then
            If KeepBlock(book, one) Then hasChanged = True
        End If
    Next one
    If hasChanged Then book.Names(DAY).RefersToRange.Value = "'" & Format$(Date, "yyyy-mm-dd")
done:
    Application.ScreenUpdating = wasDrawn
    Application.EnableEvents = hadEvents
End Sub

' The cells behind one name, where their formula says which cells of _last are theirs. True where something was written.
Private Function KeepBlock(ByVal book As Workbook, ByVal named As Name) As Boolean
    Dim formula As String, at As Long, home As Range, shown As Variant, kept As Variant
    On Error GoTo done      ' a name of something else, an error value, a protected sheet: what was kept stays
    formula = named.RefersToRange.Cells(1, 1).Formula
    at = InStr(formula, LAST)
    If at = 0 Or InStr(formula, "VERSION()") = 0 Then Exit Function
    formula = Mid$(formula, at + Len(LAST))
    Set home = book.Worksheets(Left$(LAST, Len(LAST) - 1)).Range(Left$(formula, InStr(formula, "=") - 1))
    shown = AsRows(named.RefersToRange.Value2)
    kept = AsRows(home.Value2)
    If Not Differ(shown, kept) Then Exit Function
    home.Value2 = shown
    KeepBlock = True
done:
End Function

' Values as rows, also of a single cell; texts as typed so that Excel takes them for texts.
Private Function AsRows(ByVal given As Variant) As Variant
    Dim row As Long, column As Long
    If Not IsArray(given) Then
        Dim one(1 To 1, 1 To 1) As Variant
        one(1, 1) = given
        given = one
    End If
    For row = LBound(given, 1) To UBound(given, 1)
        For column = LBound(given, 2) To UBound(given, 2)
            If IsError(given(row, column)) Then Err.Raise 13
            If VarType(given(row, column)) = vbString Then
                If given(row, column) = "" Then
                    given(row, column) = Empty
                Else
                    given(row, column) = "'" & given(row, column)
                End If
            End If
        Next column
    Next row
    AsRows = given
End Function

Private Function Differ(ByVal shown As Variant, ByVal kept As Variant) As Boolean
    Dim row As Long, column As Long
    Differ = True
    For row = LBound(shown, 1) To UBound(shown, 1)
        For column = LBound(shown, 2) To UBound(shown, 2)
            If VarType(shown(row, column)) <> VarType(kept(row, column)) Then Exit Function
            If shown(row, column) <> kept(row, column) Then Exit Function
        Next column
    Next row
    Differ = False
End Function

' Excel before 2016 has no AutoSave, and no property of that name.
Private Function IsAutoSaved(ByVal book As Object) As Boolean
    On Error Resume Next
    IsAutoSaved = book.AutoSaveOn
End Function
