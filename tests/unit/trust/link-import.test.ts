import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeTlv } from '../../../main/document/tlv.ts';
import { importCertificates } from '../../../main/trust/lists/certificate-import.ts';
import { importLinks } from '../../../main/trust/lists/link-import.ts';
import { judgeOrphans } from '../../../main/trust/lists/orphans.ts';
import { nothingRevoked, revokedBy } from '../../../main/trust/path/link-belief.ts';
import { storedRevocationList } from '../../../main/trust/revocation/revocation-import.ts';
import { parseRevocationList } from '../../../main/trust/revocation/revocation-list.ts';
import type { StoredCertificate, TrustSource } from '../../../main/trust/types.ts';
import { emptyContext, germanList, today } from '../../support/german-list.ts';
import { describeWithRealData, realData } from '../../support/real-data.ts';
import {
  type EcTestKey,
  ecTestKey,
  extension,
  extensions,
  keyIdentifierOf,
  nameOf,
  type TestCertificate,
  testAuthority,
  testName,
} from '../../support/test-pki.ts';
import { testRevocationList } from '../../support/test-revocation-list.ts';

const scheme = { scheme: 'ECDSA', hash: 'SHA-256' } as const;
const [oldKey, newKey, newestKey, strangerKey] = [1, 2, 3, 4].map((seed) => ecTestKey('P-256', 'named', seed)) as [
  EcTestKey,
  EcTestKey,
  EcTestKey,
  EcTestKey,
];
const listed = { kind: 'master-list', digest: 'list', date: today } as const;
const loose = { kind: 'directory', digest: 'export', date: null } as const;
const signing = extensions.certificateSigning();
const noAuthority = extension('2.5.29.19', encodeTlv(0x30), true);
const identified = (key: EcTestKey, by: EcTestKey, ...list: Uint8Array[]): Uint8Array[] => [
  ...list,
  extensions.subjectKeyIdentifier(keyIdentifierOf(key)),
  extensions.authorityKeyIdentifier(keyIdentifierOf(by)),
];
const link = (change: Partial<TestCertificate> = {}, key = newKey, by = oldKey): Uint8Array =>
  testAuthority(key, scheme, {
    issuerKey: by,
    serialNumber: 9,
    notBefore: '250101',
    extensions: identified(key, by, signing, extensions.authority()),
    ...change,
  });

async function believed(...roots: Uint8Array[]): Promise<readonly StoredCertificate[]> {
  return (await importCertificates(roots, listed, emptyContext)).certificates;
}

/** How a link fares at a station that believes a list with these roots: believed, orphan, or why it is refused. */
async function fate(
  made: Uint8Array,
  root: Partial<TestCertificate> = {},
  revoked: readonly number[] = [],
): Promise<string> {
  const list = storedRevocationList(parseRevocationList(testRevocationList({ key: oldKey, scheme, revoked })));
  const known = await believed(testAuthority(oldKey, scheme, { serialNumber: 7, ...root }));
  const { certificates, refused } = importLinks([made], loose, {
    ...emptyContext,
    known,
    isRevoked: revokedBy([list]),
  });
  const [only] = certificates;
  if (only === undefined) return refused[0]?.code ?? 'nothing';
  return only.verifiedBy === null ? 'orphan' : 'believed';
}

const twoCountries = testName([
  ['2.5.4.6', 'UT'],
  ['2.5.4.6', 'SE'],
  ['2.5.4.3', 'Test CSCA'],
]);

/** A link, how it fares, and how its issuer's certificate differs; which numbers are revoked. */
type Case = [what: string, fate: string, made: Uint8Array, root?: Partial<TestCertificate>, revoked?: number[]];

