import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlainDate } from '../../../main/result/plain-date.ts';
import { importCertificates } from '../../../main/trust/lists/certificate-import.ts';
import { type DirectoryContext, importDirectory } from '../../../main/trust/lists/directory-import.ts';
import { TrustStore } from '../../../main/trust/path/trust-store.ts';
import type { DocumentSignerRow } from '../../../main/trust/types.ts';
import { emptyContext, germanList, listFile, listSignerFile } from '../../support/german-list.ts';
import { describeWithRealData, realData } from '../../support/real-data.ts';
import { rejection } from '../../support/rejection.ts';
import { chunksOf, ldifEntry } from '../../support/test-ldif.ts';
import { ecTestKey, nameOf, testAuthority, testDocumentSigner } from '../../support/test-pki.ts';
import { testRevocationList } from '../../support/test-revocation-list.ts';

const scheme = { scheme: 'ECDSA', hash: 'SHA-256' } as const;
const oldKey = ecTestKey('P-256', 'named', 1);
const newKey = ecTestKey('P-256', 'named', 2);
const newestKey = ecTestKey('P-256', 'named', 3);
const strangerKey = ecTestKey('P-256', 'named', 4);
const old = testAuthority(oldKey, scheme);
const link = testAuthority(newKey, scheme, { issuerKey: oldKey, serialNumber: 2, extensions: [] });
const secondLink = testAuthority(newestKey, scheme, { issuerKey: newKey, serialNumber: 3, extensions: [] });
const stranger = testAuthority(strangerKey, scheme, { serialNumber: 4 });
const signer = testDocumentSigner(ecTestKey('P-256', 'named', 5), newKey, scheme);
const list = testRevocationList({ key: newKey, scheme });
const ca = (key: typeof oldKey, change: object) => testAuthority(key, scheme, change);
const authorityLink = ca(newKey, { issuerKey: oldKey, serialNumber: 2 });
const authoritySecondLink = ca(newestKey, { issuerKey: newKey, serialNumber: 3 });

const source = { kind: 'master-list', digest: 'list', date: '2026-10-01' as PlainDate } as const;

async function run(text: string, change: Partial<DirectoryContext> = {}, size = 4_096) {
  const { certificates } = await importCertificates([old], source, emptyContext);
  const staged: DocumentSignerRow[] = [];
  const imported = await importDirectory(chunksOf(text, size), {
    ...emptyContext,
    known: certificates,
    trust: new TrustStore(certificates),
    pinnedSigners: [],
    stage: (rows) => {
      staged.push(...rows);
    },
    ...change,
  });
  return { ...imported, staged };
}

const entry = (name: string, attribute: string, value: Uint8Array): string =>
  ldifEntry(`cn=${name},o=dsc,c=UT,dc=data,dc=download,dc=pkd,dc=icao,dc=int`, [
    ['objectClass', 'pkdDownload'],
    [attribute, value],
    ['pkdVersion', '1'],
  ]);
const whole = [
  entry('crl', 'certificateRevocationList;binary', list),
  entry('second', 'cACertificate;binary', authoritySecondLink),
  entry('link', 'cACertificate;binary', authorityLink),
  entry('known', 'cACertificate;binary', old),
  entry('stranger', 'cACertificate;binary', stranger),
  entry('ds', 'userCertificate;binary', signer),
].join('');

