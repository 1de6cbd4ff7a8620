import { describe, expect, it } from 'vitest';
import { type PcscSurroundings, pcscService } from '../../../main/machine/pcsc-service.ts';

// As pcscd of Debian 12 and 13 print it.
const debian12 = `pcsc-lite version 1.9.9.
Copyright (C) 1999-2002 by David Corcoran <corcoran@musclecard.com>.
Enabled features: Linux x86_64-pc-linux-gnu libsystemd serial usb libudev usbdropdir=/usr/lib/pcsc/drivers ipcdir=/run/pcscd filter configdir=/etc/reader.conf.d
MAX_READERNAME: 128, PCSCLITE_MAX_READERS_CONTEXTS: 16
`;
const withPolkit = `pcsc-lite version 2.3.3
Enabled features: Linux x86_64-pc-linux-gnu libsystemd serial usb libudev polkit usbdropdir=/opt/drivers ipcdir=/run/pcscd filter
`;
const plist = (version: string) =>
  `<plist version="1.0"><dict>\n\t<key>CFBundleShortVersionString</key>\n\t<string>${version}</string>\n</dict></plist>`;

function machine(parts: {
  readonly daemon?: string | null;
  readonly pkcheck?: number | null;
  readonly files?: Readonly<Record<string, string>>;
  readonly platform?: NodeJS.Platform;
}) {
  const { daemon = debian12, pkcheck = 0, files = {}, platform = 'linux' } = parts;
  const ran: string[] = [];
  const around: PcscSurroundings = {
    platform,
    read: (path) => files[path.replaceAll('\\', '/')] ?? null,
    run: (program, given) => {
      ran.push([program, ...given].join(' '));
      if (program === '/usr/sbin/pcscd') return { status: daemon === null ? null : 0, text: daemon ?? '' };
      return { status: pkcheck, text: '' };
    },
  };
  return { found: pcscService(around), ran };
}

describe('what is installed of PC/SC', () => {
  it('is told by the service and its driver themselves', () => {
    const bundle = '/usr/lib/pcsc/drivers/ifd-ccid.bundle';
    const { found, ran } = machine({ files: { [`${bundle}/Contents/Info.plist`]: plist('1.5.2') } });
    expect(found).toEqual({
      version: 'pcsc-lite 1.9.9',
      driver: { version: '1.5.2', place: bundle },
      polkit: 'not-asked',
    });
    expect(ran).toEqual(['/usr/sbin/pcscd --version']);
  });

  it('has its driver where the service says that it looks', () => {
    const bundle = '/opt/drivers/ifd-ccid.bundle';
    const { found } = machine({ daemon: withPolkit, files: { [`${bundle}/Contents/Info.plist`]: plist('1.6.2') } });
    expect(found.driver).toEqual({ version: '1.6.2', place: bundle });
  });

  it.each([
    ['no service', { daemon: null }, { version: null, driver: null, polkit: 'unknown' }],
    ['another answer', { daemon: 'usage: pcscd' }, { version: null, driver: null, polkit: 'unknown' }],
    [
      'a driver without a version',
      { files: { '/usr/lib/pcsc/drivers/ifd-ccid.bundle/Contents/Info.plist': '<plist/>' } },
      { driver: { version: null } },
    ],
    ['a version that is none', { daemon: `pcsc-lite version ${'9'.repeat(40)}\n` }, { version: null }],
  ] as const)('is not known, and not guessed, with %s', (_what, parts, expected) => {
    expect(machine(parts).found).toMatchObject(expected);
  });

  it('is the system’s own on Windows and macOS, where no tool is run', () => {
    expect(machine({ platform: 'win32' })).toMatchObject({ found: { driver: null, polkit: null }, ran: [] });
    expect(machine({ platform: 'darwin' })).toMatchObject({ found: { driver: null, polkit: null }, ran: [] });
  });
});

describe('polkit, where the service asks it', () => {
  it.each([
    [0, 'allowed'],
    [1, 'refused'],
    [2, 'refused'],
    [3, 'refused'],
    [127, 'unknown'],
    [null, 'unknown'],
  ] as const)('answers by the exit status of pkcheck: %s is %s', (pkcheck, leave) => {
    const { found, ran } = machine({ daemon: withPolkit, pkcheck });
    expect(found.polkit).toEqual({ access_pcsc: leave, access_card: leave });
    expect(ran.slice(1)).toEqual([
      `/usr/bin/pkcheck --action-id org.debian.pcsc-lite.access_pcsc --process ${process.pid}`,
      `/usr/bin/pkcheck --action-id org.debian.pcsc-lite.access_card --process ${process.pid}`,
    ]);
  });
});
