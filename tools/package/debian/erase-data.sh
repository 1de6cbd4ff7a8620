
# On a purge, where styrk/erase-data says so (debconf), or for this one time STYRK_ERASE_DATA=yes.
erase_choice() {
  if [ -n "${STYRK_ERASE_DATA:-}" ]; then
    [ "$STYRK_ERASE_DATA" = yes ]
    return
  fi
  command -v db_get >/dev/null 2>&1 && db_get styrk/erase-data && [ "$RET" = true ]
}

# A folder of Styrk's is a real one that holds its database; what a link leads to is somebody else's.
erase_folder() {
  if [ -d "$1" ] && [ ! -L "$1" ] && [ -f "$1/styrk.db" ]; then
    rm -rf -- "$1"
    echo "styrk: $1 erased" >&2
  fi
}

managed_folder() {
  sed -n 's/.*"dataFolder"[[:space:]]*:[[:space:]]*"\(\/[^"\\]*\)".*/\1/p' "${STYRK_SETTINGS:-/etc/styrk/managed.json}" 2>/dev/null | head -n 1
}

if [ "$1" = purge ]; then
  managed=$(managed_folder)
  if erase_choice; then
    if [ -n "$managed" ]; then erase_folder "$managed"; fi
    getent passwd | cut -d: -f6 | sort -u | while read -r home; do
      case "$home" in
        /?*)
          erase_folder "$home/.local/share/styrk"
          erase_folder "$home/.local/share/styrk-training"
          ;;
      esac
    done
  else
    echo "styrk: customers, records and lists stay (~/.local/share/styrk of each account${managed:+, $managed})" >&2
  fi
  if command -v db_purge >/dev/null 2>&1; then db_purge || true; fi
fi