describe('a directory export', () => {
  it('proves each value by itself, in whatever order they come', async () => {
    const imported = await run(whole);
    expect(imported.certificates.map(({ summary }) => summary.serialNumber).sort()).toEqual(['02', '03']);
    expect(imported.certificates.every(({ sources }) => sources[0]?.kind === 'directory')).toBe(true);
    expect(imported.revocationLists).toMatchObject([{ country: 'UT', thisUpdate: '2026-11-01' }]);
    expect(imported.staged).toMatchObject([{ country: 'UT', serialNumber: '11' }]);
    expect(imported).toMatchObject({ entries: 6, documentSigners: 1, remarkCount: 1 });
    expect(imported.remarks).toMatchObject([{ country: 'UT', code: 'trust.not-vouched' }]);
  });

  it('says of every entry why it was not taken', async () => {
    const altered = list.slice();
    altered[altered.length - 3] = (altered.at(-3) ?? 0) ^ 1;
    const text = [
      entry('a', 'userCertificate;binary', signer.slice(0, 40)),
      entry('b', 'userCertificate;binary', new Uint8Array(1_000_000).fill(0x30)),
      entry('c', 'certificateRevocationList;binary', altered),
      entry(
        'd',
        'certificateRevocationList;binary',
        testRevocationList({ key: newKey, scheme, issuer: nameOf('XX', 'X') }),
      ),
      entry('e', 'cACertificate;binary', secondLink),
      entry('f', 'pkdMasterListContent', link),
      'dn: c=UT\nuserCertificate;binary:: $$$$\n\n',
      entry('ds', 'userCertificate;binary', signer),
    ].join('');
    const { remarks, staged } = await run(text);
    expect(remarks.map(({ code }) => code)).toContain('trust.entry-malformed');
    expect(remarks.map(({ code }) => code)).toContain('revocation.issuer-unknown');
    expect(remarks.map(({ code }) => code)).toContain('revocation.signature-wrong');
    expect(staged.length).toBeGreaterThanOrEqual(1);
  });

  it('counts doubled entries once', async () => {
    const { certificates, remarkCount } = await run(entry('a', 'x', authorityLink).repeat(3));
    expect([certificates.length, remarkCount]).toEqual([1, 0]);
  });

  it('that was cut is refused wherever it was cut within an entry', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: whole.length - 1 }), async (length) => {
        const text = whole.slice(0, length);
        // At the end of an entry nothing shows that there was more.
        if (text.endsWith('\n\n') || text.endsWith('pkdVersion: 1\n')) return;
        const failure = await rejection(run(text));
        const lastEntry = text.slice(text.lastIndexOf('dn: '));
        if (!text.endsWith('\n') || /:: [A-Za-z0-9+/=\n ]+\n$/.test(lastEntry))
          expect(failure === null || failure.code === 'trust.file-cut').toBe(true);
        if (!text.endsWith('\n')) expect(failure?.code).toBe('trust.file-cut');
      }),
      { numRuns: 60 },
    );
  });

  it('is not larger in memory than its largest parts', async () => {
    let most = 0;
    const one = entry('ds', 'userCertificate;binary', signer);
    function* many(): Generator<Uint8Array> {
      for (let index = 0; index < 3_000; index++) yield new TextEncoder().encode(one);
    }
    const { certificates } = await importCertificates([old], source, emptyContext);
    const imported = await importDirectory(many(), {
      ...emptyContext,
      known: certificates,
      trust: new TrustStore(certificates),
      pinnedSigners: [],
      stage: (rows) => {
        most = Math.max(most, rows.length);
      },
    });
    expect(imported.documentSigners).toBe(3_000);
    expect(most).toBeLessThanOrEqual(500);
  });
});

describeWithRealData('a directory export with the German list in it', () => {
  // Read by each test, not beside them: where the folder is missing they are named, and skipped.
  const text = () =>
    ldifEntry('cn=CSCA-MASTER-LIST,o=ml,c=DE,dc=data', [
      ['objectClass', 'pkdMasterList'],
      ['pkdMasterListContent', realData(listFile)],
    ]);

  it('brings its certificates where its signer is pinned', async () => {
    const { certificates: known } = await germanList();
    const imported = await run(text(), { pinnedSigners: [old, realData(listSignerFile)], known }, 65_536);
    expect(imported.masterLists).toMatchObject([{ read: 588, verified: 576, listDate: '2026-05-28' }]);
    expect(imported.certificates).toHaveLength(588);
  });

  it('brings nothing where it is not', async () => {
    const imported = await run(text(), {}, 65_536);
    expect(imported.certificates).toEqual([]);
    expect(imported.remarks).toMatchObject([{ code: 'trust.signer-not-pinned' }]);
  });
});
