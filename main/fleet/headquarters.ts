import * as v from 'valibot';
import { isRecipientKey } from '../crypto/recipient.ts';
import { isEd25519Key } from '../crypto/token-keys.ts';
import { httpsService, type ServiceFiles } from '../machine/https-service.ts';
import { serviceFromKept, serviceToKeep } from '../machine/kept-https-service.ts';
import { longest } from '../result/bounds.ts';
import { fromHex, toHex } from '../result/bytes.ts';
import type { Detail } from '../result/check.ts';
import { Failure } from '../result/failure.ts';
import type { DatabaseAddress } from './connection.ts';

/** The headquarters of a station as it is set: where, as whom, and by which keys. */
export interface Headquarters {
  readonly database: DatabaseAddress;
  /** X25519, 32 bytes: what is delivered is sealed for it. */
  readonly sealingKey: Uint8Array;
  /** Ed25519, 32 bytes: what headquarters sends is signed by it; null where it sends nothing. */
  readonly issuingKey: Uint8Array | null;
  /** X25519, 32 bytes, secret: what headquarters sends and is not everybody's is sealed for it; null where none was set. */
  readonly receivingKey: Uint8Array | null;
}

/** A database as it is named, without files. */
export type DatabaseName = Pick<DatabaseAddress, 'host' | 'port' | 'database' | 'user'>;

/** The files and secrets that go with a database's address. */
export interface DatabaseFiles extends ServiceFiles {
  readonly password: string | null;
}

const usualPort = 5432;
const longestPassword = 1_000;

function unusable(reason: string): Failure {
  return new Failure('service.unusable', { reason });
}

/**
 * `postgresql://[USER@]HOST[:PORT]/DATABASE`, or `postgresql:///DATABASE?host=/FOLDER[&user=USER]` for a socket of this machine.
 * No password stands in it. Fails with `service.unusable`.
 */
export function databaseNamed(text: string, usualUser: string): DatabaseName {
  const url = text.length <= longest.place && URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^postgres(?:ql)?:$/.test(url.protocol)) throw unusable('no address of a PostgreSQL database');
  if (url.password !== '') throw unusable('a password in the address');
  const known = ['host', 'user', 'port'];
  if (url.hash !== '' || [...url.searchParams.keys()].some((key) => !known.includes(key)))
    throw unusable('a parameter that is not known in the address');
  const host = url.hostname === '' ? (url.searchParams.get('host') ?? '') : url.hostname.replace(/^\[(.*)\]$/, '$1');
  if (host === '' || (url.hostname !== '' && url.searchParams.has('host'))) throw unusable('no host in the address');
  const port = Number(url.port === '' ? (url.searchParams.get('port') ?? usualPort) : url.port);
  const database = textOf(url.pathname.slice(1));
  const user = textOf(url.username) || (url.searchParams.get('user') ?? usualUser);
  if (database === '' || user === '' || /[\0/]/.test(database) || user.includes('\0'))
    throw unusable('no database in the address');
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw unusable('no port in the address');
  return { host, port, database, user };
}

function textOf(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    throw unusable('no address of a PostgreSQL database');
  }
}

/** A database with the files that prove both sides, each tried now. Fails with `service.unusable`. */
export function databaseWith(name: DatabaseName, { password, ...files }: DatabaseFiles): DatabaseAddress {
  if (password !== null && (password === '' || password.length > longestPassword)) throw unusable('no password');
  if (name.host.startsWith('/')) return { ...name, password, authority: null, identity: null };
  const { authority, identity } = httpsService(serviceAddressOf(name), files);
  return { ...name, password, authority, identity };
}

const serviceAddressOf = ({ host, port }: Pick<DatabaseName, 'host' | 'port'>): string =>
  `https://${host.includes(':') ? `[${host}]` : host}:${port}/`;

const keyForm = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const keptSchema = v.strictObject({
  host: v.string(),
  port: v.number(),
  database: v.string(),
  user: v.string(),
  password: v.nullable(v.string()),
  service: v.unknown(),
  sealingKey: keyForm,
  issuingKey: v.nullable(keyForm),
  // Missing where an earlier app set it.
  receivingKey: v.optional(v.nullable(keyForm), null),
});

/** Headquarters as JSON holds it, for whoever keeps it sealed: key and password are in it. */
export function headquartersToKeep({ database, sealingKey, issuingKey, receivingKey }: Headquarters): Detail {
  const { host, port, user, password, authority, identity } = database;
  const service = serviceToKeep({ address: serviceAddressOf(database), authority, identity });
  const hexOrNull = (key: Uint8Array | null): string | null => (key === null ? null : toHex(key));
  const keys = {
    sealingKey: toHex(sealingKey),
    issuingKey: hexOrNull(issuingKey),
    receivingKey: hexOrNull(receivingKey),
  };
  return { host, port, database: database.database, user, password, service, ...keys };
}

/** Headquarters that was kept so. Throws valibot's error where it was not: what is sealed was written by us. */
export function headquartersFromKept(content: unknown): Headquarters {
  const { service, sealingKey, issuingKey, receivingKey, ...name } = v.parse(keptSchema, content);
  const { authority, identity } = serviceFromKept(service);
  return {
    database: { ...name, authority, identity },
    sealingKey: fromHex(sealingKey),
    issuingKey: issuingKey === null ? null : fromHex(issuingKey),
    receivingKey: receivingKey === null ? null : fromHex(receivingKey),
  };
}

/** The keys of a headquarters and its stations, each in a file of its own: a line that says which, and 64 hexadecimal digits. */
export const keyFileKinds = ['sealing', 'issuing', 'receiving'] as const;
export type KeyFileKind = (typeof keyFileKinds)[number];
export type KeyHalf = 'public' | 'secret';

export function keyFileText(kind: KeyFileKind, half: KeyHalf, key: Uint8Array): string {
  return `styrk-headquarters ${kind} ${half} 1\n${toHex(key)}\n`;
}

/** The key in such a file. Fails with `fleet.malformed`. */
export function keyInFile(kind: KeyFileKind, half: KeyHalf, file: Uint8Array): Uint8Array {
  const text = new TextDecoder('latin1').decode(file.subarray(0, 200));
  const digits = /^styrk-headquarters (\w+) (\w+) 1\r?\n([0-9a-f]{64})\r?\n?$/.exec(text);
  if (digits === null || file.length > 200 || digits[1] !== kind || digits[2] !== half)
    throw new Failure('fleet.malformed', { part: `${kind} key`, half });
  const key = fromHex(digits[3] ?? '');
  if (half === 'public' && !(kind === 'issuing' ? isEd25519Key(key) : isRecipientKey(key)))
    throw new Failure('fleet.malformed', { part: `${kind} key` });
  return key;
}