describe('a link certificate that no signed list holds', () => {
  it.each<Case>([
    ['of a believed authority', 'believed', link()],
    ['of an authority that has ended since (9303-12 §4.1.4.3)', 'believed', link(), { notAfter: '260101' }],
    [
      'without key usage (RFC 5280 §6.1.4(n))',
      'believed',
      link({ extensions: identified(newKey, oldKey, extensions.authority()) }),
    ],
    // 9303-12 App. C: the sixth edition's links state 1, as Lithuania's do.
    [
      'with a path length of 1',
      'believed',
      link({
        extensions: identified(
          newKey,
          oldKey,
          signing,
          extension(
            '2.5.29.19',
            encodeTlv(0x30, encodeTlv(0x01, Uint8Array.of(0xff)), encodeTlv(0x02, Uint8Array.of(1))),
            true,
          ),
        ),
      }),
    ],
    // RFC 5280 §6.1.3(a)(2): dated after its issuer's end, or before its beginning.
    ['dated after its issuer’s end', 'certificate.issued-out-of-time', link(), { notAfter: '241231' }],
    ['dated before its issuer began', 'certificate.issued-out-of-time', link(), { notBefore: '250102' }],
    // §6.1.3(a)(3)
    ['of a key that was revoked', 'certificate.revoked', link(), {}, [7]],
    ['that was revoked itself', 'certificate.revoked', link(), {}, [9]],
    // §6.1.4(k), (n), (o)
    [
      'that is no authority',
      'certificate.not-authority',
      link({ extensions: identified(newKey, oldKey, signing, noAuthority) }),
    ],
    [
      'without basic constraints',
      'certificate.not-authority',
      link({ extensions: identified(newKey, oldKey, signing) }),
    ],
    [
      'that may not sign certificates',
      'certificate.not-authority',
      link({ extensions: identified(newKey, oldKey, extensions.keyUsage(0x82), extensions.authority()) }),
    ],
    [
      'with something critical that is not known',
      'certificate.not-authority',
      link({
        extensions: identified(
          newKey,
          oldKey,
          signing,
          extensions.authority(),
          extension('1.2.3', encodeTlv(0x05), true),
        ),
      }),
    ],
    [
      'of an issuer that may not sign certificates',
      'certificate.not-authority',
      link(),
      { extensions: identified(oldKey, oldKey, extensions.keyUsage(0x02), extensions.authority()) },
    ],
    [
      'of an issuer that is no authority',
      'certificate.not-authority',
      link(),
      { extensions: identified(oldKey, oldKey, signing, noAuthority) },
    ],
    // §6.1.3(a)(4), 9303-12 §7.1.1.2
    ['that gives its issuer another name', 'certificate.issuer-differs', link({ issuer: nameOf('UT', 'Other CSCA') })],
    ['from one country to another', 'certificate.country-differs', link({ subject: nameOf('SE', 'Test CSCA') })],
    ['with two countries in its name', 'certificate.country-unknown', link({ subject: twoCountries })],
    ['with two countries in its issuer’s name', 'certificate.country-unknown', link({ issuer: twoCountries })],
    // Signatures
    ['that another key signed', 'certificate.signature-wrong', link({ issuerKey: strangerKey })],
    ['whose issuer is not at hand', 'orphan', link({}, newKey, strangerKey)],
    ['that is its own issuer', 'trust.not-vouched', testAuthority(strangerKey, scheme, { serialNumber: 4 })],
  ])('%s: %s', async (...[, expected, made, root = {}, revoked = []]: Case) => {
    expect(await fate(made, root, revoked)).toBe(expected);
  });

  it('waits for its issuer and for those who wait with it, in whatever order they come', async () => {
    const second = link({ serialNumber: 10 }, newestKey, newKey);
    const root = testAuthority(oldKey, scheme, { serialNumber: 7 });
    const first = link();
    const stranger = link({ serialNumber: 11 }, ecTestKey('P-256', 'named', 5), strangerKey);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }), async (order) => {
        const store = new Map<string, StoredCertificate>();
        const take = (found: readonly StoredCertificate[]) => {
          for (const each of found) store.set(each.summary.fingerprint, each);
        };
        for (const index of order) {
          const context = { ...emptyContext, known: [...store.values()] };
          const made = [first, second, root, stranger][index] ?? root;
          const { certificates } =
            made === root ? await importCertificates([root], listed, context) : importLinks([made], loose, context);
          take(certificates);
          take(judgeOrphans([...store.values()], certificates, nothingRevoked));
        }
        const told = [...store.values()].map(
          ({ summary, verifiedBy }) => `${summary.serialNumber} ${verifiedBy !== null}`,
        );
        expect(told.toSorted()).toEqual(['07 true', '09 true', '0a true', '0b false']);
      }),
      { numRuns: 12 },
    );
  });

  it('is remembered five hundred times and no more', () => {
    const waiting = link({}, newKey, strangerKey);
    const many = Array.from({ length: 510 }, (_, index) =>
      waiting.with(-1, index & 0xff).with(-2, (waiting.at(-2) ?? 0) ^ (index >> 8)),
    );
    const { certificates, orphans, refused } = importLinks(many, loose, emptyContext);
    expect([certificates.length, orphans.length]).toEqual([500, 500]);
    expect(refused.map(({ code }) => code)).toEqual(Array(10).fill('trust.list-too-large'));
  });
});

