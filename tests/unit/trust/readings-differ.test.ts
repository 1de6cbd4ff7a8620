import { describe, expect, it } from 'vitest';
import type { Check } from '../../../main/result/check.ts';
import type { PlainDate } from '../../../main/result/plain-date.ts';
import { importCertificates } from '../../../main/trust/lists/certificate-import.ts';
import { verifySecurityObject } from '../../../main/trust/path/passive-authentication.ts';
import { TrustStore } from '../../../main/trust/path/trust-store.ts';
import { storedRevocationList } from '../../../main/trust/revocation/revocation-import.ts';
import { parseRevocationList } from '../../../main/trust/revocation/revocation-list.ts';
import type { StoredCertificate, StoredRevocationList } from '../../../main/trust/types.ts';
import { emptyContext, today } from '../../support/german-list.ts';
import { dataGroups, type Made, securityObject } from '../../support/made-security-object.ts';
import {
  ecTestKey,
  extensions,
  issueTestCertificate,
  keyIdentifierOf,
  nameOf,
  testAuthority,
} from '../../support/test-pki.ts';
import { type TestRevocationList, testRevocationList } from '../../support/test-revocation-list.ts';

/*
 * What a second reading has otherwise lowers what rests on it and raises nothing: the same documents, judged with any part of
 * the store in dispute, come to what they came to without, or to `undetermined` where they were successful.
 */

const scheme = { scheme: 'ECDSA', hash: 'SHA-256' } as const;
const [key, newKey, signerKey] = [1, 2, 3].map((seed) => ecTestKey('P-256', 'named', seed)) as [
  ReturnType<typeof ecTestKey>,
  ReturnType<typeof ecTestKey>,
  ReturnType<typeof ecTestKey>,
];
const [name, newName] = [nameOf('UT', 'Test CSCA'), nameOf('UT', 'New CSCA')];
const identified = (own: typeof key, issuer: typeof key) => [
  extensions.certificateSigning(),
  extensions.authority(),
  extensions.subjectKeyIdentifier(keyIdentifierOf(own)),
  extensions.authorityKeyIdentifier(keyIdentifierOf(issuer)),
];
const authority = testAuthority(key, scheme, { serialNumber: 3 });
const newAuthority = testAuthority(newKey, scheme, {
  serialNumber: 4,
  subject: newName,
  issuer: newName,
  extensions: identified(newKey, newKey),
});
// The older key links the newer one, under the newer name (9303-12 §7.1.3).
const link = issueTestCertificate({
  subject: newName,
  issuer: name,
  key: newKey,
  issuerKey: key,
  scheme,
  serialNumber: 5,
  extensions: identified(newKey, key),
});
const source = { kind: 'master-list', digest: 'list', date: '2026-10-01' as PlainDate } as const;

interface Scene {
  readonly anchors: readonly Uint8Array[];
  readonly lists: readonly Partial<TestRevocationList>[];
  readonly made?: Partial<Made>;
  readonly issuer?: string;
}

const all = [authority, newAuthority, link];
const scenes: Readonly<Record<string, Scene>> = {
  'all is well': { anchors: [authority], lists: [{}] },
  'a list by the linked key': { anchors: all, lists: [{ key: newKey, issuer: newName }] },
  revoked: { anchors: all, lists: [{ revoked: [17] }] },
  'revoked by the linked key': { anchors: all, lists: [{ key: newKey, issuer: newName, revoked: [17] }] },
  'the authority revoked': { anchors: all, lists: [{ revoked: [3] }] },
  'a stale list': { anchors: all, lists: [{ thisUpdate: '260101', nextUpdate: '260201' }] },
  'no list': { anchors: all, lists: [] },
  'no such authority': { anchors: [newAuthority], lists: [{}] },
  'a key that did not sign': { anchors: all, lists: [{}], made: { issuerKey: key, signer: { issuerKey: newKey } } },
  'the older authority under the newer name': { anchors: all, lists: [{}], made: { signer: { issuer: newName } } },
  'another country': { anchors: all, lists: [{}], issuer: 'SWE' },
  'no authority': { anchors: [testAuthority(key, scheme, { extensions: [] })], lists: [{}] },
  'an authority that has ended': { anchors: [testAuthority(key, scheme, { notAfter: '210101' })], lists: [{}] },
};

interface Held {
  readonly certificates: readonly StoredCertificate[];
  readonly lists: readonly StoredRevocationList[];
}

