import { describe, expect, it } from 'vitest';
import type { Check } from '../../../main/result/check.ts';
import type { PlainDate } from '../../../main/result/plain-date.ts';
import { importCertificates } from '../../../main/trust/lists/certificate-import.ts';
import { withBrought } from '../../../main/trust/lists/directory-import.ts';
import { standardLimits } from '../../../main/trust/path/freshness.ts';
import { revokedBy } from '../../../main/trust/path/link-belief.ts';
import { findIssuer } from '../../../main/trust/path/path.ts';
import { TrustStore } from '../../../main/trust/path/trust-store.ts';
import { checkRevocation } from '../../../main/trust/revocation/revocation.ts';
import { acceptRevocationList, storedRevocationList } from '../../../main/trust/revocation/revocation-import.ts';
import { parseRevocationList } from '../../../main/trust/revocation/revocation-list.ts';
import type { StoredRevocationList } from '../../../main/trust/types.ts';
import { parseCertificate } from '../../../main/trust/x509/certificate.ts';
import { emptyContext, today } from '../../support/german-list.ts';
import { rejection } from '../../support/rejection.ts';
import {
  ecTestKey,
  extensions,
  keyIdentifierOf,
  nameOf,
  type TestCertificate,
  type TestKey,
  testAuthority,
  testDocumentSigner,
} from '../../support/test-pki.ts';
import { type TestRevocationList, testRevocationList } from '../../support/test-revocation-list.ts';

const scheme = { scheme: 'ECDSA', hash: 'SHA-256' } as const;
const key = ecTestKey('P-256', 'named', 1);
const newKey = ecTestKey('P-256', 'named', 2);
const signerKey = ecTestKey('P-256', 'named', 3);
const otherKey = ecTestKey('P-256', 'named', 4);
const authority = testAuthority(key, scheme, { serialNumber: 3 });
// Serial number 17.
const signer = parseCertificate(testDocumentSigner(signerKey, key, scheme));
const source = { kind: 'master-list', digest: 'list', date: '2026-10-01' as PlainDate } as const;

const rolledOver = (change: Partial<TestCertificate> = {}): Uint8Array =>
  testAuthority(newKey, scheme, { serialNumber: 4, ...change });
const usage = (bits: number, ofKey: TestKey = newKey): readonly Uint8Array[] => [
  extensions.keyUsage(bits),
  extensions.authority(),
  extensions.subjectKeyIdentifier(keyIdentifierOf(ofKey)),
];
const otherName = nameOf('UT', 'Another CSCA');
const other = testAuthority(otherKey, scheme, { subject: otherName, issuer: otherName, serialNumber: 8 });
const revoking = { key, revoked: [17], thisUpdate: '261001' } as const;

async function storeOf(anchors: readonly Uint8Array[]): Promise<TrustStore> {
  const { certificates } = await importCertificates(anchors, source, emptyContext);
  return new TrustStore(certificates);
}

const made = (list: Partial<TestRevocationList>): Uint8Array => testRevocationList({ key, scheme, ...list });

async function check(
  lists: readonly Partial<TestRevocationList>[],
  anchors: readonly Uint8Array[],
  at: PlainDate = today,
): Promise<Check> {
  const trust = await storeOf(anchors);
  for (const list of lists) trust.addRevocationList(storedRevocationList(parseRevocationList(made(list))));
  return checkRevocation(signer, await findIssuer(signer, trust, at), { trust, at, limits: standardLimits });
}

const word = ({ result, code }: Check): string => (code === null ? result : `${result} ${code}`);

/** What becomes of a list that would undo a revocation: with the earlier one, alone, and at the door. */
async function tried(list: Partial<TestRevocationList>, anchors: readonly Uint8Array[]) {
  const trust = await storeOf(anchors);
  trust.addRevocationList(storedRevocationList(parseRevocationList(made(revoking))));
  return {
    undoing: word(await check([revoking, list], anchors)),
    alone: word(await check([list], anchors)),
    door: (await rejection(acceptRevocationList(made(list), trust, today)))?.code ?? 'taken',
  };
}

