// System packages: installed when run as root on Debian or Ubuntu; elsewhere the one command is printed.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const onPath = (...names) =>
  names.some((name) => (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, name))));

const osRelease = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
const isOne = (name) => new RegExp(`^ID="?${name}"?$`, 'm').test(osRelease);
const chromium = {
  // Ubuntu has no package of Debian's name, and one unknown name keeps apt from installing any.
  name: isOne('ubuntu') ? 'chromium-browser' : 'chromium',
  there: () =>
    process.env.STYRK_CHROMIUM
      ? existsSync(process.env.STYRK_CHROMIUM)
      : onPath('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'),
};
// Spares tests half of what Chromium's start costs; they run without it, so nobody is asked to install it.
const withoutWindows = {
  name: 'chromium-headless-shell',
  spared: true,
  there: () => !isOne('debian') || process.env.STYRK_CHROMIUM || onPath('chromium-headless-shell'),
};
const pcscd = { name: 'pcscd', there: () => onPath('pcscd') || existsSync('/usr/sbin/pcscd') };
const virtualReader = {
  name: 'vsmartcard-vpcd',
  there: () => existsSync('/usr/lib/pcsc/drivers/serial/libifdvpcd.so'),
};

// The server alone: tests start it themselves, in a folder of their own.
const postgresql = { name: 'postgresql', there: () => existsSync('/usr/lib/postgresql') };

// `npm start` shows windows only where there is a display; the terminal's demonstration needs nothing.
function needed(purpose) {
  if (process.platform !== 'linux') return [];
  if (purpose === 'test') return [pcscd, virtualReader, chromium, withoutWindows, postgresql];
  const display = process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  return display ? [pcscd, chromium] : [];
}

function isDebianLike() {
  return /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(osRelease);
}

/** Sees to it that what `purpose` needs of the system is there; ends the process with status 1 where it is not to be had. */
export function ensureSystemPackages(purpose, say) {
  const missing = needed(purpose).filter((item) => !item.there());
  if (missing.length === 0) return;
  const names = missing.map((item) => item.name);
  const command = `apt-get install -y --no-install-recommends ${names.join(' ')}`;
  if (isDebianLike() && process.getuid?.() === 0) {
    say(`Setting up: system packages (${names.join(', ')})...`);
    const apt = (...words) =>
      spawnSync('apt-get', ['-o', 'DPkg::Lock::Timeout=180', '-qq', ...words], {
        stdio: ['ignore', 2, 2],
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      });
    apt('update');
    apt('install', '-y', '--no-install-recommends', ...names);
  }
  const still = missing.filter((item) => !item.spared && !item.there()).map((item) => item.name);
  if (still.length === 0) return;
  say(`Missing on this machine: ${still.join(', ')}. Install with:\n\n  sudo ${command}\n`);
  process.exit(1);
}
