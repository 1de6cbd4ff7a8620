import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { guidelineResults } from '../../../main/answer/tr03135.ts';
import { recordOf } from '../../../main/records/record.ts';
import { type Check, type CheckId, checkResults, inspectionCheckIds } from '../../../main/result/check.ts';
import { dataGroupWords, flat, guideline, resultsSchema } from '../../support/tr03135-schema.ts';
import { caseFacts } from '../records/case-facts.ts';

/* The results of a document in the words and by the rules of BSI TR-03135-1 version 2.5: what a bank that asks for it is sent. */

type Results = Partial<Record<CheckId, Check['result']>>;

const groups = { DG1: 'identical', DG2: 'identical', DG14: 'identical', DG3: 'present' };
const checkOf = (id: CheckId, result: Check['result']): Check => ({
  id,
  result,
  code: result === 'successful' ? null : 'check.aborted',
  detail: id === 'passive-authentication.hashes' ? { dataGroups: groups } : { secret: 'OEBERG 199006022397' },
});

function resultsOf(results: Results = {}, codes: Partial<Record<CheckId, Check['code']>> = {}) {
  const checks = inspectionCheckIds.map((id) => {
    const check = checkOf(id, results[id] ?? 'successful');
    return id in codes ? { ...check, code: codes[id] ?? null } : check;
  });
  const content = recordOf(caseFacts('case-1', { checks }), { id: 'station-1', appVersion: '1.2.3' });
  const told = guidelineResults(content);
  if (told === null) throw new Error('no document was read');
  return told;
}

const tableOf = (told: ReturnType<typeof resultsOf>, table: string) =>
  flat(v.parse(resultsSchema, told).parts).find((part) => part.table === table)?.result;

describe('the results of BSI TR-03135', () => {
  it('are a tree of its tables, with results, codes and data groups alone: nothing of the person', () => {
    const told = resultsOf();
    expect(v.safeParse(resultsSchema, JSON.parse(JSON.stringify(told))).issues).toBeUndefined();
    expect(told).toMatchObject({ result: 'successful', transaction: 'case-1', system: { version: '1.2.3' } });
    expect(flat(v.parse(resultsSchema, told).parts).find(({ table }) => table === '5.41')?.dataGroups).toEqual(groups);
    for (const own of ['OEBERG', '199006022397', 'AA123456', 'SWE']) expect(JSON.stringify(told)).not.toContain(own);
  });

  it('are none where no document was read', () => {
    const content = recordOf(caseFacts('case-1', { checks: [] }), { id: 'station-1', appVersion: '1' });
    expect(guidelineResults(content)).toBeNull();
  });

  it.each([
    ['T5.23: one proof of the chip is enough', { 'active-authentication': 'failed' }, '5.23', 'successful'],
    [
      'T5.23: one that failed counts where no other was successful',
      { 'active-authentication': 'failed', 'chip-authentication': 'not supported', 'pace-cam': 'undetermined' },
      '5.23',
      'failed',
    ],
    [
      'T5.23: a chip that has none of them',
      { 'active-authentication': 'not supported', 'chip-authentication': 'not supported', 'pace-cam': 'not supported' },
      '5.23',
      'not supported',
    ],
    ['T5.18: BAC is not needed after PACE', { 'access.bac': 'not supported' }, '5.18', 'successful'],
    [
      'T5.18: neither is possible',
      { 'access.bac': 'not supported', 'access.pace': 'not supported' },
      '5.17',
      'not supported',
    ],
    ['T5.31: no issuer is known', { 'passive-authentication.path': 'undetermined' }, '5.31', 'undetermined'],
    ['T5.39: EF.COM is not there', { 'common-data.consistency': 'not supported' }, '5.39', 'undetermined'],
    ['T5.44: failed before aborted', { 'document.expiry': 'failed', 'document.mrz': 'aborted' }, '5.44', 'failed'],
    ['T5.44: the card access number was used', { 'document.mrz': 'not supported' }, '5.44', 'successful'],
  ] as const)('%s', (_, results, table, result) => {
    expect(tableOf(resultsOf(results), table)).toBe(result);
  });

  it('T5.22: of a chip that has no proof of itself the content stays undetermined, and so does the whole', () => {
    const told = resultsOf({
      'active-authentication': 'not supported',
      'chip-authentication': 'not supported',
      'pace-cam': 'not supported',
    });
    expect([tableOf(told, '5.22'), told.result]).toEqual(['undetermined', 'undetermined']);
  });

  it('T5.40 asks whether the groups agree, not the versions', () => {
    const told = resultsOf(
      { 'common-data.consistency': 'undetermined' },
      { 'common-data.consistency': 'common-data.version-unknown' },
    );
    expect(tableOf(told, '5.40')).toBe('successful');
  });

  it.each(checkResults.filter((result) => result !== 'successful'))(
    'a check that was %s is never told as successful',
    (result) => {
      const madeOf = (told: ReturnType<typeof resultsOf>) =>
        flat(v.parse(resultsSchema, told).parts).filter(({ parts }) => parts === undefined);
      const whole = madeOf(resultsOf()).length;
      for (const id of inspectionCheckIds) {
        const all = madeOf(resultsOf({ [id]: result }));
        const isTold = all.some(({ code }) => code !== null);
        expect(all.filter((part) => part.result === 'successful').length, id).toBe(isTold ? whole - 1 : whole);
      }
    },
  );
});

const written = guideline();

describe.skipIf(written === null)('the guideline as it was written out (beside the project)', () => {
  it('has our five results and the words of data groups', () => {
    expect(written?.words).toEqual([...checkResults]);
    expect(dataGroupWords).toHaveLength(6);
  });

  it('knows every result that a table is told with, whatever the checks came to', () => {
    const tables = written?.tables ?? new Map<string, ReadonlySet<string>>();
    expect(tables.size).toBeGreaterThan(15);
    const some = fc.record(Object.fromEntries(inspectionCheckIds.map((id) => [id, fc.constantFrom(...checkResults)])));
    fc.assert(
      fc.property(some, (results) => {
        for (const { table, result } of flat(v.parse(resultsSchema, resultsOf(results)).parts))
          expect(tables.get(table)?.has(result) ?? true, `T${table} ${result}`).toBe(true);
      }),
      { numRuns: 200 },
    );
    const told = flat(v.parse(resultsSchema, resultsOf()).parts).map(({ table }) => table);
    expect(told.filter((table) => tables.has(table)).length).toBeGreaterThan(12);
  });
});
