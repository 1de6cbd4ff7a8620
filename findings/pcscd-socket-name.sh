#!/usr/bin/env bash
# Two pcscd on one machine, for tests that must not meet the machine's own: the variable PCSCLITE_CSOCK_NAME names the socket.
# The daemon runs here in mounts of its own, where /run is empty, so that the machine's is not touched.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat <<'TEXT'
guess: daemon and library both read the variable; or there is an option.
true:  only the library does. The daemon makes its socket where it was built to make it, says nothing, and no option moves it. What
       works is a socket that is handed over as systemd does: LISTEN_FDS=1, the socket as descriptor 3.
TEXT
echo "version: $(dpkg-query -W -f '${Package} ${Version}' pcscd)"
mkdir readers
cat >inside.sh <<'SH'
mount -t tmpfs tmpfs /run
polkit=
/usr/sbin/pcscd --help | grep -q -e --disable-polkit && polkit=--disable-polkit
PCSCLITE_CSOCK_NAME=$1/named /usr/sbin/pcscd -f -d -c "$1/readers" $polkit >"$1/log" 2>&1 &
until grep -qs 'daemon ready' "$1/log"; do kill -0 $! || exit 1; sleep 0.1; done
find /run -type s >"$1/sockets"
kill $!
SH
# Root has mounts of its own for the asking, others get them within a user namespace.
as_root=--map-root-user
[ "$(id -u)" != 0 ] || as_root=
unshare $as_root --mount bash inside.sh "$folder"
echo "seen:  asked for $folder/named: $(test -S named && echo there || echo missing); sockets in /run: $(cat sockets)"
if test -S named; then exit 1; fi
grep -qx /run/pcscd/pcscd.comm sockets
