Attribute VB_Name = "WarmapLocks"
' Computed cells are protected without a password; what may be done on a protected sheet is kept over a change of ours.
Option Explicit
Option Private Module

Private mAllowed(1 To 13) As Boolean

Public Sub WarmapUnlock(ByVal sheet As Worksheet)
    With sheet.Protection
        mAllowed(1) = .AllowFormattingCells
        mAllowed(2) = .AllowFormattingColumns
        mAllowed(3) = .AllowFormattingRows
        mAllowed(4) = .AllowInsertingColumns
        mAllowed(5) = .AllowInsertingRows
        mAllowed(6) = .AllowInsertingHyperlinks
        mAllowed(7) = .AllowDeletingColumns
        mAllowed(8) = .AllowDeletingRows
        mAllowed(9) = .AllowSorting
        mAllowed(10) = .AllowFiltering
        mAllowed(11) = .AllowUsingPivotTables
    End With
    mAllowed(12) = sheet.ProtectDrawingObjects
    mAllowed(13) = sheet.ProtectScenarios
    sheet.Unprotect ""
End Sub

Public Sub WarmapLock(ByVal sheet As Worksheet)
    sheet.Protect Password:="", DrawingObjects:=mAllowed(12), Contents:=True, Scenarios:=mAllowed(13), _
        AllowFormattingCells:=mAllowed(1), AllowFormattingColumns:=mAllowed(2), AllowFormattingRows:=mAllowed(3), _
        AllowInsertingColumns:=mAllowed(4), AllowInsertingRows:=mAllowed(5), AllowInsertingHyperlinks:=mAllowed(6), _
        AllowDeletingColumns:=mAllowed(7), AllowDeletingRows:=mAllowed(8), AllowSorting:=mAllowed(9), _
        AllowFiltering:=mAllowed(10), AllowUsingPivotTables:=mAllowed(11)
End Sub
