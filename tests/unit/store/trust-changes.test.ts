import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { PlainDate } from '../../../main/result/plain-date.ts';
import { migrate, newestVersion } from '../../../main/store/migrate.ts';
import { first } from '../../../main/store/migrations/0001-first.ts';
import type { TrustChange } from '../../../main/store/trust-changes.ts';
import { proposeStationKey } from '../../../main/trust/lists/pins.ts';
import type { DocumentSignerRow, StoredCertificate, StoredRevocationList } from '../../../main/trust/types.ts';
import { failureCodeOf } from '../../support/failure-code.ts';
import { ecTestKey, testAuthority } from '../../support/test-pki.ts';
import { trustChange as change, openIn, temporaryFolder, today } from './support.ts';

const at = '2026-11-23T08:00:00Z';

// What is judged of a link beyond its signature: its names and days, and that it may vouch for others.
const authority = testAuthority(ecTestKey('P-256'), { scheme: 'ECDSA', hash: 'SHA-256' });

function certificate(fingerprint: string, verifiedBy: string | null = fingerprint): StoredCertificate {
  return {
    summary: {
      fingerprint,
      publicKeyFingerprint: `key of ${fingerprint}`,
      country: 'UT',
      subject: 'CN=A,C=UT',
      issuer: 'CN=A,C=UT',
      subjectKey: 'a',
      issuerKey: 'a',
      serialNumber: '01',
      subjectKeyIdentifier: null,
      authorityKeyIdentifier: null,
      keyKind: 'EC P-256',
      signatureAlgorithm: 'ECDSA SHA-256',
      notBefore: '2020-01-01' as PlainDate,
      notAfter: '2030-01-01' as PlainDate,
      kind: 'self-signed',
    },
    der: authority,
    verifiedBy,
    sources: [{ kind: 'master-list', digest: `list of ${fingerprint}`, date: today }],
  };
}

function revocationList(fingerprint: string, thisUpdate: string, number = '1', issuerKey = 'a'): StoredRevocationList {
  const day = thisUpdate as PlainDate;
  const der = Uint8Array.of(0x30, 0);
  return {
    fingerprint,
    country: 'UT',
    issuer: 'A',
    issuerKey,
    thisUpdate: day,
    nextUpdate: null,
    number,
    entries: 0,
    der,
  };
}

const signer = (fingerprint: string): DocumentSignerRow => ({
  fingerprint,
  country: 'UT',
  issuerKey: 'a',
  serialNumber: '11',
  subjectKeyIdentifier: 'ab',
  der: new TextEncoder().encode(fingerprint),
});

