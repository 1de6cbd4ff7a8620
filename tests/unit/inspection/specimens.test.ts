import { describe, expect, it } from 'vitest';
import { inspectionCheckIds } from '../../../main/result/check.ts';
import { listSpecimens } from '../../../main/simulator/documents/list-specimens.ts';
import { judge } from '../../../main/verification/verdict.ts';
import { policy } from '../../support/own-resources.ts';
import { extended, inspectSpecimen, short, today } from './bench-of-specimens.ts';

const documentChecks = inspectionCheckIds;

describe.each([
  ['extended length', extended],
  ['short length', short],
] as const)('every specimen, %s', (_name, limits) => {
  it.each(listSpecimens(today))(
    '$id comes to what is announced, outside training never to accept',
    async (announced) => {
      const { inspection } = await inspectSpecimen({ id: announced.id, limits });
      const { specimen, checks } = inspection;
      const verdict = judge(policy('document'), checks, { training: true, specimen });
      const deciding = checks.find((check) => check.id === verdict.decidedBy);
      expect({
        verdict: verdict.verdict,
        check: verdict.decidedBy,
        result: deciding?.result ?? null,
        code: deciding?.code ?? null,
      }).toEqual(announced.expected.inspect);
      expect(judge(policy('document'), checks, { training: false, specimen }).verdict).not.toBe('accept');
      expect(checks.map((check) => check.id)).toEqual(documentChecks);
      for (const check of checks) expect(check.code === null).toBe(check.result === 'successful');
    },
  );
});

describe('opening a chip', () => {
  it('opens a card by its card access number, and says that the page was not compared', async () => {
    const card = listSpecimens(today).find(({ id }) => id === 'se-id-card');
    const { inspection } = await inspectSpecimen({ id: 'se-id-card', key: { can: card?.can ?? '' } });
    expect(inspection.access?.protocol).toBe('PACE');
    expect(inspection.checks.find(({ id }) => id === 'document.mrz')).toMatchObject({
      result: 'not supported',
      code: 'mrz.page-not-compared',
      detail: { page: 'not compared' },
    });
  });

  it('names a BAC chip to which only a card access number was given', async () => {
    const { inspection } = await inspectSpecimen({ id: 'old-passport', key: { can: '123456' } });
    expect(inspection.access).toBeNull();
    expect(inspection.checks.find(({ id }) => id === 'access.bac')).toMatchObject({
      result: 'failed',
      code: 'access.can-unusable',
    });
  });

  it('names a missing key', async () => {
    const { inspection } = await inspectSpecimen({ id: 'se-passport', key: null });
    expect(inspection.checks.find(({ id }) => id === 'access.pace')?.code).toBe('access.key-missing');
  });

  it.each(['se-passport', 'old-passport'])('%s: a wrong MRZ is tried once and named', async (id) => {
    const other = listSpecimens(today).find((specimen) => specimen.id === 'se-id-card');
    const { inspection, commands } = await inspectSpecimen({ id, key: { mrz: other?.mrz ?? [] } });
    const failed = inspection.checks.filter((check) => check.result === 'failed').map(({ code }) => code);
    expect(failed).toHaveLength(1);
    expect(failed[0]).toMatch(/^access\.wrong-key/);
    expect(inspection.document).toBeNull();
    // One round of PACE or one EXTERNAL AUTHENTICATE, never a second.
    const attempts = commands.filter((command) => command[1] === 0x22 || command[1] === 0x82);
    expect(attempts).toHaveLength(1);
  });
});
