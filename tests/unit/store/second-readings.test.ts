import { describe, expect, it } from 'vitest';
import type { KeptReading } from '../../../main/store/second-readings.ts';
import { isRestorable } from '../../../main/store/trust-changes.ts';
import { storedRevocationList } from '../../../main/trust/revocation/revocation-import.ts';
import { parseRevocationList } from '../../../main/trust/revocation/revocation-list.ts';
import type { StoredCertificate, StoredRevocationList, TrustSource } from '../../../main/trust/types.ts';
import { parseCertificate } from '../../../main/trust/x509/certificate.ts';
import { summarise } from '../../../main/trust/x509/summarise.ts';
import { ecTestKey, nameOf, testAuthority } from '../../support/test-pki.ts';
import { testRevocationList } from '../../support/test-revocation-list.ts';
import { openIn, temporaryFolder, today, trustChange } from './support.ts';

const scheme = { scheme: 'ECDSA', hash: 'SHA-256' } as const;
const key = ecTestKey('P-256');
const hand = 'a hand, 1';
const at = '2026-11-23T09:30:00Z';
const source = (kind: TrustSource['kind'], digest: string): TrustSource => ({
  kind,
  digest: digest.repeat(32),
  date: today,
});

const commonName = ({ summary }: StoredCertificate): string => /CN=([^,]*)/.exec(summary.subject)?.[1] ?? '';

function certificate(name: string, sources: readonly TrustSource[], verifiedBy?: StoredCertificate): StoredCertificate {
  const subject = nameOf('UT', name);
  // A link bears its issuer's name (RFC 5280 §6.1.3(a)(4)).
  const issuer = verifiedBy === undefined ? subject : nameOf('UT', commonName(verifiedBy));
  const der = testAuthority(key, scheme, { subject, issuer });
  const read = parseCertificate(der);
  const proof = verifiedBy?.summary.fingerprint ?? read.fingerprint;
  return {
    summary: summarise(read, verifiedBy === undefined ? 'self-signed' : 'link'),
    der,
    verifiedBy: proof,
    sources,
  };
}

const [listed, alsoListed] = [source('master-list', 'aa'), source('master-list', 'bb')];
const one = certificate('one', [listed]);
const both = certificate('both', [listed, alsoListed]);
const loose = certificate('loose', [source('directory', 'cc')], one);
const further = certificate('further', [source('directory', 'cc')], loose);
const revocations: StoredRevocationList = storedRevocationList(
  parseRevocationList(testRevocationList({ key, scheme })),
);

const reading = (
  digest: string,
  result: KeptReading['result'] = 'differ',
  kind: KeptReading['kind'] = 'certificate',
): KeptReading => ({
  digest,
  kind,
  hand,
  result,
  differences: result === 'differ' ? [{ field: 'subject', ours: 'a', theirs: 'b' }] : [],
});

function filled(directory = temporaryFolder()) {
  const store = openIn(directory);
  store.trust.insert([one, both, loose, further]);
  store.trust.apply(trustChange({ revocationLists: [revocations] }));
  return store;
}