describe('a revocation list speaks for the authority whose valid key signed it (RFC 5280 §6.3.3(b), (f), (g))', () => {
  it.each([
    ['that has ended (§6.1.3(a)(2))', rolledOver({ notAfter: '261015' }), { key: newKey }, 'revocation.signer-invalid'],
    [
      'whose certificate ended after the list was signed',
      rolledOver({ notAfter: '261115' }),
      { key: newKey },
      'revocation.signer-invalid',
    ],
    ['that has not begun', rolledOver({ notBefore: '261120' }), { key: newKey }, 'revocation.signer-invalid'],
    ['without cRLSign', rolledOver({ extensions: usage(0x04) }), { key: newKey }, 'revocation.signer-invalid'],
    [
      'of no certification authority',
      rolledOver({
        extensions: [extensions.keyUsage(0x06), extensions.subjectKeyIdentifier(keyIdentifierOf(newKey))],
      }),
      { key: newKey },
      'revocation.signer-invalid',
    ],
    ['of another authority of the state', other, { key: otherKey }, 'revocation.issuer-unknown'],
  ])('not a key %s', async (_what, anchor, list, code) => {
    expect(await tried(list, [authority, anchor])).toEqual({
      undoing: 'failed certificate.revoked',
      alone: `undetermined ${code}`,
      door: code,
    });
  });

  it('not a key of another authority that lists under its own name', async () => {
    const list = { key: otherKey, issuer: otherName };
    expect(await tried(list, [authority, other])).toEqual({
      undoing: 'failed certificate.revoked',
      alone: 'undetermined revocation.issuer-unknown',
      // It is a good list, of that authority: it says nothing of this one.
      door: 'taken',
    });
  });

  it('not a key that an earlier list has revoked (9303-12 §4.1.5.1)', async () => {
    const anchors = [authority, rolledOver()];
    const earlier = { ...revoking, revoked: [4] } as const;
    const trust = await storeOf(anchors);
    trust.addRevocationList(storedRevocationList(parseRevocationList(made(earlier))));
    const later = { key: newKey, thisUpdate: '261110' };
    expect(await rejection(acceptRevocationList(made(later), trust, today))).toMatchObject({
      code: 'revocation.signer-invalid',
      fields: { reason: 'revoked' },
    });
    // Neither does it clear anybody, nor can it name an innocent, where it is in the store all the same.
    expect(word(await check([{ ...earlier, nextUpdate: '261101' }, later], anchors))).toBe(
      'undetermined revocation.stale',
    );
    expect(word(await check([earlier, { ...later, revoked: [17] }], anchors))).toBe('successful');
    // What it had named before it was revoked stays.
    expect(word(await check([earlier, { key: newKey, thisUpdate: '260915', revoked: [17] }], anchors))).toBe(
      'failed certificate.revoked',
    );
  });

  it('may revoke the key that signed it, and vouches for nothing then (9303-12 §4.1.5.1)', async () => {
    const list = { revoked: [3] };
    const trust = await storeOf([authority]);
    expect((await acceptRevocationList(made(list), trust, today)).entries).toBe(1);
    expect(word(await check([list], [authority]))).toBe('failed certificate.revoked');
  });

  it('revokes a key by any certificate for it', async () => {
    // The link bears another number than the self-signed certificate, which the path goes by.
    const link = testAuthority(key, scheme, { issuerKey: newKey, serialNumber: 6 });
    const anchors = [authority, rolledOver(), link];
    expect(word(await check([{ key: newKey, revoked: [6] }], anchors))).toBe('failed certificate.revoked');
  });

  it('is led to it through links, in whichever direction (9303-12 §4.1.4.3)', async () => {
    const name = nameOf('UT', 'New Name');
    const root = testAuthority(newKey, scheme, { subject: name, issuer: name, serialNumber: 4 });
    const link = testAuthority(newKey, scheme, { subject: name, issuerKey: key, serialNumber: 5 });
    const list = { key: newKey, issuer: name, revoked: [17] };
    expect(word(await check([list], [authority, root]))).toBe('undetermined revocation.issuer-unknown');
    expect(word(await check([list], [authority, root, link]))).toBe('failed certificate.revoked');
  });
});