describe('one import', () => {
  it('brings everything at once and is remembered with its refusals', async () => {
    const { trust } = openIn(temporaryFolder());
    const remark = { country: 'UT', subject: 'CN=A', fingerprint: 'ff', code: 'certificate.malformed' } as const;
    const stage = trust.openStage();
    stage.add([signer('ds1'), signer('ds2')]);
    expect(await trust.documentSigners({ keyIdentifier: 'ab' })).toEqual([]);
    const { counts } = trust.apply(
      change({
        certificates: [certificate('one')],
        revocationLists: [revocationList('list', '2026-11-01')],
        staged: stage,
        remarks: [remark],
      }),
    );
    expect(counts).toEqual({
      newCertificates: 1,
      removedCertificates: 0,
      knownCertificates: 0,
      newRevocationLists: 1,
      newDefectLists: 0,
      newDocumentSigners: 2,
    });
    expect(await trust.documentSigners({ keyIdentifier: 'ab' })).toHaveLength(2);
    expect(await trust.documentSigners({ issuerKey: 'a', serialNumber: '11' })).toHaveLength(2);
    expect(await trust.documentSigners({ issuerKey: 'a', serialNumber: '12' })).toEqual([]);
    expect(trust.history()).toMatchObject([{ at, kind: 'ldif', digest: 'd', counts, remarks: [remark] }]);
  });

  it('brings nothing where its last part fails', async () => {
    const { trust } = openIn(temporaryFolder());
    trust.insert([certificate('before')]);
    const staged = trust.openStage();
    staged.add([signer('ds1')]);
    const bundle = { issuer: 'aa', number: 2, date: today, digest: 'b' };
    trust.apply(change({ bundles: [bundle] }));
    const broken = change({ certificates: [certificate('new')], staged, bundles: [{ ...bundle, number: 1 }] });
    expect(failureCodeOf(() => trust.apply(broken))).toBe('bundle.older');
    expect(failureCodeOf(() => trust.apply({ ...broken, bundles: [bundle] }))).toBe('bundle.older');
    expect(trust.list().map(({ summary }) => summary.fingerprint)).toEqual(['before']);
    expect(trust.countDocumentSigners()).toBe(0);
    expect(trust.history()).toHaveLength(1);
    expect(trust.bundleOf('aa')).toEqual(bundle);
  });

  it('brings no policy that is older than the one held, or another one of its version', () => {
    const { trust } = openIn(temporaryFolder());
    const policy = {
      id: 'document',
      version: 4,
      digest: 'four',
      content: Uint8Array.of(1, 2),
      issuer: 'aa',
      bundleNumber: 1,
      addedAt: at,
    };
    trust.apply(change({ policies: [{ ...policy, isOwn: false }] }));
    const apply = (part: Partial<typeof policy>, isOwn = false) =>
      failureCodeOf(() =>
        trust.apply(change({ certificates: [certificate('new')], policies: [{ ...policy, ...part, isOwn }] })),
      );
    expect(apply({ version: 3, digest: 'three' })).toBe('policy.older');
    expect(apply({ version: 3, digest: 'three' }, true)).toBe('policy.older');
    expect(apply({ digest: 'other' })).toBe('policy.version-reused');
    expect([trust.policies(), trust.count()]).toEqual([[policy], 0]);
    expect(apply({ version: 5, digest: 'five', bundleNumber: 2 })).toBe('none');
    expect(trust.policies()).toMatchObject([{ version: 5, bundleNumber: 2 }]);
    expect(apply({ version: 6, digest: 'six' }, true)).toBe('none');
    expect(trust.policies()).toEqual([]);
    trust.undoLast({ signs: ['AB', 'CD'], at });
    expect(trust.policies()).toMatchObject([{ version: 5, bundleNumber: 2 }]);
  });

  it('is taken back whole: what was there before stays as it was', async () => {
    const { trust } = openIn(temporaryFolder());
    trust.apply(change({ certificates: [certificate('old'), certificate('orphan', null)] }));
    const before = trust.list();
    trust.apply(
      change({
        certificates: [certificate('new'), certificate('old'), certificate('orphan', 'new')],
        revocationLists: [revocationList('list', '2026-11-01')],
      }),
    );
    expect(trust.get('orphan')?.verifiedBy).toBe('new');
    expect(trust.undoLast({ signs: ['AB', 'CD'], at })?.counts.removedCertificates).toBe(1);
    expect(trust.list()).toEqual(before);
    // What was revoked stays so, whatever else is taken back.
    expect(trust.allRevocationLists()).toMatchObject([{ fingerprint: 'list' }]);
    trust.undoLast({ signs: ['AB', 'CD'], at });
    expect([trust.count(), trust.undoLast({ signs: ['AB', 'CD'], at })]).toEqual([0, null]);
  });

  const act = { signs: ['AB', 'CD'], at };
  const edition = (digest: string, date: string, names: readonly string[], by = 'pin') =>
    change({
      digest,
      certificates: names.map((name) => ({
        ...certificate(name),
        sources: [{ kind: 'master-list', digest, date: date as PlainDate }],
      })),
      masterLists: [{ digest, signer: 'S', date: date as PlainDate }],
      vouched: names.map((what) => ({ what, source: digest, by })),
    });

  it('of a newer edition takes away what its publisher has left out, and can be taken back', () => {
    const { trust } = openIn(temporaryFolder());
    trust.apply(edition('first', '2026-01-01', ['stays', 'goes']));
    const before = [trust.list(), trust.sources()];
    expect(trust.apply(edition('second', '2026-02-01', ['stays', 'comes'])).counts).toMatchObject({
      newCertificates: 1,
      removedCertificates: 1,
    });
    expect(trust.list().map(({ summary }) => summary.fingerprint)).toEqual(['comes', 'stays']);
    expect(trust.sources().map(({ digest }) => digest)).toEqual(['second']);
    expect(trust.history()[0]?.changed.map(({ change: what, fingerprint }) => [what, fingerprint])).toEqual([
      ['added', 'comes'],
      ['removed', 'goes'],
    ]);
    expect(trust.undoLast(act)).toMatchObject({ kind: 'restore', signer: 'AB, CD' });
    expect([trust.list(), trust.sources()]).toEqual(before);
    expect(trust.history().map(({ kind, undoneBy }) => [kind, undoneBy])).toEqual([
      ['restore', null],
      ['ldif', 3],
      ['ldif', null],
    ]);
  });

  it('goes with its voucher, and what rests on it: no circle of links carries itself, another list does', () => {
    const { trust } = openIn(temporaryFolder());
    const link = (name: string, publicKeyFingerprint: string, verifiedBy: string): StoredCertificate => {
      const made = certificate(name, verifiedBy);
      const sources = [{ kind: 'directory', digest: 'ldif', date: null }] as const;
      return { ...made, sources, summary: { ...made.summary, publicKeyFingerprint } };
    };
    trust.apply(edition('first', '2026-01-01', ['root', 'shared']));
    trust.apply({ ...edition('other', '2026-01-01', ['shared'], 'other pin'), masterLists: [] });
    trust.apply(
      change({
        certificates: [
          link('link', 'k', 'root'),
          link('same key as root', 'key of root', 'link'),
          link('good link', 'g', 'shared'),
        ],
      }),
    );
    expect(trust.withdraw('pin', act)).toMatchObject({ kind: 'unpin', counts: { removedCertificates: 1 } });
    const verifiers = Object.fromEntries(
      trust.list().map(({ summary, verifiedBy }) => [summary.fingerprint, verifiedBy]),
    );
    expect(verifiers).toEqual({ shared: 'shared', link: null, 'same key as root': null, 'good link': 'shared' });
    expect(trust.undoLast(act)).toBeNull();
    expect(trust.withdraw('other pin', act)?.counts.removedCertificates).toBe(1);
    expect(trust.get('good link')?.verifiedBy).toBeNull();
  });

  it('leaves a list of defects that its publisher stands behind where a station that brought it too is withdrawn', async () => {
    const { trust } = openIn(temporaryFolder());
    const defects = (digest: string, date: string, by: string, number: number | null): TrustChange =>
      change({
        defectLists: [
          { digest, kind: 'defect-list', signer: 'DE', date: date as PlainDate, der: Uint8Array.of(0x30, 0) },
        ],
        vouched: [{ what: digest, source: null, by }],
        bundles: number === null ? [] : [{ issuer: by, number, date: today, digest: `bundle ${number}` }],
      });
    const held = async () => (await trust.defectLists()).map(({ digest }) => digest);
    trust.apply(defects('own', '2026-01-01', 'pin', null));
    trust.apply(defects('sent', '2026-02-01', 'station', 1));
    expect(await held()).toEqual(['sent']);
    trust.withdraw('station', act);
    expect(await held()).toEqual(['own']);
    trust.apply(defects('both', '2026-03-01', 'station', 2));
    trust.apply(defects('both', '2026-03-01', 'pin', null));
    trust.withdraw('station', act);
    expect(await held()).toEqual(['both']);
  });

  it('leaves the newest revocation list of each issuer to be seen', async () => {
    const { trust } = openIn(temporaryFolder());
    const lists = [
      revocationList('old', '2026-10-01', '9'),
      revocationList('second', '2026-11-01', '10'),
      revocationList('first', '2026-11-01', '9'),
      revocationList('other', '2026-09-01', '1', 'b'),
    ];
    trust.apply(change({ revocationLists: lists }));
    expect((await trust.revocationLists('UT')).map(({ fingerprint }) => fingerprint)).toEqual(['second', 'other']);
    expect(await trust.revocationLists('SE')).toEqual([]);
  });
});

