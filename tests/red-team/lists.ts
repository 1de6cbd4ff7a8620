import { encodeInteger, encodeOid } from '../../main/document/der.ts';
import { encodeTlv } from '../../main/document/tlv.ts';
import { headquarters, policyFile } from '../support/headquarters.ts';
import { MadeState, scheme, signerSerial, signingTime } from '../support/made-state.ts';
import { ldifEntry } from '../support/test-ldif.ts';
import {
  byIssuerAndSerial,
  ecTestKey,
  extensions,
  keyIdentifierOf,
  nameOf,
  type TestCertificate,
  testDigestAlgorithm,
  testSignedData,
} from '../support/test-pki.ts';
import type { Attack } from './attack.ts';
import { type AttackEnd, refusedCommand } from './attack-end.ts';
import { clockAt, finland, masterList, passport, type Station, sweden, thief, today } from './station.ts';

const reject = (stoppedBy: string): AttackEnd => ({ end: 'reject', stoppedBy });
const refer = (stoppedBy: string): AttackEnd => ({ end: 'refer', stoppedBy });
const refused = (stoppedBy: string): AttackEnd => ({ end: 'refused', stoppedBy });

/** Brings files in without anybody's word for them, then comes with the document that they were made for. */
async function bringThenCome(
  station: Station,
  files: readonly Uint8Array[],
  visit: Parameters<Station['attempt']>[0],
): Promise<AttackEnd> {
  const paths = files.map((bytes, index) => station.file(`brought-${index}`, bytes));
  await station.command(['trust', 'import', ...paths]);
  return station.attempt(visit);
}

/** Lays files into the folder that the station watches, lets it update, then comes with the document. */
async function layThenCome(station: Station, files: readonly Uint8Array[]): Promise<AttackEnd> {
  const folder = station.folderOf(files);
  await station.must('trust', 'source', folder);
  await station.command(['trust', 'update']);
  return station.attempt({ specimen: thief.issue(passport()) });
}

// A state whose old key ran out: what hangs on it later is nobody's word.
const oldState = new MadeState('IS', today, 7601, { notAfter: sweden.day(-100) });
const linkOf = (state: MadeState, change: Partial<TestCertificate> = {}): Uint8Array =>
  state.link(thief.key, { subject: thief.name, ...change });
const withoutSigning = [
  extensions.keyUsage(0x80),
  extensions.authority(),
  extensions.subjectKeyIdentifier(keyIdentifierOf(thief.key)),
  extensions.authorityKeyIdentifier(keyIdentifierOf(sweden.key)),
];
const withoutAuthority = [
  extensions.certificateSigning(),
  extensions.subjectKeyIdentifier(keyIdentifierOf(thief.key)),
  extensions.authorityKeyIdentifier(keyIdentifierOf(sweden.key)),
];
// The key of a document signer, which the state did give out, signs a link.
const bySigner = { issuerKey: sweden.signerKey, issuer: nameOf('SE', 'Document Signer') } as const;

const revokedSigner = { revoked: [signerSerial], number: 2 } as const;
const otherKey = ecTestKey('brainpoolP256r1', 'named', 7701);

async function undoRevocation(station: Station, list: Uint8Array): Promise<AttackEnd> {
  await station.must('trust', 'import', station.file('revoked.crl', sweden.revocationList(revokedSigner)));
  await station.command(['trust', 'import', station.file('undo.crl', list)]);
  return station.attempt({ specimen: sweden.issue(passport()) });
}

const sequence = (...parts: Uint8Array[]): Uint8Array =>
  encodeTlv(0x30, Uint8Array.from(parts.flatMap((part) => [...part])));
const set = (...parts: Uint8Array[]): Uint8Array =>
  encodeTlv(0x31, Uint8Array.from(parts.flatMap((part) => [...part])));

/** A deviation list that excuses a wrong hash of every passport, signed by a state's own signer of such lists. */
function deviationList(state: MadeState): Uint8Array {
  const types = encodeTlv(0x30, encodeTlv(0x13, new TextEncoder().encode('P')));
  const described = sequence(encodeTlv(0x13, new TextEncoder().encode('as found')), encodeOid('2.23.136.1.1.7.2.2'));
  const content = sequence(encodeInteger(0), testDigestAlgorithm('SHA-256'), set(sequence(types, set(described))));
  return testSignedData({
    contentType: '2.23.136.1.1.7',
    content,
    certificates: [
      state.documentSigner({
        extensions: [
          extensions.digitalSignature(),
          extensions.authorityKeyIdentifier(keyIdentifierOf(state.key)),
          extensions.extendedKeyUsage('2.23.136.1.1.8'),
        ],
      }),
    ],
    key: state.signerKey,
    scheme,
    identifier: byIssuerAndSerial(state.name, signerSerial),
    moreAttributes: [signingTime(state.day(-10))],
  });
}

