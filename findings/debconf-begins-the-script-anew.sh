#!/usr/bin/env bash
# A package's script asks debconf what an administrator has chosen (debconf-devel(7)): `. /usr/share/debconf/confmodule`, then `db_get`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat <<'TEXT'
guess: that line reads in some functions, as the line of any other library does: it may stand where they are needed, and what was set
       before it holds.
true:  it replaces the script by debconf's front end, which starts the script anew from its top: what stands before the line is done
       twice (here a counter), and what was worked out there is worked out again, from what the first time has left. From then on
       standard output is standard error, after `db_stop` too. Where a front end runs already (DEBIAN_HAS_FRONTEND), as it does when
       packages are asked about ahead, the beginning runs once: whether it harms depends on who starts the script.
TEXT
for name in config templates; do printf 'Name: %s\nDriver: File\nFilename: %s/%s.dat\n\n' $name "$folder" $name; done >databases
{ printf 'Config: config\nTemplates: templates\n\n' && cat databases; } >debconf.conf
cat >specimen.postinst <<'POSTINST'
#!/bin/sh
set -e
echo counted >>counted
found=$(ls to-do 2>/dev/null) || found=nothing
rm -f to-do
case $1 in plain) ;; *) . /usr/share/debconf/confmodule ;; esac
echo "$found" >found
echo printed
case $1 in plain) ;; *) db_stop ;; esac
echo printed after
POSTINST
chmod +x specimen.postinst
seen() { # ARGUMENT: times that the first lines ran, what the second one found, lines on standard output
  rm -f counted found
  touch to-do
  DEBCONF_SYSTEMRC=$folder/debconf.conf DEBIAN_FRONTEND=noninteractive ./specimen.postinst "$1" >out 2>err
  echo "$(wc -l <counted) $(cat found) $(wc -l <out)"
}
plain=$(seen plain) asking=$(seen configure) told=$(grep -c printed err)
within=$(DEBIAN_HAS_FRONTEND=1 seen configure | cut -d' ' -f1,2)
echo "version: debconf $(dpkg-query -W -f '${Version}' debconf)"
echo "seen:  without the line: its beginning ran, found, lines printed: $plain"
echo "seen:  with the line:    its beginning ran, found, lines printed: $asking; on standard error $told"
echo "seen:  where a front end runs already: its beginning ran, found: $within"
[ "$plain" = '1 to-do 2' ]
[ "$asking" = '2 nothing 0' ]
[ "$told, $within" = '2, 1 to-do' ]
