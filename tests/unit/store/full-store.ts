import type { PlainDate } from '../../../main/result/plain-date.ts';
import type { KnownOperator } from '../../../main/store/operators/operator.ts';
import type { Store } from '../../../main/store/types.ts';
import type {
  DocumentSignerRow,
  StoredCertificate,
  StoredDefectList,
  StoredRevocationList,
} from '../../../main/trust/types.ts';
import { caseOrder } from '../../support/orders.ts';
import { caseFacts } from '../records/case-facts.ts';
import { ownKeyFileProvider, today, trustChange } from './support.ts';

const at = '2026-11-23T08:00:00Z';
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function certificate(name: string): StoredCertificate {
  return {
    summary: {
      fingerprint: name,
      publicKeyFingerprint: `key of ${name}`,
      country: 'UT',
      subject: `CN=${name},C=UT`,
      issuer: `CN=${name},C=UT`,
      subjectKey: name,
      issuerKey: name,
      serialNumber: '01',
      subjectKeyIdentifier: `id of ${name}`,
      authorityKeyIdentifier: null,
      keyKind: 'EC P-256',
      signatureAlgorithm: 'ECDSA SHA-256',
      notBefore: '2020-01-01' as PlainDate,
      notAfter: '2030-01-01' as PlainDate,
      kind: 'self-signed',
    },
    der: bytes(`der of ${name}`),
    verifiedBy: name,
    sources: [{ kind: 'master-list', digest: 'list', date: today }],
  };
}

const revocations = (name: string): StoredRevocationList => ({
  fingerprint: name,
  country: 'UT',
  issuer: `CN=${name}`,
  issuerKey: name,
  thisUpdate: today,
  nextUpdate: '2026-12-23' as PlainDate,
  number: '7',
  entries: 1,
  der: bytes(`revocations of ${name}`),
});

const defects = (name: string): StoredDefectList => ({
  digest: name,
  kind: 'defect-list',
  signer: `CN=${name}`,
  date: today,
  der: bytes(`defects of ${name}`),
});

const signer = (name: string): DocumentSignerRow => ({
  fingerprint: name,
  country: 'UT',
  issuerKey: 'ca',
  serialNumber: name,
  subjectKeyIdentifier: `id of ${name}`,
  der: bytes(`der of ${name}`),
});

const operatorOf = (sign: string): KnownOperator => ({
  operator: { id: sign, sign, name: sign, role: 'teller', competentUntil: null, addedAt: at, removedAt: null },
  verifier: { salt: bytes('salt'), costs: { cost: 16, blockSize: 8, parallelization: 1 }, hash: bytes('hash') },
});

/** Puts something into every table that a verdict rests on. */
export async function fill(store: Store): Promise<void> {
  const { trust, settings } = store;
  const { log, records, acts, operators, services, pulled, blockedDocuments } = await store.unlock(ownKeyFileProvider);
  const staged = trust.openStage();
  staged.add(['s1', 's2', 's3'].map(signer));
  trust.apply(
    trustChange({
      certificates: ['c1', 'c2', 'c3'].map(certificate),
      revocationLists: ['r1', 'r2'].map(revocations),
      defectLists: ['d1', 'd2'].map(defects),
      staged,
      bundles: [{ issuer: 'aa', number: 2, date: today, digest: 'b' }],
      policies: [
        {
          id: 'document',
          version: 9,
          digest: 'p',
          content: bytes('{}'),
          issuer: 'aa',
          bundleNumber: 2,
          addedAt: at,
          isOwn: false,
        },
      ],
      vouched: [{ what: 'c1', source: 'list', by: 'pin' }],
    }),
  );
  const pin = trust.pins.propose(
    { kind: 'list-signer', fingerprint: 'ff', subject: 'CN=Lists', content: bytes('pin') },
    { sign: 'A', at },
  );
  trust.pins.confirm(pin.id, { sign: 'B', at });
  const read = { kind: 'certificate', hand: 'a hand', result: 'agree', differences: [] } as const;
  trust.secondReadings.keep(
    ['c1', 'c2'].map((digest) => ({ ...read, digest })),
    at,
  );
  settings.set('trust/limits', { masterListDays: 100 });
  settings.set('language', 'sv');
  acts.record({ kind: 'clock.accept', at, signs: ['A', 'B'], reason: 'tried', detail: {} }, () => undefined);
  store.banks.put({ id: 'bank', content: '{}', addedAt: at, addedBy: ['A', 'B'] });
  for (const name of ['register', 'directory']) services.put(name, { content: {}, setAt: at, setBy: ['A', 'B'] });
  acts.record({ kind: 'operators.add', at, signs: ['A', 'B'], reason: 'tried', detail: {} }, () => {
    for (const sign of ['o1', 'o2']) operators.add(operatorOf(sign));
  });
  for (const kind of ['trust', 'roster']) pulled.put({ kind, number: 3, digest: kind, issuedAt: at, takenAt: at });
  blockedDocuments.replace({ number: 1, issuedAt: at, takenAt: at }, []);
  acts.record({ kind: 'log.sign', at, signs: ['A', 'B'], reason: 'tried', detail: {} }, () => {
    for (const signing of ['ml-dsa-44', 'ml-dsa-44', 'ed25519'] as const) log.signBy(signing);
  });
  records.append(caseFacts('case-1', { order: caseOrder() }), '1.0.0');
}

/** Reads everything that a verdict may rest on, as judging and deciding do. */
export async function readEverything({ trust, newestDay, station, banks }: Store): Promise<void> {
  newestDay();
  station();
  banks.list();
  await trust.size();
  await trust.candidates({ keyIdentifier: 'id of c1', subjectKey: null });
  trust.list();
  await trust.revocationLists?.('UT');
  trust.allRevocationLists();
  for (const serialNumber of ['s1', 's2', 's3']) await trust.documentSigners?.({ serialNumber, issuerKey: 'ca' });
  await trust.defectLists?.();
  trust.policies();
  trust.pins.standing('list-signer');
  trust.history();
}