/** Lists that hold what each of them holds, taken one after the other. */
async function inThisOrder(lists: readonly (readonly Uint8Array[])[]): Promise<readonly string[]> {
  const store = new Map<string, StoredCertificate>();
  const take = (found: readonly StoredCertificate[]) => {
    for (const each of found) store.set(each.summary.fingerprint, each);
  };
  for (const [index, list] of lists.entries()) {
    const source: TrustSource = { kind: 'master-list', digest: `list ${index}`, date: today };
    const { certificates } = await importCertificates(list, source, { ...emptyContext, known: [...store.values()] });
    take(certificates);
    take(judgeOrphans([...store.values()], certificates, nothingRevoked));
  }
  return [...store.values()]
    .map(({ summary, verifiedBy }) => `${summary.fingerprint} ${verifiedBy === null ? 'orphan' : 'verified'}`)
    .toSorted();
}

describe('two lists', () => {
  // TR-03135-1 §5.6.4.3.3: an orphan is one while its issuer is not at hand, and no longer.
  it('give the same certificates and the same orphans in either order', async () => {
    const keys = [11, 12, 13, 14, 15].map((seed) => ecTestKey('P-256', 'named', seed));
    const parts = keys.flatMap((key, index) => {
      const by = keys[index - 1];
      const root = index === 2 ? [] : [testAuthority(key, scheme, { serialNumber: 40 + index })];
      return by === undefined ? root : [...root, link({ serialNumber: 20 + index }, key, by)];
    });
    await fc.assert(
      fc.asyncProperty(fc.subarray(parts), fc.subarray(parts), async (one, other) => {
        expect(await inThisOrder([one, other])).toEqual(await inThisOrder([other, one]));
      }),
      { numRuns: 8 },
    );
  });
});

describeWithRealData('real lists', () => {
  it('give the same certificates and orphans however the German list is cut in two', async () => {
    const { certificates } = await germanList();
    const orphaned = new Map(certificates.map(({ summary, verifiedBy }) => [summary.fingerprint, verifiedBy === null]));
    // The countries whose links hang on other keys of the list, and those with orphans: enough for every way of it.
    const some = certificates.filter(({ summary }) => ['AT', 'SE', 'IL'].includes(summary.country));
    const [even, odd] = [0, 1].map((rest) => some.filter((_, index) => index % 2 === rest).map(({ der }) => der)) as [
      Uint8Array[],
      Uint8Array[],
    ];
    const expected = some
      .map(({ summary: { fingerprint } }) => `${fingerprint} ${orphaned.get(fingerprint) ? 'orphan' : 'verified'}`)
      .toSorted();
    expect(await inThisOrder([even, odd])).toEqual(expected);
    expect(await inThisOrder([odd, even])).toEqual(expected);
  }, 120_000);

  it('Lithuania’s links are believed for the sake of their issuer, which has ended since', async () => {
    const known = await believed(realData('pki/LT-CSCA-002.cer'));
    const files = ['pki/LT-link-002-to-003.cer', 'pki/LT-link-002-to-004.cer'].map(realData);
    const imported = importLinks(files, loose, { ...emptyContext, known });
    expect(imported).toMatchObject({ refused: [], orphans: [], known: 0 });
    expect(imported.certificates.map(({ verifiedBy }) => verifiedBy)).toEqual(
      Array(2).fill(known[0]?.summary.fingerprint),
    );
  });
});