describe('second readings', () => {
  it('are waited for by each certificate and revocation list until this hand has read them', () => {
    const { secondReadings } = filled().trust;
    const waiting = secondReadings.waiting(hand, 100);
    expect(waiting.map(({ kind }) => kind)).toEqual([...Array(4).fill('certificate'), 'revocation-list']);
    expect(waiting.find(({ digest }) => digest === one.summary.fingerprint)?.bytes).toEqual(one.der);
    expect(secondReadings.waiting(hand, 2)).toHaveLength(2);
    expect(secondReadings.count(hand)).toEqual({ agree: 0, differ: 0, unread: 0, waiting: 5 });
    secondReadings.keep([reading(one.summary.fingerprint, 'agree'), reading(both.summary.fingerprint, 'unread')], at);
    expect(secondReadings.waiting(hand, 100)).toHaveLength(3);
    expect(secondReadings.count(hand)).toEqual({ agree: 1, differ: 0, unread: 1, waiting: 3 });
    // Another hand, or what compares better, reads all of it again; what differed stays in dispute until then.
    secondReadings.keep([reading(one.summary.fingerprint)], at);
    expect(secondReadings.waiting('a hand, 2', 100)).toHaveLength(5);
    expect(secondReadings.count('a hand, 2')).toEqual({ agree: 0, differ: 1, unread: 0, waiting: 4 });
    expect(secondReadings.of(one.summary.fingerprint)).toEqual(reading(one.summary.fingerprint));
    expect(secondReadings.of('unknown')).toBeNull();
  });

  it('tell of a certificate what both have otherwise, and nothing of the others', async () => {
    const directory = temporaryFolder();
    const { trust } = filled(directory);
    trust.secondReadings.keep([reading(both.summary.fingerprint), reading(one.summary.fingerprint, 'unread')], at);
    for (const { summary, readingsDiffer } of openIn(directory).trust.list())
      expect(readingsDiffer).toEqual(summary.fingerprint === both.summary.fingerprint ? ['subject'] : undefined);
    const [found] = await trust.candidates({ keyIdentifier: null, subjectKey: both.summary.subjectKey });
    expect(found?.readingsDiffer).toEqual(['subject']);
    trust.secondReadings.keep([reading(both.summary.fingerprint, 'agree')], at);
    expect(trust.get(both.summary.fingerprint)?.readingsDiffer).toBeUndefined();
  });

  it('of one whose key proved loose links go on to those, link by link', () => {
    const { trust } = filled();
    trust.secondReadings.keep([reading(one.summary.fingerprint)], at);
    const disputed = trust.list().filter(({ readingsDiffer }) => readingsDiffer !== undefined);
    expect(disputed.map(({ summary }) => summary.subject).sort()).toEqual(
      [one, loose, further].map(({ summary }) => summary.subject).sort(),
    );
  });

  it('of a list lower what no other list holds', () => {
    const { trust } = filled();
    trust.secondReadings.keep([reading(listed.digest, 'differ', 'master-list')], at);
    expect(trust.get(one.summary.fingerprint)?.readingsDiffer).toEqual(['subject']);
    expect(trust.get(both.summary.fingerprint)?.readingsDiffer).toBeUndefined();
    trust.secondReadings.keep([reading(alsoListed.digest, 'differ', 'master-list')], at);
    expect(trust.get(both.summary.fingerprint)?.readingsDiffer).toEqual(['subject']);
  });

  // Anybody may hand in a directory: what it brought before the list did is no more believed for it.
  it('of a list lower what else only a directory holds, unless an issuer out of dispute has proved it', () => {
    const directory = source('directory', 'cc');
    const planted = certificate('planted', [directory, listed], one);
    const selfSigned = certificate('self-signed', [directory, listed]);
    const proved = certificate('proved', [directory, listed], both);
    const pinned = certificate('pinned', [source('pinned', 'dd'), directory, listed]);
    const { trust } = filled();
    trust.insert([planted, selfSigned, proved, pinned]);
    trust.secondReadings.keep([reading(listed.digest, 'differ', 'master-list')], at);
    const differs = (each: StoredCertificate) => trust.get(each.summary.fingerprint)?.readingsDiffer !== undefined;
    expect([planted, selfSigned, proved, pinned].map(differs)).toEqual([true, true, false, false]);
    trust.secondReadings.keep([reading(both.summary.fingerprint)], at);
    expect([proved, pinned].map(differs)).toEqual([true, false]);
  });

  it('of a revocation list stand with it, also where the list was brought from the disk before', async () => {
    const { trust } = filled();
    const [before] = await trust.revocationLists('UT');
    expect(before?.readingsDiffer).toBeUndefined();
    expect((await trust.revocationLists('UT'))[0]).toBe(before);
    trust.secondReadings.keep([reading(revocations.fingerprint, 'differ', 'revocation-list')], at);
    const [after] = await trust.revocationLists('UT');
    expect(after).toEqual({ ...before, readingsDiffer: ['subject'] });
    expect((await trust.revocationLists('UT'))[0]).toBe(after);
  });

  it('stand in the history where they differ, once, and are no change that is taken back', () => {
    const { trust } = filled();
    const [last] = trust.history();
    trust.secondReadings.keep([reading(one.summary.fingerprint, 'agree')], at);
    expect(trust.history()[0]).toEqual(last);
    const differing = [reading(one.summary.fingerprint), reading(revocations.fingerprint, 'differ', 'revocation-list')];
    for (const _ of [1, 2]) trust.secondReadings.keep(differing, at);
    const [told, ...rest] = trust.history();
    expect(rest).toHaveLength(1);
    expect(told).toMatchObject({ kind: 'second-reading', at, files: [], undoneBy: null });
    expect(told?.remarks).toEqual([
      {
        country: 'UT',
        subject: one.summary.subject,
        fingerprint: one.summary.fingerprint,
        code: 'certificate.readings-differ',
      },
      {
        country: 'UT',
        subject: revocations.issuer,
        fingerprint: revocations.fingerprint,
        code: 'revocation.readings-differ',
      },
    ]);
    expect(trust.history().find(isRestorable)?.id).toBe(last?.id);
    // Taking the import back takes back the import, and no reading.
    expect(trust.undoLast({ signs: ['AB', 'CD'], at })?.kind).toBe('restore');
    expect(trust.secondReadings.of(one.summary.fingerprint)?.result).toBe('differ');
  });
});
