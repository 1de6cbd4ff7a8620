import { ObjectIdentifier } from 'asn1js';
import { beforeAll, expect, it } from 'vitest';
import { decodeTlv } from '../../../main/document/tlv.ts';
import { toHex } from '../../../main/result/bytes.ts';
import { parseSignedData } from '../../../main/trust/cms/cms.ts';
import { parseLdsSecurityObject } from '../../../main/trust/cms/lds-security-object.ts';
import { hexOf, numberOf, parts, readAsn1 } from '../../../main/trust/second-reading/asn1js-values.ts';
import type { Facts } from '../../../main/trust/second-reading/facts.ts';
import { ourSignedDataFacts } from '../../../main/trust/second-reading/our-facts.ts';
import { compared, readTwice, type SecondReading } from '../../../main/trust/second-reading/second-reading.ts';
import { theirSignedDataFacts } from '../../../main/trust/second-reading/their-lists.ts';
import { derOf } from '../../../main/trust/x509/pem.ts';
import { germanList, listFile } from '../../support/german-list.ts';
import { describeWithRealData, realData } from '../../support/real-data.ts';

/*
 * Real files read by both hands. The page of what came out is kept: `vitest -u` writes it anew, and each line of it that
 * changes is to be understood first.
 */

const states = ['AT', 'DE', 'FR', 'NZ', 'PH', 'US'] as const;
const lithuanian = ['LT-CSCA-002', 'LT-link-002-to-003', 'LT-link-002-to-004'] as const;

interface Row {
  readonly what: string;
  readonly readings: readonly SecondReading[];
}

const contentInfo = (path: string): Uint8Array => decodeTlv(realData(path)).children[0]?.raw ?? new Uint8Array();
const readCertificate = (der: Uint8Array): SecondReading => readTwice('certificate', der);

const hashNames: Readonly<Record<string, string>> = {
  '1.3.14.3.2.26': 'SHA-1',
  '2.16.840.1.101.3.4.2.1': 'SHA-256',
  '2.16.840.1.101.3.4.2.2': 'SHA-384',
  '2.16.840.1.101.3.4.2.3': 'SHA-512',
};

// LDSSecurityObject (9303-10 §4.6.2.3): SEQUENCE { version, hashAlgorithm, SEQUENCE OF { number, hash } }.
function theirHashes(content: Uint8Array): Facts {
  const [version, algorithm, values] = parts(readAsn1(content, 1_000));
  const [identifier] = parts(algorithm);
  const name = identifier instanceof ObjectIdentifier ? hashNames[identifier.getValue()] : undefined;
  const hashes = parts(values).map((entry): [string, string] => {
    const [number, hash] = parts(entry);
    return [`DG${numberOf(number)}`, hexOf(hash) ?? ''];
  });
  return new Map([['version', String(numberOf(version))], ['hash', name ?? ''], ...hashes]);
}

function ourHashes(content: Uint8Array): Facts {
  const { version, hashAlgorithm, hashes } = parseLdsSecurityObject(content);
  const groups = [...hashes].map(([number, hash]): [string, string] => [`DG${number}`, toHex(hash)]);
  return new Map([['version', String(version)], ['hash', hashAlgorithm], ...groups]);
}

function readHashesTwice(bytes: Uint8Array): SecondReading {
  const { content } = parseSignedData(bytes);
  const [ours, theirs] = [ourHashes(content), theirHashes(content)];
  expect([...theirs.keys()]).toEqual([...ours.keys()]);
  return compared(ours, theirs);
}

async function rows(): Promise<readonly Row[]> {
  const { certificates } = await germanList();
  const objects = states.map((state) => [`${state}, EF.SOD`, contentInfo(`sod/${state}-EF.SOD.bin`)] as const);
  const signed = [...objects, ['DE, EF.CardSecurity', realData('sod/DE-EF.CardSecurity.bin')] as const];
  return [
    ...signed.flatMap(([what, bytes]) => [
      { what, readings: [compared(ourSignedDataFacts(parseSignedData(bytes)), theirSignedDataFacts(bytes))] },
      ...(what.endsWith('EF.SOD') ? [{ what: `${what}: its hashes`, readings: [readHashesTwice(bytes)] }] : []),
      { what: `${what}: its certificates`, readings: parseSignedData(bytes).certificates.map(readCertificate) },
    ]),
    { what: 'German master list of 2026-05-28', readings: [readTwice('master-list', realData(listFile))] },
    { what: 'German master list: its certificates', readings: certificates.map(({ der }) => readCertificate(der)) },
    ...lithuanian.map((name) => ({ what: name, readings: [readCertificate(derOf(realData(`pki/${name}.cer`)))] })),
  ];
}

function page(all: readonly Row[]): string {
  const cells = ({ what, readings }: Row): string => {
    const count = (result: SecondReading['result']): number => readings.filter((each) => each.result === result).length;
    const untold = [...new Set(readings.flatMap((each) => each.untold))].join(', ');
    const fields = readings.reduce((sum, each) => sum + each.compared.length, 0);
    return `| ${[what, readings.length, fields, count('agree'), count('differ'), count('unread'), untold || '–'].join(' | ')} |`;
  };
  const found = all.flatMap(({ what, readings }) =>
    readings.flatMap((each) =>
      each.differences.map(({ field, ours, theirs }) => `| ${what} | ${field} | ${ours} | ${theirs} |`),
    ),
  );
  return [
    '# The second reading of real files',
    '',
    'Written by `tests/unit/trust/second-reading-real.test.ts` (`vitest -u`), which compares it: public files read by our own code and by PKI.js 4.0.0 with asn1js 4.0.0, field by field ([what is compared and what follows from it](decisions/0003-certificates.md)).',
    '',
    '| what | read twice | fields compared | agree | differ | not read twice | fields that the second hand could not tell |',
    '|---|---|---|---|---|---|---|',
    ...all.map(cells),
    '',
    found.length === 0
      ? 'No field of any of them differs.'
      : '| what | field | ours | the second hand |\n|---|---|---|---|',
    ...found,
    '',
  ].join('\n');
}

describeWithRealData('real files read by both hands', () => {
  let all: readonly Row[] = [];
  beforeAll(async () => {
    all = await rows();
  }, 240_000);

  // Both readers, and all of it: the six EF.SODs and the German list.
  it('read alike, each field that both hands tell', async () => {
    expect(all.flatMap(({ readings }) => readings).filter(({ result }) => result !== 'agree')).toEqual([]);
    await expect(page(all)).toMatchFileSnapshot('../../../docs/second-reading.md');
  });

  it('leave nothing out that decides, so that nothing agrees for want of being told', () => {
    const certificates = all.filter(({ what }) => what.endsWith('certificates')).flatMap(({ readings }) => readings);
    expect(certificates).toHaveLength(588 + 7);
    const decides = ['subject', 'issuer', 'serialNumber', 'notBefore', 'notAfter', 'publicKey', 'signed', 'signature'];
    const more = ['basicConstraints', 'keyUsage', 'subjectKeyIdentifier', 'authorityKeyIdentifier', 'unknownCritical'];
    for (const { compared } of certificates) expect(compared).toEqual(expect.arrayContaining([...decides, ...more]));
  });
});