describe('pins', () => {
  const proposal = proposeStationKey(new Uint8Array(32).fill(7), 'Headquarters');
  const act = (sign: string) => ({ sign, at });

  it('count when a second administrator has signed, and stay on the record', () => {
    const { pins } = openIn(temporaryFolder()).trust;
    const { id } = pins.propose(proposal, act('AB'));
    expect(pins.standing('station-key')).toEqual([]);
    expect(pins.propose(proposal, act('CD')).id).toBe(id);
    for (const same of ['AB', ' a b ', 'ａｂ'])
      expect(failureCodeOf(() => pins.confirm(id, act(same)))).toBe('trust.pin-same-person');
    expect(pins.confirm(id, act('CD'))).toMatchObject({ proposedBy: 'AB', confirmedBy: 'CD', confirmedAt: at });
    expect(pins.standing('station-key')).toHaveLength(1);
    expect(pins.standing('list-signer')).toEqual([]);
    expect(pins.withdraw(id, act('EF'))).toMatchObject({ withdrawalProposedBy: 'EF', withdrawnAt: null });
    expect(pins.standing('station-key')).toHaveLength(1);
    expect(failureCodeOf(() => pins.withdraw(id, act('e f')))).toBe('trust.pin-same-person');
    pins.withdraw(id, act('GH'));
    expect(pins.standing('station-key')).toEqual([]);
    expect(pins.list()).toMatchObject([
      { withdrawnBy: 'GH', withdrawalProposedBy: 'EF', confirmedBy: 'CD', proposedBy: 'AB' },
    ]);
    expect(failureCodeOf(() => pins.confirm(id, act('GH')))).toBe('trust.pin-unknown');
    expect(pins.propose(proposal, act('AB')).id).not.toBe(id);
  });

  it('are refused without a sign', () => {
    const { pins } = openIn(temporaryFolder()).trust;
    expect(failureCodeOf(() => pins.propose(proposal, act(' ')))).toBe('operator.name-missing');
    expect(failureCodeOf(() => pins.confirm(99, act('AB')))).toBe('trust.pin-unknown');
  });
});

