import { expect, it } from 'vitest';
import { encodeInteger, encodeOid } from '../../../main/document/der.ts';
import { parseDg12 } from '../../../main/document/dg12.ts';
import { encodeTlv } from '../../../main/document/tlv.ts';
import { checkEvidence } from '../../../main/inspection/check-evidence.ts';
import { savedFileName } from '../../../main/keeping/saved-files.ts';
import type { Check } from '../../../main/result/check.ts';
import { addDays, type PlainDate } from '../../../main/result/plain-date.ts';
import { specimenIds } from '../../../main/simulator/documents/specimen.ts';
import { issueSpecimen } from '../../../main/simulator/documents/specimens.ts';
import type { TrustStore } from '../../../main/trust/path/trust-store.ts';
import { fingerprintOf } from '../../../main/trust/x509/fingerprint.ts';
import { specimenResources } from '../../support/specimen-resources.ts';
import {
  attribute,
  byKeyIdentifier,
  ecTestKey,
  extensions,
  issueTestCertificate,
  keyIdentifierOf,
  nameOf,
  testDigestAlgorithm,
  testSignedData,
} from '../../support/test-pki.ts';
import { inspectSpecimen, today, trainingTrust } from './bench-of-specimens.ts';

// 9303-3 §7: passports issued between two days whose key for active authentication is known to others.
function deviationList(state: string, first: PlainDate, last: PlainDate): Uint8Array {
  const ascii = (text: string) => new TextEncoder().encode(text);
  const time = (day: PlainDate) => encodeTlv(0x18, ascii(`${day.replaceAll('-', '')}000000Z`));
  const documents = encodeTlv(0x30, encodeTlv(0x80, ascii('P<')), encodeTlv(0xa4, time(first), time(last)));
  const deviation = encodeTlv(0x31, encodeTlv(0x30, encodeOid('2.23.136.1.1.7.1.4')));
  const entries = encodeTlv(0x31, encodeTlv(0x30, documents, deviation));
  const key = ecTestKey('P-256');
  const scheme = { scheme: 'ECDSA', hash: 'SHA-256' } as const;
  const signer = issueTestCertificate({
    subject: nameOf(state, 'Deviation List Signer'),
    issuer: nameOf(state, 'Test CSCA'),
    key,
    issuerKey: key,
    scheme,
    serialNumber: 1,
    extensions: [extensions.subjectKeyIdentifier(keyIdentifierOf(key))],
  });
  return testSignedData({
    contentType: '2.23.136.1.1.7',
    content: encodeTlv(0x30, encodeInteger(0), testDigestAlgorithm('SHA-256'), entries),
    certificates: [signer],
    key,
    scheme,
    identifier: byKeyIdentifier(keyIdentifierOf(key)),
    moreAttributes: [attribute('1.2.840.113549.1.9.5', time(today))],
  });
}

async function trustWith(state: string, first: PlainDate, last: PlainDate): Promise<TrustStore> {
  const trust = await trainingTrust();
  const der = deviationList(state, first, last);
  trust.addDefectList({ digest: fingerprintOf(der), kind: 'deviation-list', signer: 'S', date: today, der });
  return trust;
}

const defectsIn = (checks: readonly Check[]) => {
  const found = checks.find(({ id }) => id === 'document.defects');
  return [found?.result, found?.code];
};

const withIssueDate = specimenIds.flatMap((id) => {
  const { files } = issueSpecimen(id, today, specimenResources);
  const group = files.get('EF.DG12');
  const issued = group === undefined ? null : (parseDg12(group).issueDate?.date ?? null);
  return issued === null || !id.endsWith('passport') ? [] : [{ id, issued, files }];
});

it('a passport is found in a list by the day of issue that its DG12 states, at the chip and in saved files', async () => {
  const [specimen] = withIssueDate;
  if (specimen === undefined) throw new Error('no specimen states its day of issue');
  const { id, issued } = specimen;
  const state = id.slice(0, 2).toUpperCase();
  const files = new Map(
    [...specimen.files].flatMap(([file, bytes]) => {
      const name = savedFileName(file);
      return name === null ? [] : [[name, bytes] as const];
    }),
  );
  const cases = [
    [await trustWith(state, addDays(issued, -1), addDays(issued, 1)), ['failed', 'defects.key-compromised']],
    [await trustWith(state, addDays(issued, 1), addDays(issued, 9)), ['successful', null]],
  ] as const;
  for (const [trust, expected] of cases) {
    const { inspection } = await inspectSpecimen({ id, trust });
    expect(defectsIn(inspection.checks)).toEqual(expected);
    expect(defectsIn((await checkEvidence({ files, facts: null }, { at: today, trust })).checks)).toEqual(expected);
  }
  // 9303-3 §7: another state's list says nothing of it.
  const { inspection: foreign } = await inspectSpecimen({
    id,
    trust: await trustWith('NZ', addDays(issued, -1), addDays(issued, 1)),
  });
  expect(defectsIn(foreign.checks)).toEqual(['undetermined', 'check.not-made']);
  const without = new Map([...files].filter(([name]) => name !== 'EF.DG12'));
  const [trust] = cases[1];
  expect(defectsIn((await checkEvidence({ files: without, facts: null }, { at: today, trust })).checks)).toEqual([
    'undetermined',
    'defects.known',
  ]);
});