function changedPhoto(files: ReadonlyMap<string, Uint8Array>): ReadonlyMap<string, Uint8Array> {
  const photo = Uint8Array.from(files.get('EF.DG2') ?? []);
  photo[photo.length - 1] = (photo.at(-1) ?? 0) ^ 1;
  return new Map([...files, ['EF.DG2', photo]]);
}

const weakened = {
  ...policyFile('document'),
  version: 900,
  rules: policyFile('document').rules.map((rule) =>
    rule.check.startsWith('passive-authentication.')
      ? {
          check: rule.check,
          outcomes: {
            successful: 'accept',
            failed: 'refer',
            undetermined: 'pass over',
            'not supported': 'pass over',
            aborted: 'refer',
            absent: 'refer',
          },
        }
      : rule,
  ),
};
const office = headquarters(31);

async function bundleThenCome(station: Station, policies: Readonly<Record<string, unknown>>): Promise<AttackEnd> {
  const bundle = station.file('office.bundle', office.bundle(1, policies));
  const signer = station.file('office.key', office.issuer);
  const end = await station.command([
    'trust',
    'import',
    bundle,
    '--signer',
    signer,
    '--by',
    'A. Berg',
    '--by',
    'C. Dahl',
  ]);
  if (end.status !== 0) return refusedCommand(end);
  return station.attempt({ specimen: thief.issue(passport()) });
}

