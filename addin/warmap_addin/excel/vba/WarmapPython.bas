Attribute VB_Name = "WarmapPython"
' From a cell or a button to Python, and what to say when that fails.
' Which Python is written in the user's own profile (%LOCALAPPDATA%\warmap). Nothing that lies beside a workbook is run:
' Python starts isolated (-I), so neither the current folder nor PYTHONPATH count.
Option Explicit
Option Private Module

Public Const XLWINGS_VERSION As String = "@XLWINGS@"
Public Const BUILT_VERSION As String = "@WARMAP@"
Private Const FUNCTIONS_MODULE As String = "warmap_udfs.excel"
Private Const MACROS_MODULE As String = "warmap_addin.macros"
Private Const NO_PYTHON As Long = vbObjectError + 513
Private Const MOST_REMEMBERED As Long = 200
Private Const MOST_ATTEMPTS As Long = 2000  ' while Excel is busy; xlwings would try for ever, without a pause

Private mCommand As String      ' how Python is started; empty: not looked for yet
Private mStarts As Long         ' a Python that ended must not be looked for under the same command
Private mIsBounded As Boolean   ' whether this Python knows MOST_ATTEMPTS
Private mVersion As String      ' of the functions, since they answered
Private mFault As String        ' why there is no Python; it is not tried again until somebody asks for that
Private mFaultCode As String    ' the same as a code of the words sheet
Private mWords As Collection    ' the words behind error values, by the cell's address

' The value of one worksheet function: an error value in place of an error, its words are kept for WARMAP.WHY.
' VERSION is what every formula asks for first (whether there are functions at all): once known, Python is not asked again.
Public Function WarmapCall(ByVal name As String, ByVal given As Variant) As Variant
    Dim i As Long, isCell As Boolean, found As Variant, handed As Variant
    On Error GoTo failed
    If name = "VERSION" And mVersion <> "" Then
        WarmapCall = mVersion
        Exit Function
    End If
    handed = given
    For i = LBound(given) To UBound(given)
        isCell = (name = "WHY" And i = LBound(given))
        If TypeName(given(i)) = "Range" And Not isCell Then handed(i) = ValuesOf(given(i))
    Next i
    found = Server().CallUDF(FUNCTIONS_MODULE, name, (handed))
    If VarType(found) = vbString Then
        If Left$(found, 1) = ChrW$(1) Then
            WarmapCall = ErrorValue(Mid$(found, 2))
            Exit Function
        End If
        If name = "VERSION" Then mVersion = found
    End If
    WarmapCall = found
    If Not mWords Is Nothing Then Forget CallerAddress()
    Exit Function
failed:
    WarmapNote Err.Description, CallerAddress()
    WarmapCall = CVErr(2015)
End Function

' The values of a range: a Range would cross COM property by property, so only the cell that WHY explains does.
' Days as numbers, as in a file, but not where a workbook counts them from 1904.
Private Function ValuesOf(ByVal area As Range) As Variant
    If area.Worksheet.Parent.Date1904 Then
        ValuesOf = area.Value
    Else
        ValuesOf = area.Value2
    End If
End Function

' Run a macro of warmap_addin.macros on the active workbook and show what it says. Python shows nothing itself: while it
' waited for an answer, Excel would complain that it waits for another program. Before the mark stands what is to follow:
' "undo" where the macro can be taken back, or the macro that the user is asked about.
Public Sub WarmapRun(ByVal name As String)
    Dim python As Object, words As String, at As Long, after As String
    On Error GoTo failed
    Set python = Server()
    python.SetAttr python.Module("xlwings._xlwindows"), "BOOK_CALLER", ActiveWorkbook
    words = python.Var(python.Call(python.Module(MACROS_MODULE), name))
    at = InStr(words, ChrW$(1))
    If at > 0 Then after = Left$(words, at - 1)
    words = Mid$(words, at + 1)
    If after = "undo" Then
        Application.OnUndo WarmapSay("undo"), WarmapMacro("WarmapUndo")
    ElseIf after <> "" Then
        If WarmapAsk(words) Then WarmapRun after
        Exit Sub
    End If
    If words <> "" Then WarmapTell words
    Exit Sub
failed:
    words = Err.Description     ' the next On Error clears it
    WarmapNote words, ""
    If mFault = "" Then words = WarmapSay("macro_failed", WarmapOneLine(words))
    WarmapTell words
End Sub

' Whether Python answers; it is started where it does not run yet.
Public Function WarmapConnected() As Boolean
    On Error GoTo failed
    WarmapConnected = Not (Server() Is Nothing)
    Exit Function
failed:
    WarmapNote Err.Description, ""
End Function

' Whether the functions have answered in this session, whatever a workbook says that was stored.
Public Function WarmapAnswers() As Boolean
    WarmapAnswers = (mVersion <> "")
End Function

' Why there is no Python, in words; empty where nothing is known to be wrong.
Public Function WarmapFault() As String
    WarmapFault = mFault
End Function

' Whether this computer never had the add-in installed: somebody who only reads the workbook.
Public Function WarmapNotInstalled() As Boolean
    WarmapNotInstalled = (mFaultCode = "not_installed")
