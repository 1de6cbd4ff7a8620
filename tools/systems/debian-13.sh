#!/usr/bin/env bash
#
# The README's two commands on a Debian that nobody prepared: `npm start` and `npm test`, as root and as an ordinary user,
# in a folder that debootstrap makes, with Debian's own Node and npm, and with no make, no Python and no compiler on it.
# Outside of CI, since it takes half an hour, root, and some 3 GB of disk:
#
#   sudo tools/systems/debian-13.sh                        everything, in a temporary folder that is removed at the end
#   sudo tools/systems/debian-13.sh --tree DIR             in this folder: made if it is not there, and kept
#   sudo tools/systems/debian-13.sh --as ordinary --run test
#
#   --as root|ordinary|both     whose commands (both)
#   --run start|test|both       which of the two (both)
#   --suite NAME                Debian's name for the release (trixie, which is 13)
#   --mirror URL                where Debian's packages are; by default where this machine's apt has its own from
#
# What is tested is the last commit. Nothing of this machine is in the folder but its resolver's addresses, the address
# of npm's registry as npm knows it here, and the authorities that NODE_EXTRA_CA_CERTS names for a company's own proxy. Mounts are made in a namespace of their own and end with it. What each command
# said is in `log/` beside the folder's root; the last lines say how each ended. Exit status 1 where one did not end well.

set -euo pipefail

as=both run=both suite=trixie mirror='' tree=''
while [ $# -gt 0 ]; do
  case $1 in
    --as) as=$2 ;;
    --run) run=$2 ;;
    --suite) suite=$2 ;;
    --mirror) mirror=$2 ;;
    --tree) tree=$2 ;;
    *) echo "Unusable: $1 (see the head of $0)" >&2; exit 2 ;;
  esac
  shift 2
done
project=$(cd "$(dirname "$0")/../.." && pwd)
if [ "$(id -u)" != 0 ] || ! command -v debootstrap >/dev/null; then
  echo 'Needs root, and the package debootstrap.' >&2
  exit 2
fi

if [ -z "$tree" ]; then
  tree=$(mktemp -d)
  trap 'rm -rf --one-file-system "$tree"' EXIT
fi
root=$tree/root log=$tree/log
mkdir -p "$log"

if [ ! -e "$root/etc/debian_version" ]; then
  # The first source of this machine's apt that is an archive of Debian itself.
  mirror=${mirror:-$(apt-get indextargets --format '$(ORIGIN)|$(LABEL)|$(REPO_URI)' | sed -n 's/^Debian|Debian|//p' | head -n 1)}
  [ -n "$mirror" ] || { echo 'The apt of this machine has no source of Debian: say --mirror URL.' >&2; exit 2; }
  debootstrap --variant=minbase --include=ca-certificates,procps "$suite" "$root" "$mirror" >"$log/debootstrap" 2>&1
fi
cp /etc/resolv.conf "$root/etc/resolv.conf"

authorities=''
if [ -n "${NODE_EXTRA_CA_CERTS:-}" ]; then
  authorities=/etc/ssl/of-the-proxy.pem
  cp "$NODE_EXTRA_CA_CERTS" "$root$authorities"
fi
registry=$(npm config get registry 2>/dev/null || true)
grep -q '^teller:' "$root/etc/passwd" || chroot "$root" useradd --create-home --shell /bin/bash teller
place() { # HOME OWNER: the last commit, with nothing set up
  rm -rf "$root$1/styrk" && mkdir -p "$root$1/styrk"
  git -c safe.directory='*' -C "$project" archive HEAD | tar -x -C "$root$1/styrk"
  chroot "$root" chown -R "$2:$2" "$1/styrk"
}

inside() { # USER COMMAND: in the tree, with mounts that end with it
  env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 ${registry:+npm_config_registry="$registry"} \
    ${authorities:+NODE_EXTRA_CA_CERTS="$authorities" npm_config_cafile="$authorities"} \
    ${http_proxy:+http_proxy="$http_proxy"} ${https_proxy:+https_proxy="$https_proxy"} \
    unshare --mount --pid --fork --kill-child bash -c '
      mount --make-rprivate /; mount --bind "$1" "$1"
      mount -t proc proc "$1/proc"; mount -t tmpfs tmpfs "$1/tmp"; mount --rbind /dev "$1/dev"
      chmod 1777 "$1/tmp"; mkdir "$1/tmp/before"; cd "$1"
      # Not chroot: in one, nobody may make a user namespace, and the browser of an ordinary user has no sandbox.
      pivot_root . tmp/before; umount -l /tmp/before; rmdir /tmp/before
      exec su "$2" --command "$3"' - "$root" "$1" "$2" </dev/null
}

# By apt: debootstrap itself does not follow packages that another one provides, and npm's dependencies have such.
[ -e "$root/usr/bin/npm" ] || inside root \
  'apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends nodejs npm' >"$log/node" 2>&1

# Debian's npm depends on Python by way of node-gyp: what nobody should need is taken away.
for name in "$root"/usr/bin/{python3*,make,cc,c++,gcc*,g++*}; do
  if [ -e "$name" ] || [ -L "$name" ]; then rm -f "$name"; fi
done

packages="node -e 'import(\"./tools/setup/system-packages.mjs\").then((it) => it.ensureSystemPackages(\"test\", console.log))'"
bad=0
attempt() { # USER KIND
  local file=$log/$2-as-$1 status=0
  inside "$1" "cd ~/styrk && npm $2" >"$file" 2>&1 || status=$?
  [ "$status" = 0 ] || bad=1
  echo "npm $2 as $1: exit status $status; $(sed '/^[[:space:]]*$/d' "$file" | tail -n 1)"
}

users=()
case $as in root) users=(root) ;; ordinary) users=(teller) ;; *) users=(root teller) ;; esac
for user in "${users[@]}"; do
  case $user in root) place /root root ;; *) place /home/teller teller ;; esac
  if [ "$run" != test ]; then attempt "$user" start; fi
  if [ "$run" != start ]; then
    # An ordinary user is told which packages of the system are missing: root installs them, and no others.
    [ "$user" = root ] || inside root "cd /home/teller/styrk && $packages" >"$log/packages" 2>&1
    attempt "$user" test
  fi
done
exit $bad
