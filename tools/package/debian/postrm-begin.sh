
# Data go by choice alone, which debconf knows. It starts this script anew, as its own, with standard output for itself: so before all else.
STYRK_CONFMODULE=${STYRK_CONFMODULE:-/usr/share/debconf/confmodule}
if [ "$1" = purge ] && [ -e "$STYRK_CONFMODULE" ]; then . "$STYRK_CONFMODULE"; fi