End Function

' Look for Python anew at the next call.
Public Sub WarmapTryAgain()
    mFault = ""
    mFaultCode = ""
    mCommand = ""
    mVersion = ""
    WarmapReadSettings
End Sub

' End Python; the next call starts it anew.
Public Sub WarmapStopPython()
    On Error GoTo failed
    If mCommand <> "" Then BridgeStop mCommand
    WarmapTryAgain
    Exit Sub
failed:
    WarmapNote Err.Description, ""
    WarmapTryAgain
End Sub

' The words behind the error value in a cell, as far as VBA knows them: what WARMAP.WHY says without Python.
Public Function WarmapWhy(ByVal cell As Variant) As String
    On Error Resume Next
    If Not mWords Is Nothing Then WarmapWhy = mWords(cell.Address(External:=True))
    On Error GoTo 0
    If WarmapWhy = "" Then WarmapWhy = mFault
    If WarmapWhy = "" Then WarmapWhy = WarmapSay("nothing_known")
End Function

' Keep the words for a cell (an address, or empty) and write them into the log.
Public Sub WarmapNote(ByVal words As String, ByVal address As String)
    If mWords Is Nothing Then Set mWords = New Collection
    Forget address
    If address <> "" Then mWords.Add words, address
    If mWords.Count > MOST_REMEMBERED Then mWords.Remove 1
    WarmapLog words
End Sub

Private Sub Forget(ByVal address As String)
    If mWords Is Nothing Or address = "" Then Exit Sub
    On Error Resume Next
    mWords.Remove address
End Sub

Private Function Server() As Object
    Dim words As String
    If mFault <> "" Then Err.Raise NO_PYTHON, "WARMAP", mFault
    If mCommand = "" Then Prepare
    On Error GoTo failed
    Set Server = BridgeServer(mCommand)
    If Not mIsBounded Then Server.SetAttr Server.Module("xlwings._xlwindows"), "N_COM_ATTEMPTS", MOST_ATTEMPTS
    mIsBounded = True
    Exit Function
failed:
    words = Err.Description
    WarmapNote words, ""
    Fail "python_stopped", WarmapOneLine(words)
End Function

' Find Python and xlwings' DLL; a fault in words where one of them is not right.
Private Sub Prepare()
    Dim program As String
    #If Mac Then
        Fail "mac"
    #End If
    program = WarmapSetting("python")
    If program = "" Then Fail "not_installed"
    If Not WarmapFileExists(program) Then Fail "python_missing", program
    If WarmapSetting("xlwings") <> "" And WarmapSetting("xlwings") <> XLWINGS_VERSION Then
        Fail "xlwings_version", WarmapSetting("xlwings"), XLWINGS_VERSION
    End If
    LoadDll WarmapFolder(program)
    mStarts = mStarts + 1
    mIsBounded = False
    mCommand = """" & WarmapPlainPath(program) & """ -I -B -c ""import xlwings; xlwings.serve('$(CLSID)') #" & mStarts & """"
End Sub

' The DLL lies beside python.exe, or in a virtual environment one folder above it.
Private Sub LoadDll(ByVal folder As String)
    Dim path As String, fault As Long
    path = folder & "\" & BridgeDll()
    If Not WarmapFileExists(path) Then path = WarmapFolder(folder) & "\" & BridgeDll()
    If Not WarmapFileExists(path) Then Fail "dll_missing", BridgeDll(), WarmapFolder(folder)
    fault = BridgeLoad(path)
    If fault <> 0 Then Fail "dll_refused", path, CStr(fault)
End Sub

Private Sub Fail(ByVal code As String, Optional ByVal first As String = "", Optional ByVal second As String = "")
    mFaultCode = code
    mVersion = ""
    mFault = WarmapSay(code, first, second)
    Err.Raise NO_PYTHON, "WARMAP", mFault
End Sub

' A wrong input comes as text, `#VALUE! words` behind a mark: of an exception the DLL keeps neither its first line nor its
' letters.
Private Function ErrorValue(ByVal words As String) As Variant
    If Left$(words, 5) = "#N/A " Then
        ErrorValue = CVErr(2042)
    ElseIf Left$(words, 7) = "#NAME? " Then
        ErrorValue = CVErr(2029)
    Else
        ErrorValue = CVErr(2015)
    End If
    WarmapNote Mid$(words, InStr(words, " ") + 1), CallerAddress()
End Function

Private Function CallerAddress() As String
    If TypeName(Application.Caller) = "Range" Then CallerAddress = Application.Caller.Cells(1, 1).Address(External:=True)
End Function

' The line of what the DLL says that says most: its first, for it turns a traceback round. Without the name of the error.
Public Function WarmapOneLine(ByVal words As String) As String
    Dim at As Long
    WarmapOneLine = Split(Replace(words, vbCr, "") & vbLf, vbLf)(0)
    at = InStr(WarmapOneLine, "Error: ")
    If at > 0 And InStr(WarmapOneLine, " ") > at Then WarmapOneLine = Mid$(WarmapOneLine, at + Len("Error: "))
End Function
