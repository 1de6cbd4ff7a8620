import { describe, expect, it } from 'vitest';
import { parseMrz } from '../../../main/document/mrz.ts';
import { isImpossibleBirthDate } from '../../../main/document/mrz-dates.ts';
import type { Com } from '../../../main/document/types.ts';
import { checkEvidence } from '../../../main/inspection/check-evidence.ts';
import { commonDataCheck } from '../../../main/inspection/checks/common-data.ts';
import { type ContentFinding, dataGroupsCheck } from '../../../main/inspection/checks/content-checks.ts';
import { mrzCheck } from '../../../main/inspection/checks/document-checks.ts';
import { parseChipFaults } from '../../../main/simulator/faults/faults.ts';
import { extendPolicy, parsePolicy } from '../../../main/verification/policy.ts';
import { purposes } from '../../../main/verification/types.ts';
import { policy } from '../../support/own-resources.ts';
import { inspectSpecimen, today, trainingTrust } from './bench-of-specimens.ts';

const trust = trainingTrust();
// A policy that no purpose of ours has.
const curious = parsePolicy({
  id: 'large-transfer',
  version: 1,
  documents: null,
  dataGroups: [7, 13, 16],
  rules: policy('large-transfer').rules,
});

async function inspected(options: { readonly wanted: boolean; readonly fault?: string }) {
  const { dataGroups } = extendPolicy(policy('document'), curious);
  const { inspection } = await inspectSpecimen({
    id: 'notify-passport',
    trust: await trust,
    dataGroups: options.wanted ? dataGroups : policy('renew-bankid').dataGroups,
    ...(options.fault === undefined ? {} : { faults: parseChipFaults([options.fault]) }),
  });
  return inspection;
}

function found(inspection: Awaited<ReturnType<typeof inspected>>, id: string) {
  return inspection.checks.find((check) => check.id === id);
}

describe('DG7, DG13 and DG16', () => {
  it('are not asked for by any purpose of ours', async () => {
    for (const purpose of purposes) expect(policy(purpose).dataGroups).toEqual([]);
    const { files } = (await inspected({ wanted: false })).reading;
    expect(Object.keys(files)).not.toEqual(expect.arrayContaining(['EF.DG7']));
    expect(Object.keys(files)).not.toEqual(expect.arrayContaining(['EF.DG16']));
  });

  it('are read, hashed and kept as their hash where the policy wants them', async () => {
    const inspection = await inspected({ wanted: true });
    expect(found(inspection, 'passive-authentication.hashes')).toMatchObject({
      result: 'successful',
      detail: { dataGroups: { DG7: 'identical', DG13: 'identical', DG16: 'identical' } },
    });
    const further = found(inspection, 'document.data-groups');
    expect(further?.result).toBe('successful');
    expect(Object.keys(further?.detail.sha256 ?? {})).toEqual(['DG7', 'DG13', 'DG16']);
    expect(JSON.stringify(inspection.checks)).not.toContain('Storgatan');
  });

  it.each([undefined, 'dg7-missing', 'dg13-last-bit', 'signed-dg16-count'])(
    'are checked again from what was saved: %s',
    async (fault) => {
      const inspection = await inspected({ wanted: true, ...(fault === undefined ? {} : { fault }) });
      if (inspection.evidence === undefined) throw new RangeError('no evidence');
      const again = await checkEvidence(inspection.evidence, { at: today, trust: await trust });
      expect(again.checks).toEqual(inspection.checks);
    },
  );

  it.each([
    ['dg7-missing', 'undetermined', 'data-group.absent'],
    ['dg13-endless', 'failed', 'file.too-large'],
    ['signed-dg16-count', 'failed', 'data-group.malformed'],
    ['signed-dg7-no-image', 'failed', 'data-group.malformed'],
  ])('%s: %s', async (fault, result, code) => {
    const inspection = await inspected({ wanted: true, fault });
    expect(found(inspection, 'document.data-groups')).toMatchObject({ result, code });
  });
});

