; Tells Chrome, Edge and Chromium of every account where the manifest of native messaging lies (docs/integration.md).
!macro customInstall
  WriteRegStr HKLM "Software\Google\Chrome\NativeMessagingHosts\se.styrk.orders" "" "$INSTDIR\resources\order-host\se.styrk.orders.json"
  WriteRegStr HKLM "Software\Microsoft\Edge\NativeMessagingHosts\se.styrk.orders" "" "$INSTDIR\resources\order-host\se.styrk.orders.json"
  WriteRegStr HKLM "Software\Chromium\NativeMessagingHosts\se.styrk.orders" "" "$INSTDIR\resources\order-host\se.styrk.orders.json"
!macroend
!macro customUnInstall
  DeleteRegKey HKLM "Software\Google\Chrome\NativeMessagingHosts\se.styrk.orders"
  DeleteRegKey HKLM "Software\Microsoft\Edge\NativeMessagingHosts\se.styrk.orders"
  DeleteRegKey HKLM "Software\Chromium\NativeMessagingHosts\se.styrk.orders"
!macroend
