; What the installer for Windows does beside electron-builder's own. STYRK_ORDER_HOST: the package brings a manifest of native messaging.

!include "WordFunc.nsh"

; The time at which the installer was made is no part of it: the same content gives the same bytes.
SetDateSave off

; A newer Styrk is never replaced by an older one: it may lack what was mended since. 1638: another version is installed already.
!macro customInit
  ReadRegStr $R0 HKLM "${UNINSTALL_REGISTRY_KEY}" "DisplayVersion"
  ${If} $R0 != ""
    ${VersionCompare} "$R0" "${VERSION}" $R1
    ${If} $R1 = 1
      MessageBox MB_ICONSTOP|MB_OK "Styrk $R0 is installed, which is newer than ${VERSION}. Nothing is changed." /SD IDOK
      SetErrorLevel 1638
      Quit
    ${EndIf}
  ${EndIf}
!macroend

!macro customInstall
  ; No dump of the app's memory, with what it holds of people and keys (WerAddExcludedApplication).
  WriteRegDWORD HKLM "Software\Microsoft\Windows\Windows Error Reporting\ExcludedApplications" "${APP_EXECUTABLE_FILENAME}" 1
  !ifdef STYRK_ORDER_HOST
    ; Tells Chrome, Edge and Chromium of every account where the manifest lies (docs/integration.md).
    WriteRegStr HKLM "Software\Google\Chrome\NativeMessagingHosts\se.styrk.orders" "" "$INSTDIR\resources\order-host\se.styrk.orders.json"
    WriteRegStr HKLM "Software\Microsoft\Edge\NativeMessagingHosts\se.styrk.orders" "" "$INSTDIR\resources\order-host\se.styrk.orders.json"
    WriteRegStr HKLM "Software\Chromium\NativeMessagingHosts\se.styrk.orders" "" "$INSTDIR\resources\order-host\se.styrk.orders.json"
  !endif
!macroend

; A folder of Styrk's holds its database.
!macro eraseStyrkData FOLDER
  ${If} ${FileExists} "${FOLDER}\styrk.db"
    RMDir /r "${FOLDER}"
  ${EndIf}
!macroend

!macro customUnInstall
  DeleteRegValue HKLM "Software\Microsoft\Windows\Windows Error Reporting\ExcludedApplications" "${APP_EXECUTABLE_FILENAME}"
  !ifdef STYRK_ORDER_HOST
    DeleteRegKey HKLM "Software\Google\Chrome\NativeMessagingHosts\se.styrk.orders"
    DeleteRegKey HKLM "Software\Microsoft\Edge\NativeMessagingHosts\se.styrk.orders"
    DeleteRegKey HKLM "Software\Chromium\NativeMessagingHosts\se.styrk.orders"
  !endif
  ; Data go by choice alone: the word that electron-builder's uninstaller knows for what the window itself keeps. An update has none.
  ClearErrors
  ${GetParameters} $R0
  ${GetOptions} $R0 "--delete-app-data" $R1
  ${IfNot} ${Errors}
    ReadRegStr $R2 HKLM "SOFTWARE\Policies\Styrk" "DataFolder"
    ${If} $R2 != ""
      !insertmacro eraseStyrkData "$R2"
    ${EndIf}
    SetShellVarContext current
    !insertmacro eraseStyrkData "$LOCALAPPDATA\styrk"
    !insertmacro eraseStyrkData "$LOCALAPPDATA\styrk-training"
    SetShellVarContext all
  ${EndIf}
!macroend