describe('groups beside the zone and the face', () => {
  const none = new Map<number, ContentFinding>();
  const understood: ContentFinding = { unread: null, malformed: null };

  it('are not said to be missing where nothing tells which there are', () => {
    expect(dataGroupsCheck(none, null, null)).toMatchObject({
      result: 'undetermined',
      code: 'security-object.missing',
    });
    expect(dataGroupsCheck(none, new Set([1, 2, 7]), null).result).toBe('not supported');
  });

  it('are not passed over where they are announced and nobody has them', () => {
    const announced = new Set([1, 2, 11, 14]);
    const one = dataGroupsCheck(new Map([[14, understood]]), announced, null);
    expect(one).toMatchObject({ result: 'undetermined', code: 'file.not-read' });
    const both = new Map([11, 14].map((group) => [group, understood] as const));
    expect(dataGroupsCheck(both, announced, null).result).toBe('successful');
  });
});

describe('EF.COM and EF.SOD', () => {
  const commonData = { ldsVersion: '1.7', unicodeVersion: '4.0.0', dataGroups: [1, 2] };
  const listing = (...groups: number[]) => ({
    version: 0 as const,
    hashAlgorithm: 'SHA-256' as const,
    hashes: new Map(groups.map((group) => [group, new Uint8Array(32)])),
    ldsVersion: null,
    unicodeVersion: null,
  });
  const check = (com: Partial<Com>, securityObject: Parameters<typeof commonDataCheck>[0]['securityObject']) =>
    commonDataCheck({ commonData: { ...commonData, ...com }, unread: null, malformed: null, securityObject }, null);

  it('go together', () => expect(check({}, listing(1, 2)).result).toBe('successful'));

  it.each([
    ['EF.SOD lists more', {}, listing(1, 2, 14), 'failed', 'common-data.groups-differ'],
    ['EF.COM lists more', { dataGroups: [1, 2, 7] }, listing(1, 2), 'failed', 'common-data.groups-differ'],
    ['an unknown LDS version', { ldsVersion: '3.0' }, listing(1, 2), 'undetermined', 'common-data.version-unknown'],
    [
      'an unknown Unicode version',
      { unicodeVersion: '5.0.0' },
      listing(1, 2),
      'undetermined',
      'common-data.version-unknown',
    ],
    [
      'version 0 with versions',
      {},
      { ...listing(1, 2), ldsVersion: '0107', unicodeVersion: '040000' },
      'undetermined',
      'common-data.version-differs',
    ],
    [
      'version 1 of LDS 1.7',
      {},
      { ...listing(1, 2), version: 1 as const },
      'undetermined',
      'common-data.version-differs',
    ],
    ['no EF.SOD', {}, null, 'undetermined', 'security-object.missing'],
  ] as const)('%s', (_name, com, securityObject, result, code) => {
    expect(check(com, securityObject)).toMatchObject({ result, code });
  });
});

describe('a zone that names nobody', () => {
  it.each(['96A812', '961332', '960230', '<<0230', '9608A1', '96<812'])('%s is no birth date', (printed) => {
    expect(isImpossibleBirthDate(printed)).toBe(true);
  });

  it.each(['960812', '<<<<<<', '9608<<', '96<<12', '<<0812', '<<0229', '960800', '960000', '000229'])(
    '%s is one, or part of one',
    (printed) => {
      expect(isImpossibleBirthDate(printed)).toBe(false);
    },
  );

  it('fails for an empty name, and not for a single one', () => {
    const second = 'L898902C36UTO7408122F3404159ZE184226B<<<<<16';
    const zone = (name: string) => parseMrz(`P<UTO${name.padEnd(39, '<')}\n${second.slice(0, 42)}16`, today);
    expect(mrzCheck(zone(''), null, today)).toMatchObject({
      result: 'failed',
      code: 'mrz.field-impossible',
      detail: { impossible: ['name'] },
    });
    expect(mrzCheck(zone('ARJUN'), null, today)).toMatchObject({ result: 'not supported' });
  });
});
