import { type Connection, type ConnectionLimits, openConnection, standardLimits } from '../fleet/connection.ts';
import { type DatabaseFiles, databaseNamed, databaseWith, keyInFile } from '../fleet/headquarters.ts';
import { machineAfter, operatingSystemUser } from '../machine/clock.ts';
import { readInputFile } from '../machine/input-file.ts';
import { unusable } from './arguments.ts';
import type { CommandCall, OptionDescriptions } from './command.ts';

const largestFile = 64 * 1024;

/** The files by which a database and who connects prove themselves. */
export const databaseFileOptions: OptionDescriptions = {
  authority: {
    kind: 'value',
    value: 'FILE',
    help: 'the certificate authority (PEM) that the server must lead to; without it a generally known one',
  },
  certificate: {
    kind: 'value',
    value: 'FILE',
    help: 'the certificate to connect with (PEM, chain behind it, or PKCS#12)',
  },
  key: { kind: 'value', value: 'FILE', help: 'its key (PEM); not with PKCS#12' },
  'key-passphrase-file': { kind: 'value', value: 'FILE', help: 'a file whose first line opens key or PKCS#12' },
  'password-file': {
    kind: 'value',
    value: 'FILE',
    help: "a file whose first line is the database's password, where it asks for one",
  },
};

/** Headquarters' own commands: the database as who administers it. */
export const databaseOptions: OptionDescriptions = {
  url: {
    kind: 'value',
    value: 'URL',
    help: 'postgresql://USER@HOST/DATABASE, or postgresql:///DATABASE?host=/run/postgresql by the socket of this machine',
  },
  ...databaseFileOptions,
};

/** The files as given. Fails as `readInputFile`. */
export function databaseFiles(call: CommandCall): DatabaseFiles {
  return {
    authority: fileGiven(call, 'authority'),
    certificate: fileGiven(call, 'certificate'),
    key: fileGiven(call, 'key'),
    passphrase: firstLine(fileGiven(call, 'key-passphrase-file')),
    password: firstLine(fileGiven(call, 'password-file')),
  };
}

/** The whole file that an option names; null where it is not given. */
export function fileGiven({ given }: CommandCall, option: string): Uint8Array | null {
  const path = given.value(option);
  return path === null ? null : readInputFile(path, largestFile);
}

/** Headquarters' secret issuing key as given. Fails with `arguments.unusable` where it is not, and with `fleet.malformed`. */
export function secretIssuingKey(call: CommandCall): Uint8Array {
  const file = fileGiven(call, 'issuing-key');
  if (file === null) throw unusable('which key?', { option: '--issuing-key' });
  return keyInFile('issuing', 'secret', file);
}

function firstLine(bytes: Uint8Array | null): string | null {
  return bytes === null ? null : (new TextDecoder().decode(bytes).split(/\r?\n/, 1)[0] ?? '');
}

/** Works in headquarters' database as who administers it. Fails with `arguments.unusable` without `--url`, and as `openConnection`. */
export async function withDatabase<Answer>(
  call: CommandCall,
  work: (connection: Connection) => Promise<Answer>,
  limits: ConnectionLimits = standardLimits,
): Promise<Answer> {
  const url = call.given.value('url');
  if (url === null) throw unusable('which database?', { option: '--url' });
  const database = databaseWith(databaseNamed(url, operatingSystemUser()), databaseFiles(call));
  const signal = call.machine.stopSignal();
  await using connection = await openConnection(database, { after: machineAfter, signal, limits });
  return await work(connection);
}