describe('what was revoked', () => {
  it('stays so when a later list leaves it out, and that is told (RFC 5280 §5.3.1)', async () => {
    const answer = await check([revoking, {}], [authority]);
    expect(answer).toMatchObject({
      result: 'failed',
      code: 'certificate.revoked',
      detail: { remarks: ['revocation.omitted'], revoked: { date: '2026-10-01', omitted: true } },
    });
  });

  it('comes along with the later lists when only the newest is held', async () => {
    const trust = await storeOf([authority]);
    let held: ReturnType<typeof storedRevocationList> | null = null;
    for (const list of [revoking, { thisUpdate: '261015', revoked: [5] }, { thisUpdate: '261101' }]) {
      const only = await storeOf([authority]);
      if (held !== null) only.addRevocationList(held);
      held = await acceptRevocationList(made(list), only, today);
    }
    expect(held?.omitted?.map(({ serial }) => serial).toSorted()).toEqual(['11', '5']);
    if (held !== null) trust.addRevocationList(held);
    const path = await findIssuer(signer, trust, today);
    expect(word(await checkRevocation(signer, path, { trust, at: today, limits: standardLimits }))).toBe(
      'failed certificate.revoked',
    );
  });

  // Two editions in one call, as an administrator lays them into a folder: the second must see what the first named.
  it('comes along where both editions come in one import', async () => {
    const brought: StoredRevocationList[] = [];
    const trust = withBrought(await storeOf([authority]), new Map(), brought);
    for (const list of [revoking, { thisUpdate: '261015' }, { thisUpdate: '261101' }])
      brought.push(await acceptRevocationList(made(list), trust, today));
    expect(brought.at(-1)?.omitted).toEqual([
      { serial: '11', date: '2026-10-01', reason: null, list: brought[0]?.fingerprint },
    ]);
    expect((await rejection(acceptRevocationList(made(revoking), trust, today)))?.code).toBe('revocation.older');
  });

  it('counts against links too when only the newest is held (RFC 5280 §6.1.3(a)(3))', async () => {
    const only = await storeOf([authority]);
    only.addRevocationList(storedRevocationList(parseRevocationList(made(revoking))));
    const newest = await acceptRevocationList(made({}), only, today);
    expect(revokedBy([newest])(signer)).toBe(true);
    const hold = storedRevocationList(parseRevocationList(made({ ...revoking, reasons: [6] })));
    const released = storedRevocationList(parseRevocationList(made({})));
    expect(revokedBy([hold])(signer)).toBe(true);
    expect(revokedBy([hold, released])(signer)).toBe(false);
  });

  it('comes back where it was only on hold (RFC 5280 §5.3.1)', async () => {
    const hold = { ...revoking, reasons: [6] };
    expect(word(await check([hold], [authority]))).toBe('failed certificate.revoked');
    expect(word(await check([hold, {}], [authority]))).toBe('successful');
    const trust = await storeOf([authority]);
    trust.addRevocationList(storedRevocationList(parseRevocationList(made(hold))));
    expect((await acceptRevocationList(made({}), trust, today)).omitted).toEqual([]);
  });
});

describe('the days of a revocation list', () => {
  // 9303-12 §4.1.5: every 90 days; a month more where two editions overlap.
  it.each([
    ['2049', '491231', '260803', 'undetermined revocation.stale'],
    ['2049', '491231', '260805', 'successful'],
    ['its own day', '261122', '261101', 'undetermined revocation.stale'],
  ])('do not run to %s', async (_what, nextUpdate, thisUpdate, expected) => {
    const answer = await check([{ nextUpdate, thisUpdate }], [authority], '2026-12-03' as PlainDate);
    expect(word(answer)).toBe(expected);
  });

  it('are not after the clock: such a list is refused (RFC 5280 §5.1.2.4)', async () => {
    const trust = await storeOf([authority]);
    const door = async (thisUpdate: string) =>
      (await rejection(acceptRevocationList(made({ thisUpdate }), trust, today)))?.code ?? 'taken';
    expect(await door('261123')).toBe('taken');
    // Lists are dated in UTC and clocks by the place.
    expect(await door('261124')).toBe('taken');
    expect(await door('261125')).toBe('trust.list-ahead');
  });
});