describe('a folder of the first schema', () => {
  it('keeps its certificates and where they came from', () => {
    const database = new Database(':memory:');
    database.pragma('foreign_keys = ON');
    database.exec(first);
    database.pragma('user_version = 1');
    database.exec(`INSERT INTO certificates VALUES
      ('f', 'k', 'UT', 's', 'i', 'sk', 'ik', '01', NULL, NULL, 'EC', 'ECDSA', '2020-01-01', '2030-01-01', 'link', 'f', x'30');
      INSERT INTO trust_sources VALUES (7, 'pinned', 'd', NULL);
      INSERT INTO certificate_sources VALUES ('f', 7);`);
    migrate(database, 'somewhere');
    expect(database.pragma('user_version', { simple: true })).toBe(newestVersion);
    const joined = 'SELECT kind, digest FROM trust_sources s JOIN certificate_sources c ON c.source = s.id';
    expect(database.prepare(joined).all()).toEqual([{ kind: 'pinned', digest: 'd' }]);
    expect(database.pragma('foreign_key_check')).toEqual([]);
    database.prepare('DELETE FROM trust_sources').run();
    expect(database.prepare('SELECT count(*) FROM certificate_sources').pluck().get()).toBe(0);
    expect(() => database.prepare("INSERT INTO trust_sources (kind, digest) VALUES ('rumour', 'd')").run()).toThrow();
    database.close();
  });
});

describe('two stores on one folder', () => {
  const signer = (name: string): DocumentSignerRow => ({
    fingerprint: name,
    country: 'UT',
    issuerKey: 'k',
    serialNumber: name,
    subjectKeyIdentifier: null,
    der: new Uint8Array([1]),
  });

  it('that collect document signers by turns keep those of both, and one that gives up takes none along', () => {
    const directory = temporaryFolder();
    const [one, other] = [openIn(directory), openIn(directory)];
    const [first, second, third] = [one.trust.openStage(), other.trust.openStage(), one.trust.openStage()];
    first.add([signer('a')]);
    second.add([signer('b')]);
    third.add([signer('x')]);
    first.add([signer('c')]);
    one.trust.apply(change({ digest: 'one', staged: first }));
    second.add([signer('d'), signer('a')]);
    third.drop();
    other.trust.apply(change({ digest: 'other', staged: second }));
    expect([one.trust.countDocumentSigners(), other.trust.countDocumentSigners()]).toEqual([4, 4]);
    expect(one.trust.history().map(({ counts }) => counts.newDocumentSigners)).toEqual([2, 2]);
  });
});
