Attribute VB_Name = "WarmapWords"
' What is said, in the user's language: the words stand on the very hidden sheet _warmap_words (code, Chinese, English), for
' VBA keeps its own text in the code page of one computer.
Option Explicit
Option Private Module

Private Const WORDS_SHEET As String = "_warmap_words"
Private Const CHINESE As Long = 4   ' the primary language of Windows' language numbers

Private mCells As Variant       ' the sheet's cells, read once
Private mRows As Collection     ' the row of each code

' The words for a code, {1} and {2} filled; the code itself where there are none.
Public Function WarmapSay(ByVal code As String, Optional ByVal first As String = "", _
        Optional ByVal second As String = "") As String
    Dim row As Long
    If mRows Is Nothing Then ReadWords
    On Error Resume Next
    row = mRows(code)
    On Error GoTo 0
    WarmapSay = code
    If row = 0 Then Exit Function
    WarmapSay = Replace(Replace(mCells(row, IIf(WarmapLanguage() = "zh", 2, 3)), "{1}", first), "{2}", second)
End Function

Private Sub ReadWords()
    Dim row As Long
    mCells = ThisWorkbook.Worksheets(WORDS_SHEET).Range("wm_words").Value
    Set mRows = New Collection
    For row = LBound(mCells, 1) To UBound(mCells, 1)
        mRows.Add row, CStr(mCells(row, 1))
    Next row
End Sub

' zh or en: as set in warmap.conf, else the workbook's own, else that of Excel's menus.
Public Function WarmapLanguage() As String
    Dim menus As Object
    WarmapLanguage = WarmapSetting("language")
    If WarmapLanguage = "zh" Or WarmapLanguage = "en" Then Exit Function
    On Error Resume Next
    WarmapLanguage = ThisWorkbook.Names("wm_language").RefersToRange.Value
    If WarmapLanguage = "zh" Or WarmapLanguage = "en" Then Exit Function
    WarmapLanguage = "en"
    Set menus = Application.LanguageSettings
    If (menus.LanguageID(2) And 1023) = CHINESE Then WarmapLanguage = "zh"
End Function

' A message; where nobody sits before this Excel it goes to the log only.
Public Sub WarmapTell(ByVal words As String)
    WarmapLog words
    If Application.Visible And Application.UserControl Then BridgeMessage words, WarmapSay("title")
End Sub

' A question; no where nobody sits before this Excel.
Public Function WarmapAsk(ByVal words As String) As Boolean
    If Application.Visible And Application.UserControl Then WarmapAsk = BridgeAsk(words, WarmapSay("title"))
End Function

' A macro of ours as Excel wants it named.
Public Function WarmapMacro(ByVal name As String) As String
    WarmapMacro = "'" & Replace(ThisWorkbook.Name, "'", "''") & "'!" & name
End Function