async function heldIn({ anchors, lists }: Scene): Promise<Held> {
  const { certificates } = await importCertificates(anchors, source, emptyContext);
  const made = lists.map((list) => testRevocationList({ key, scheme, ...list }));
  return { certificates, lists: made.map((der) => storedRevocationList(parseRevocationList(der))) };
}

async function judged({ certificates, lists }: Held, scene: Scene): Promise<readonly Check[]> {
  const trust = new TrustStore(certificates);
  for (const list of lists) trust.addRevocationList(list);
  const made = { key: signerKey, issuerKey: key, scheme, ...scene.made };
  const found = await verifySecurityObject({
    kind: 'EF.SOD',
    securityObject: securityObject(made),
    dataGroups,
    issuer: scene.issuer ?? 'UTO',
    documentCode: 'P',
    at: today,
    trust,
  });
  return found.checks;
}

const disputed = <Thing extends object>(things: readonly Thing[], which: (index: number) => boolean): Thing[] =>
  things.map((thing, index) => (which(index) ? { ...thing, readingsDiffer: ['subject'] } : thing));
const word = (checks: readonly Check[], id: string): string => {
  const { result, code } = checks.find((check) => check.id.endsWith(id)) ?? { result: 'none', code: null };
  return code === null ? result : `${result} ${code}`;
};

describe('what two readings have otherwise', () => {
  it.each(Object.entries(scenes))('lowers and never raises: %s', async (_, scene) => {
    const held = await heldIn(scene);
    const before = await judged(held, scene);
    // Every part of the store: each certificate and the list, in dispute or not.
    const parts = held.certificates.length + held.lists.length;
    for (let bits = 1; bits < 2 ** parts; bits++) {
      const isDisputed = (part: number): boolean => ((bits >> part) & 1) === 1;
      const certificates = disputed(held.certificates, isDisputed);
      const lists = disputed(held.lists, (index) => isDisputed(held.certificates.length + index));
      const after = await judged({ certificates, lists }, scene);
      expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
      for (const [index, was] of before.entries()) {
        const is = after[index];
        if (was.result === 'successful') expect(['successful', 'undetermined']).toContain(is?.result);
        else expect(is?.result).toBe(was.result);
      }
    }
  });

  it('leaves a path, its dates, its country and its revocation open where the authority is in dispute', async () => {
    const scene = scenes['all is well'] as Scene;
    const held = await heldIn(scene);
    const before = await judged(held, scene);
    for (const id of ['path', 'validity', 'country', 'revocation']) expect(word(before, id)).toBe('successful');
    const after = await judged({ ...held, certificates: disputed(held.certificates, () => true) }, scene);
    for (const id of ['path', 'validity', 'country'])
      expect(word(after, id)).toBe('undetermined certificate.readings-differ');
    expect(word(after, 'revocation')).toBe('undetermined revocation.readings-differ');
    expect(after.find(({ id }) => id.endsWith('path'))?.detail.readingsDiffer).toEqual(['subject']);
    // What the document itself proves stays as it is.
    for (const id of ['hashes', 'signature']) expect(word(after, id)).toBe('successful');
  });

  it('lets a list in dispute clear nobody, and revoke as before', async () => {
    for (const [title, before, after] of [
      ['all is well', 'successful', 'undetermined revocation.readings-differ'],
      ['revoked', 'failed certificate.revoked', 'failed certificate.revoked'],
    ] as const) {
      const scene = scenes[title] as Scene;
      const held = await heldIn(scene);
      expect(word(await judged(held, scene), 'revocation')).toBe(before);
      const lists = disputed(held.lists, () => true);
      expect(word(await judged({ ...held, lists }, scene), 'revocation')).toBe(after);
    }
  });

  // The list's signer and the document's authority are one only by way of the link certificate.
  it('lets a link in dispute connect no authority to a list that clears', async () => {
    const scene = scenes['a list by the linked key'] as Scene;
    const held = await heldIn(scene);
    expect(word(await judged(held, scene), 'revocation')).toBe('successful');
    const isLink = (index: number): boolean => held.certificates[index]?.summary.serialNumber === '05';
    const after = await judged({ ...held, certificates: disputed(held.certificates, isLink) }, scene);
    expect(word(after, 'revocation')).toBe('undetermined revocation.readings-differ');
    expect(word(after, 'path')).toBe('successful');
    const revoked = scenes['revoked by the linked key'] as Scene;
    const still = await heldIn(revoked);
    const stays = await judged({ ...still, certificates: disputed(still.certificates, isLink) }, revoked);
    expect(word(stays, 'revocation')).toBe('failed certificate.revoked');
  });
});
