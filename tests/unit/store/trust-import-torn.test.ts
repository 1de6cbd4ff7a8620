import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TrustChange } from '../../../main/store/trust-changes.ts';
import type { TrustRepository } from '../../../main/store/types.ts';
import { importCertificates } from '../../../main/trust/lists/certificate-import.ts';
import { importDirectory } from '../../../main/trust/lists/directory-import.ts';
import { storedRevocationList } from '../../../main/trust/revocation/revocation-import.ts';
import { parseRevocationList } from '../../../main/trust/revocation/revocation-list.ts';
import type { StoredCertificate } from '../../../main/trust/types.ts';
import { emptyContext, today } from '../../support/german-list.ts';
import { chunksOf, ldifEntry } from '../../support/test-ldif.ts';
import { ecTestKey, nameOf, testAuthority, testDocumentSigner } from '../../support/test-pki.ts';
import { testRevocationList } from '../../support/test-revocation-list.ts';
import { openIn, temporaryFolder, trustChange } from './support.ts';

const scheme = { scheme: 'ECDSA', hash: 'SHA-256' } as const;
const key = ecTestKey('P-256', 'named', 1);
const names = Array.from({ length: 12 }, (_, index) => nameOf('UT', `CSCA ${index}`));
const authorities = names.map((name) => testAuthority(key, scheme, { subject: name, issuer: name }));
const list = storedRevocationList(
  parseRevocationList(testRevocationList({ key, scheme, issuer: names[0] ?? nameOf('UT', '') })),
);
const signer = testDocumentSigner(key, key, scheme, { issuer: names[0] ?? nameOf('UT', '') });

async function believed(from: number, to: number): Promise<readonly StoredCertificate[]> {
  const source = { kind: 'master-list', digest: `list ${from}`, date: today } as const;
  return (await importCertificates(authorities.slice(from, to), source, emptyContext)).certificates;
}

const change = (part: Partial<TrustChange>): TrustChange => trustChange({ kind: 'master-list', date: today, ...part });

async function stateOf(trust: TrustRepository): Promise<unknown> {
  return {
    certificates: trust.list(),
    sources: trust.sources(),
    lists: trust.allRevocationLists(),
    signers: await trust.documentSigners({ issuerKey: JSON.stringify([]), serialNumber: '11' }),
    countOfSigners: trust.countDocumentSigners(),
    history: trust.history(),
  };
}

/** Breaks where the part of this number is taken. */
function tornAt<Item extends object>(items: readonly Item[], at: number): readonly Item[] {
  const torn = new Proxy({} as Item, {
    get: () => {
      throw new Error('torn');
    },
    ownKeys: () => {
      throw new Error('torn');
    },
  });
  return items.map((item, index) => (index === at ? torn : item));
}

describe('an import that is torn off', () => {
  it('leaves what was believed as it was, wherever it happens', async () => {
    const { trust } = openIn(temporaryFolder());
    trust.apply(change({ certificates: await believed(0, 3) }));
    const before = await stateOf(trust);
    const news = await believed(2, 12);
    fc.assert(
      fc.property(fc.nat(news.length), fc.boolean(), (at, withStage) => {
        const staged = withStage ? trust.openStage() : null;
        const parts =
          at < news.length
            ? { certificates: tornAt(news, at), revocationLists: [list] }
            : { certificates: news, revocationLists: tornAt([list], 0) };
        expect(() => trust.apply(change({ ...parts, staged }))).toThrow();
      }),
      { numRuns: 60 },
    );
    expect(await stateOf(trust)).toEqual(before);
    expect(trust.apply(change({ certificates: news, revocationLists: [list] })).counts).toMatchObject({
      newCertificates: 9,
      knownCertificates: 1,
      newRevocationLists: 1,
    });
  });

  it('leaves nothing of a directory that ends early, and nothing for the next one to find', async () => {
    const folder = temporaryFolder();
    const { trust } = openIn(folder);
    trust.apply(change({ certificates: await believed(0, 3) }));
    const before = await stateOf(trust);
    const entry = (index: number) =>
      ldifEntry(`cn=${index},c=UT`, [['userCertificate;binary', signer.with(signer.length - 1, index)]]);
    const text = Array.from({ length: 700 }, (_, index) => entry(index & 0xff)).join('');
    const run = (from: TrustRepository, content: string, stage = from.openStage()) =>
      importDirectory(chunksOf(content, 10_000), {
        ...emptyContext,
        known: from.list(),
        trust: from,
        pinnedSigners: [],
        stage: (rows) => stage.add(rows),
      });
    for (const length of [text.length >> 1, text.length - 10])
      await expect(run(trust, text.slice(0, length))).rejects.toMatchObject({ code: 'trust.file-cut' });
    expect(await stateOf(trust)).toEqual(before);
    // Of a process that was killed before it could clear up nothing is left: it kept them in its memory.
    const { trust: again } = openIn(folder);
    expect(await stateOf(again)).toEqual(before);
    const staged = again.openStage();
    const whole = await run(again, entry(1), staged);
    again.apply(change({ kind: 'ldif', digest: whole.digest, staged }));
    expect(again.countDocumentSigners()).toBe(1);
  });
});
