Attribute VB_Name = "WarmapBridge"
' The DLL of xlwings: it starts one Python process for this Excel and hands calls over to it.
' The build puts xlwings' version where @XLWINGS@ stands; the DLL, the Python package and this number must be the same.
Option Explicit
Option Private Module

#If Win64 Then
    Private Const DLL_NAME As String = "xlwings64-@XLWINGS@.dll"
    Private Declare PtrSafe Function Activate Lib "xlwings64-@XLWINGS@.dll" Alias "XLPyDLLActivateAuto" _
        (ByRef result As Variant, Optional ByVal config As String = "", Optional ByVal mode As Long = 1) As Long
#Else
    Private Const DLL_NAME As String = "xlwings32-@XLWINGS@.dll"
    Private Declare PtrSafe Function Activate Lib "xlwings32-@XLWINGS@.dll" Alias "XLPyDLLActivateAuto" _
        (ByRef result As Variant, Optional ByVal config As String = "", Optional ByVal mode As Long = 1) As Long
#End If
Private Declare PtrSafe Function LoadLibraryW Lib "kernel32" (ByVal path As LongPtr) As LongPtr

Public Function BridgeDll() As String
    BridgeDll = DLL_NAME
End Function

' Load the DLL from its full path; 0, or the number of Windows' error.
Public Function BridgeLoad(ByVal path As String) As Long
    If LoadLibraryW(StrPtr(path)) = 0 Then BridgeLoad = Err.LastDllError
End Function

' xlwings' server in the Python process that `command` starts; an error whose text says what went wrong.
Public Function BridgeServer(ByVal command As String) As Object
    Dim result As Variant
    If Activate(result, command, 1) <> 0 Then Err.Raise vbObjectError + 514, "WARMAP", CStr(result)
    Set BridgeServer = result
End Function

' End the Python process.
Public Sub BridgeStop(ByVal command As String)
    Dim result As Variant
    If Activate(result, command, -1) <> 0 Then Err.Raise vbObjectError + 514, "WARMAP", CStr(result)
End Sub