export const listAttacks: readonly Attack[] = (
  [
    [
      'a CSCA of the thief, as a file',
      "imports the thief's own CSCA without an administrator's word",
      refer('passive-authentication.path: certificate.issuer-unknown'),
      (station) => bringThenCome(station, [thief.authority], { specimen: thief.issue(passport()) }),
    ],
    [
      'a CSCA of the thief in the watched folder',
      "lays the thief's CSCA where the station fetches its lists",
      refer('passive-authentication.path: certificate.issuer-unknown'),
      (station) => layThenCome(station, [thief.authority]),
    ],
    [
      'a master list of the thief',
      'a master list with the right names, signed by another key',
      refused('trust.signer-not-pinned'),
      async (station) =>
        refusedCommand(
          await station.command([
            'trust',
            'import',
            station.file('l.ml', masterList([thief.authority], { key: otherKey })),
          ]),
        ),
    ],
    [
      'a master list of tomorrow',
      'a rightly signed list dated after the clock, so that none after it is ever newer',
      refused('trust.list-ahead'),
      async (station) =>
        refusedCommand(
          await station.command([
            'trust',
            'import',
            station.file('l.ml', masterList([sweden.authority], { day: sweden.day(40) })),
          ]),
        ),
    ],
    [
      'an older master list',
      'the edition of last year, which lacks what was withdrawn since',
      refused('trust.list-older'),
      async (station) =>
        refusedCommand(
          await station.command([
            'trust',
            'import',
            station.file('l.ml', masterList([sweden.authority], { day: sweden.day(-390) })),
          ]),
        ),
    ],
    [
      'a CSCA in a directory export',
      'an LDIF, which nobody signs, with the CSCA of the thief in it',
      refer('passive-authentication.path: certificate.issuer-unknown'),
      (station) =>
        bringThenCome(
          station,
          [new TextEncoder().encode(ldifEntry('cn=csca,c=SE,dc=data', [['cACertificate;binary', thief.authority]]))],
          { specimen: thief.issue(passport()) },
        ),
    ],
    [
      'a link by nobody',
      "a link certificate to the thief's key, signed by the thief",
      refer('passive-authentication.path: certificate.issuer-unknown'),
      (station) => layThenCome(station, [sweden.link(thief.key, { issuerKey: thief.key, subject: thief.name })]),
    ],
    [
      'a link without certificate signing',
      'a link, rightly signed, whose key may not sign certificates (RFC 5280 §6.1.4(n))',
      refer('passive-authentication.path: certificate.issuer-unknown'),
      (station) => layThenCome(station, [linkOf(sweden, { extensions: withoutSigning })]),
    ],
    [
      'a link that is no authority',
      'a link, rightly signed, that is no CA (RFC 5280 §6.1.4(k))',
      refer('passive-authentication.path: certificate.issuer-unknown'),
      (station) => layThenCome(station, [linkOf(sweden, { extensions: withoutAuthority })]),
    ],
    [
      'a link by a document signer',
      "the key of a document signer signs a link to the thief's key",
      refer('passive-authentication.path: certificate.issuer-orphan'),
      (station) => layThenCome(station, [sweden.documentSigner(), linkOf(sweden, bySigner)]),
    ],
    [
      'a link dated after its issuer',
      'the stolen key of a CSCA that ran out signs a link dated after its end (RFC 5280 §6.1.3(a)(2))',
      refer('passive-authentication.path: certificate.issuer-unknown'),
      async (station) => {
        await station.must(
          'trust',
          'import',
          station.file('new.ml', masterList([sweden.authority, oldState.authority], { day: sweden.day(-2) })),
        );
        return layThenCome(station, [oldState.link(thief.key, { subject: thief.name, notBefore: sweden.day(-30) })]);
      },
    ],
    [
      'a link between states',
      'a believed state links to a key under the names of another state',
      refer('passive-authentication.path: certificate.issuer-unknown'),
      (station) => layThenCome(station, [finland.link(thief.key, { subject: thief.name })]),
    ],
    [
      'a link that was revoked',
      'a link whose serial number its issuer has revoked',
      refer('passive-authentication.path: certificate.issuer-unknown'),
      async (station) => {
        await station.must(
          'trust',
          'import',
          station.file('r.crl', sweden.revocationList({ revoked: [77], number: 2 })),
        );
        return layThenCome(station, [linkOf(sweden)]);
      },
    ],
    [
      'a revoked document signer',
      'a passport whose signer its state has revoked',
      reject('passive-authentication.revocation: certificate.revoked'),
      async (station) => {
        await station.must('trust', 'import', station.file('revoked.crl', sweden.revocationList(revokedSigner)));
        return station.attempt({ specimen: sweden.issue(passport()) });
      },
    ],
    [
      'a newer list without the revocation',
      'a later list of the CSCA that omits what was revoked',
      reject('passive-authentication.revocation: certificate.revoked'),
      (station) => undoRevocation(station, sweden.revocationList({ number: 3, thisUpdate: sweden.day(0) })),
    ],
    [
      'a revocation list of another state',
      'a list that another believed state signed',
      reject('passive-authentication.revocation: certificate.revoked'),
      (station) => undoRevocation(station, sweden.revocationList({ number: 9, key: finland.key })),
    ],
    [
      'a revocation list of the thief',
      "a newer list under the CSCA's name, signed by the thief",
      reject('passive-authentication.revocation: certificate.revoked'),
      (station) => undoRevocation(station, sweden.revocationList({ number: 9, key: thief.key })),
    ],
    [
      'a revocation list until 2049',
      'a list that says that no other one comes for decades',
      reject('passive-authentication.revocation: certificate.revoked'),
      (station) =>
        undoRevocation(station, sweden.revocationList({ number: 9, thisUpdate: sweden.day(0), nextUpdate: '491231' })),
    ],
    [
      'a revocation list of tomorrow',
      'a list dated after the clock (RFC 5280 §5.1.2.4)',
      refused('trust.list-ahead'),
      async (station) =>
        refusedCommand(
          await station.command([
            'trust',
            'import',
            station.file(
              't.crl',
              sweden.revocationList({ number: 9, thisUpdate: sweden.day(20), nextUpdate: sweden.day(80) }),
            ),
          ]),
        ),
    ],
    [
      'an old revocation list kept',
      'the only list of the state is past its day',
      refer('passive-authentication.revocation: revocation.stale'),
      (station) => station.attempt({ specimen: sweden.issue(passport()), clock: clockAt(200) }),
    ],
    [
      "another state's list of deviations",
      'a believed state says that wrong hashes of passports are known',
      reject('passive-authentication.hashes: data-group.hash-differs'),
      async (station) => {
        const signer = station.file('fi.cer', finland.authority);
        await station.command(['trust', 'import', station.file('d.bin', deviationList(finland)), '--signer', signer]);
        return station.attempt({ specimen: sweden.issue(passport(), { changedFiles: changedPhoto }) });
      },
    ],
    [
      "the state's own list of deviations",
      'the state itself names a document type alone: no signer, so no excuse for a hash',
      reject('passive-authentication.hashes: data-group.hash-differs'),
      async (station) => {
        const signer = station.file('se.cer', sweden.authority);
        await station.command(['trust', 'import', station.file('d.bin', deviationList(sweden)), '--signer', signer]);
        return station.attempt({ specimen: sweden.issue(passport(), { changedFiles: changedPhoto }) });
      },
    ],
    [
      'a policy below the floor',
      'a pinned headquarters sends a policy that passes over what was never proved',
      refused('bundle.policy-malformed'),
      (station) => bundleThenCome(station, { document: weakened }),
    ],
    [
      'a policy that leaves out',
      'a purpose of headquarters without combinations and alternatives',
      refer('passive-authentication.path: certificate.issuer-unknown'),
      (station) =>
        bundleThenCome(station, {
          'renew-bankid': { ...policyFile('renew-bankid'), version: 900, combinations: [], alternatives: [] },
        }),
    ],
    [
      'a bundle of nobody',
      'a station bundle whose station nobody pinned',
      refused('bundle.signer-not-pinned'),
      async (station) =>
        refusedCommand(
          await station.command([
            'trust',
            'import',
            station.file('b.bundle', office.bundle(1, { document: weakened })),
          ]),
        ),
    ],
  ] as readonly (readonly [string, string, AttackEnd, Attack['run']])[]
).map(([kind, tries, stopped, run]) => ({ kind, area: 'lists', tries, stopped, run }));
