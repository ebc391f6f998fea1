Attribute VB_Name = "WarmapPython"
' From a cell or a button to Python, and what to say when that fails.
' Which Python is written in the user's own profile (%LOCALAPPDATA%\warmap). Nothing that lies beside a workbook is run:
' Python starts isolated (-I), so neither the current folder nor PYTHONPATH count.
Option Explicit
Option Private Module

Public Const XLWINGS_VERSION As String = "@XLWINGS@"
Public Const WARMAP_VERSION As String = "@WARMAP@"
Private Const FUNCTIONS_MODULE As String = "warmap_udfs.excel"
Private Const MACROS_MODULE As String = "warmap_addin.macros"
Private Const NO_PYTHON As Long = vbObjectError + 513
Private Const MOST_REMEMBERED As Long = 200

Private mCommand As String      ' how Python is started; empty: not looked for yet
Private mFault As String        ' why there is no Python; it is not tried again until somebody asks for that
Private mFaultCode As String    ' the same as a code of the words sheet
Private mWords As Collection    ' the words behind error values, by the cell's address

' The value of one worksheet function: an error value in place of an error, its words are kept for WARMAP.WHY.
Public Function WarmapCall(ByVal name As String, ByVal given As Variant) As Variant
    On Error GoTo failed
    WarmapCall = Server().CallUDF(FUNCTIONS_MODULE, name, (given))
    If Not mWords Is Nothing Then Forget CallerAddress()
    Exit Function
failed:
    WarmapCall = ErrorValue(Err.Description)
End Function

' Run a macro of warmap_addin.macros on the active workbook. False, after a message, where it failed.
Public Function WarmapRun(ByVal name As String) As Boolean
    Dim python As Object, words As String
    On Error GoTo failed
    Set python = Server()
    python.SetAttr python.Module("xlwings._xlwindows"), "BOOK_CALLER", ActiveWorkbook
    python.Exec "import " & MACROS_MODULE & "; " & MACROS_MODULE & "." & name & "()"
    WarmapRun = True
    Exit Function
failed:
    words = Err.Description     ' the next On Error clears it
    WarmapNote words, ""
    words = LastLine(words)
    If mFault = "" Then words = WarmapSay("macro_failed", words)
    WarmapTell words
End Function

' Whether Python answers; it is started where it does not run yet.
Public Function WarmapConnected() As Boolean
    On Error GoTo failed
    WarmapConnected = Not (Server() Is Nothing)
    Exit Function
failed:
    WarmapNote Err.Description, ""
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
    If mFault <> "" Then Err.Raise NO_PYTHON, "WARMAP", mFault
    If mCommand = "" Then Prepare
    On Error GoTo failed
    Set Server = BridgeServer(mCommand)
    Exit Function
failed:
    Fail "python_stopped", LastLine(Err.Description)
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
    mCommand = """" & WarmapPlainPath(program) & """ -I -B -c ""import xlwings; xlwings.serve('$(CLSID)')"""
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
    mFault = WarmapSay(code, first, second)
    Err.Raise NO_PYTHON, "WARMAP", mFault
End Sub

' Python names a wrong input as `ValueError: #VALUE! words`; everything else is a fault of ours or of the computer.
Private Function ErrorValue(ByVal words As String) As Variant
    Dim at As Long
    at = InStr(words, "ValueError: #")
    If at > 0 Then words = Mid$(words, at + Len("ValueError: "))
    If Left$(words, 5) = "#N/A " Then
        ErrorValue = CVErr(2042)
    ElseIf Left$(words, 7) = "#NAME? " Then
        ErrorValue = CVErr(2029)
    Else
        ErrorValue = CVErr(2015)
    End If
    If Left$(words, 1) = "#" Then words = Mid$(words, InStr(words, " ") + 1)
    WarmapNote words, CallerAddress()
End Function

Private Function CallerAddress() As String
    If TypeName(Application.Caller) = "Range" Then CallerAddress = Application.Caller.Cells(1, 1).Address(External:=True)
End Function

' The last line of a traceback that says something, without the name of the error.
Private Function LastLine(ByVal words As String) As String
    Dim lines() As String, i As Long, at As Long
    lines = Split(Replace(words, vbCr, ""), vbLf)
    For i = UBound(lines) To LBound(lines) Step -1
        If Trim$(lines(i)) <> "" Then Exit For
    Next i
    If i < LBound(lines) Then Exit Function
    LastLine = Trim$(lines(i))
    at = InStr(LastLine, "Error: ")
    If at > 0 And InStr(LastLine, " ") > at Then LastLine = Mid$(LastLine, at + Len("Error: "))
End Function
