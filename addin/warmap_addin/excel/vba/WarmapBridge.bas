Attribute VB_Name = "WarmapBridge"
' The way out of VBA. The DLL of xlwings starts one Python process for this Excel and hands calls over to it; the build
' puts xlwings' version where @XLWINGS@ stands: the DLL, the Python package and this number must be the same.
' Windows itself is asked where VBA's own functions (Environ, MsgBox) know the characters of one code page only.
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
Private Declare PtrSafe Sub CopyMemory Lib "kernel32" Alias "RtlMoveMemory" (ByRef target As Any, ByRef source As Any, _
    ByVal size As LongPtr)
Private Declare PtrSafe Function GetEnvironmentVariableW Lib "kernel32" (ByVal name As LongPtr, ByVal buffer As LongPtr, _
    ByVal size As Long) As Long
Private Declare PtrSafe Function MessageBoxW Lib "user32" (ByVal owner As LongPtr, ByVal text As LongPtr, _
    ByVal caption As LongPtr, ByVal style As Long) As Long

Private Const LONGEST_VALUE As Long = 32767     ' characters of an environment variable

Public Function BridgeDll() As String
    BridgeDll = DLL_NAME
End Function

' Load the DLL from its full path; 0, or the number of Windows' error.
Public Function BridgeLoad(ByVal path As String) As Long
    If LoadLibraryW(StrPtr(path)) = 0 Then BridgeLoad = Err.LastDllError
End Function

' The user's own folder for programs' data, in whatever characters the user is called.
Public Function BridgeLocal() As String
    #If Mac Then
        BridgeLocal = Environ$("HOME")
    #Else
        Dim buffer As String, length As Long
        buffer = String$(LONGEST_VALUE, vbNullChar)
        length = GetEnvironmentVariableW(StrPtr("LOCALAPPDATA"), StrPtr(buffer), LONGEST_VALUE)
        BridgeLocal = Left$(buffer, length)
    #End If
End Function

' A message box in any language on any Windows.
Public Sub BridgeMessage(ByVal words As String, ByVal title As String)
    #If Mac Then
        MsgBox words, vbInformation, title
    #Else
        MessageBoxW Application.Hwnd, StrPtr(words), StrPtr(title), vbInformation
    #End If
End Sub

' Where an object lies, as text; and the object again.
Public Function BridgePointer(ByVal thing As Object) As String
    BridgePointer = CStr(ObjPtr(thing))
End Function

Public Function BridgeObject(ByVal pointer As String) As Object
    Dim place As LongPtr, found As Object
    place = CLngPtr(pointer)
    If place = 0 Then Exit Function
    CopyMemory found, place, LenB(place)
    Set BridgeObject = found
    place = 0
    CopyMemory found, place, LenB(place)     ' it was not counted, so it must not be released
End Function

' A question; true for Yes.
Public Function BridgeAsk(ByVal words As String, ByVal title As String) As Boolean
    #If Mac Then
        BridgeAsk = (MsgBox(words, vbQuestion + vbYesNo, title) = vbYes)
    #Else
        BridgeAsk = (MessageBoxW(Application.Hwnd, StrPtr(words), StrPtr(title), vbQuestion + vbYesNo) = vbYes)
    #End If
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
