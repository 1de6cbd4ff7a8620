import { X509Certificate } from 'node:crypto';
import { identityIn } from '../machine/https-service.ts';
import type { ClientIdentity } from '../machine/tls-agent.ts';
import { asFailure, Failure } from '../result/failure.ts';
import { authorityOf, certificateOf, type ToldCertificate } from './certificates-told.ts';
import { type DatabaseFiles, type KeyFileKind, type KeyHalf, keyInFile } from './headquarters.ts';

/*
 * The files that set a headquarters, as somebody chooses them all at once: each is known by what lies in it. A secret that no station
 * may have is refused as soon as it is seen.
 */

/** What a chosen file is. The first line of the last two is the secret: nothing in them tells which, so that who chooses says it. */
export type ChosenPart =
  | 'authority'
  | 'certificate'
  | 'key'
  | 'sealing'
  | 'issuing'
  | 'receiving'
  | 'passphrase'
  | 'password';

/** Files by what they are. */
export type ChosenFiles = Readonly<Partial<Record<ChosenPart, Uint8Array>>>;

/** What chosen files come to. */
export interface OfferedHeadquarters {
  readonly files: DatabaseFiles;
  readonly sealingKey: Uint8Array | null;
  readonly issuingKey: Uint8Array | null;
  /** Secret. */
  readonly receivingKey: Uint8Array | null;
  readonly certificate: ToldCertificate | null;
  readonly authority: ToldCertificate | null;
  /** Why certificate and key cannot be used as they are; null where they can, or none was chosen. */
  readonly hindrance: Failure | null;
}

const beginning = 'styrk-headquarters ';
const pkcs12Tag = 0x30;
/** The half of each key that belongs to a station. */
const halves: Readonly<Record<KeyFileKind, KeyHalf>> = { sealing: 'public', issuing: 'public', receiving: 'secret' };

/** What a file is, by its bytes. Fails with `fleet.malformed`: nothing of these, or the half of a key that stays at headquarters. */
export function partOf(bytes: Uint8Array): Exclude<ChosenPart, 'passphrase' | 'password'> {
  const text = new TextDecoder('latin1').decode(bytes);
  if (text.startsWith(beginning)) {
    const kind = (Object.keys(halves) as KeyFileKind[]).find((each) => text.startsWith(`${beginning}${each} `));
    if (kind === undefined) throw new Failure('fleet.malformed', { part: 'key' });
    keyInFile(kind, halves[kind], bytes);
    return kind;
  }
  if (bytes[0] === pkcs12Tag) return 'certificate';
  const holdsKey = /-----BEGIN (?:\w+ )*PRIVATE KEY-----/.test(text);
  if (!text.includes('-----BEGIN CERTIFICATE-----')) {
    if (holdsKey) return 'key';
    throw new Failure('fleet.malformed', { part: 'file' });
  }
  return holdsKey || !isAuthority(text) ? 'certificate' : 'authority';
}

// A certificate with its chain begins with the one that it is about.
function isAuthority(pem: string): boolean {
  try {
    const { ca, subject, issuer } = new X509Certificate(pem);
    return ca || subject === issuer;
  } catch (thrown) {
    throw new Failure('fleet.malformed', { part: 'certificate' }, thrown);
  }
}

/** What these files come to, each tried as far as the others are there. Fails with `fleet.malformed` for a key of headquarters. */
export function offeredBy(chosen: ChosenFiles): OfferedHeadquarters {
  const keyIn = (kind: KeyFileKind): Uint8Array | null => {
    const file = chosen[kind];
    return file === undefined ? null : keyInFile(kind, halves[kind], file);
  };
  const files = {
    authority: chosen.authority ?? null,
    certificate: chosen.certificate ?? null,
    key: chosen.key ?? null,
    passphrase: firstLine(chosen.passphrase),
    password: firstLine(chosen.password),
  };
  const identity = identityOf(files);
  return {
    files,
    sealingKey: keyIn('sealing'),
    issuingKey: keyIn('issuing'),
    receivingKey: keyIn('receiving'),
    certificate: identity === null || identity instanceof Failure ? certificateAlone(files) : certificateOf(identity),
    authority: files.authority === null ? null : authorityOf(new TextDecoder('latin1').decode(files.authority)),
    hindrance: identity instanceof Failure ? identity : null,
  };
}

function identityOf({ certificate, key, passphrase }: DatabaseFiles): ClientIdentity | Failure | null {
  if (certificate === null) {
    const alone = key === null && passphrase === null;
    return alone ? null : new Failure('service.unusable', { reason: 'a key without its certificate' });
  }
  try {
    return identityIn(certificate, { key, passphrase });
  } catch (thrown) {
    return asFailure(thrown);
  }
}

// Whose it is can be told before its key is there, where it does not lie locked in one file with it.
function certificateAlone({ certificate }: DatabaseFiles): ToldCertificate | null {
  if (certificate === null || certificate[0] === pkcs12Tag) return null;
  const pem = new TextDecoder('latin1').decode(certificate);
  return certificateOf({ kind: 'pem', certificate: pem, key: '', passphrase: null });
}

function firstLine(file: Uint8Array | undefined): string | null {
  return file === undefined ? null : (new TextDecoder().decode(file).split(/\r?\n/, 1)[0] ?? '');
}
