Attribute VB_Name = "WarmapFiles"
' The two files in the user's profile: which Python (warmap.conf), and what went wrong (warmap.log). Both are UTF-16.
Option Explicit
Option Private Module

Private Const FOR_READING As Long = 1
Private Const FOR_APPENDING As Long = 8
Private Const UTF_16 As Long = -1
Private Const LARGEST_LOG As Long = 1000000

Private mSettings As Collection
Private mLast As String

' A setting of warmap.conf, lines of the form name=value; empty where it is not there.
Public Function WarmapSetting(ByVal name As String) As String
    If mSettings Is Nothing Then WarmapReadSettings
    On Error Resume Next
    WarmapSetting = mSettings(name)
End Function

Public Sub WarmapReadSettings()
    Dim lines() As String, i As Long, at As Long
    Set mSettings = New Collection
    On Error GoTo done
    If Not WarmapFileExists(WarmapHome() & "\warmap.conf") Then Exit Sub
    lines = Split(Replace(WholeFile(WarmapHome() & "\warmap.conf"), vbCr, ""), vbLf)
    On Error Resume Next
    For i = LBound(lines) To UBound(lines)
        at = InStr(lines(i), "=")
        If at > 1 Then mSettings.Add Trim$(Mid$(lines(i), at + 1)), Trim$(Left$(lines(i), at - 1))
    Next i
done:
End Sub

' A line in the log; the same words are written once.
Public Sub WarmapLog(ByVal words As String)
    Dim files As Object, text As Object, path As String
    If words = mLast Then Exit Sub
    mLast = words
    On Error GoTo done
    Set files = CreateObject("Scripting.FileSystemObject")
    If Not files.FolderExists(WarmapHome()) Then Exit Sub
    path = WarmapLogFile()
    If files.FileExists(path) Then
        If files.GetFile(path).Size > LARGEST_LOG Then files.DeleteFile path
    End If
    Set text = files.OpenTextFile(path, FOR_APPENDING, True, UTF_16)
    text.WriteLine Format$(Now, "yyyy-mm-dd hh:nn:ss") & " " & words
    text.Close
done:
End Sub

' The words of the latest error.
Public Function WarmapLatest() As String
    WarmapLatest = mLast
End Function

Public Function WarmapLogFile() As String
    WarmapLogFile = WarmapHome() & "\warmap.log"
End Function

Public Function WarmapHome() As String
    WarmapHome = BridgeLocal() & "\warmap"
End Function

Public Function WarmapFileExists(ByVal path As String) As Boolean
    WarmapFileExists = CreateObject("Scripting.FileSystemObject").FileExists(path)
End Function

' The path as the DLL can read it, which knows one code page only: Windows' short name where other characters are in it.
Public Function WarmapPlainPath(ByVal path As String) As String
    Dim i As Long, code As Long
    WarmapPlainPath = path
    For i = 1 To Len(path)
        code = AscW(Mid$(path, i, 1))
        If code < 0 Or code > 126 Then
            On Error Resume Next    ' a disk without short names gives none
            WarmapPlainPath = CreateObject("Scripting.FileSystemObject").GetFile(path).ShortPath
            Exit Function
        End If
    Next i
End Function

' The folder a file or folder lies in.
Public Function WarmapFolder(ByVal path As String) As String
    If InStrRev(path, "\") > 0 Then WarmapFolder = Left$(path, InStrRev(path, "\") - 1)
End Function

Private Function WholeFile(ByVal path As String) As String
    Dim text As Object
    Set text = CreateObject("Scripting.FileSystemObject").OpenTextFile(path, FOR_READING, False, UTF_16)
    If Not text.AtEndOfStream Then WholeFile = text.ReadAll
    text.Close
End Function
