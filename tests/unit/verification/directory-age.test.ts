import { describe, expect, it } from 'vitest';
import { successful, unsuccessful } from '../../../main/result/check.ts';
import { unanswered, withDirectoryAge } from '../../../main/verification/directory-age.ts';

/*
 * Whom the bank's own directory told of is matched by what it said, and when it said it stands in each check (docs/services.md): an
 * answer of before is never shown as one of now, and past the policy's limit nobody is accepted by it.
 */

const checks = [
  successful('document.mrz'),
  successful('holder.personal-number', { source: 'EF.DG1' }),
  successful('holder.status', { lookedFor: [] }),
];
const policy = { directoryHours: 24, evidenceMinutes: 30 };
const at = (saidAt: string, now: string, changes: Partial<typeof policy> = {}, given = checks) =>
  withDirectoryAge(
    given,
    { directory: { saidAt, code: 'service.unreachable' } },
    { now, policy: { ...policy, ...changes } },
  );
const status = (made: ReturnType<typeof at>) => made.find(({ id }) => id === 'holder.status');

describe('what the bank’s directory said of a person', () => {
  it('stands in each check of the holder with its time, and why it was not asked since', () => {
    const [mrz, number, told] = at('2026-11-23T09:00:00Z', '2026-11-23T10:00:00Z');
    const directory = { saidAt: '2026-11-23T09:00:00Z', notAskedSince: 'service.unreachable' };
    expect(mrz).toEqual(checks[0]);
    expect(number).toEqual(successful('holder.personal-number', { source: 'EF.DG1', directory }));
    expect(told).toMatchObject({ result: 'successful', detail: { directory } });
  });

  it('is told as said just now where it answered', () => {
    const [, number] = withDirectoryAge(
      checks,
      { directory: { saidAt: '2026-11-23T09:00:00Z', code: null } },
      { now: '2026-11-23T09:00:00Z', policy },
    );
    expect(number?.detail.directory).toEqual({ saidAt: '2026-11-23T09:00:00Z' });
  });

  it.each([
    ['at its limit', '2026-11-24T09:00:00Z', {}, 'successful'],
    ['a second past it', '2026-11-24T09:00:01Z', {}, 'undetermined'],
    ['by a clock that went back', '2026-11-23T08:59:59Z', {}, 'undetermined'],
    ['with no hours at all, as old as what was read', '2026-11-23T09:30:00Z', { directoryHours: 0 }, 'successful'],
    ['and older', '2026-11-23T09:30:01Z', { directoryHours: 0 }, 'undetermined'],
  ] as const)('counts as long as the policy says: %s', (_, now, changes, result) => {
    const told = status(at('2026-11-23T09:00:00Z', now, changes));
    expect([told?.result, told?.code]).toEqual([result, result === 'successful' ? null : 'holder.directory-old']);
  });

  // A policy may pass over that somebody moved abroad, never that nobody knows any more; the dead stay dead.
  it('past it counts for nobody, whatever it said', () => {
    const late = '2026-11-26T09:00:00Z';
    const emigrated = [unsuccessful('holder.status', 'undetermined', 'holder.emigrated')];
    const dead = [unsuccessful('holder.status', 'failed', 'holder.deceased')];
    expect(status(at('2026-11-23T09:00:00Z', late, {}, emigrated))?.code).toBe('holder.directory-old');
    expect(status(at('2026-11-23T09:00:00Z', late, {}, dead))?.code).toBe('holder.deceased');
  });

  it('is told as asked in vain where it does not answer any more', () => {
    const said = { saidAt: '2026-11-23T09:00:00Z', code: null };
    const bo = { id: 'directory:1', personalNumber: null, givenNames: 'Bo', surname: 'Ek', birthDate: null };
    expect(unanswered({ ...bo, directory: said }, 'service.too-slow').directory).toEqual({
      ...said,
      code: 'service.too-slow',
    });
    expect(unanswered(bo, 'service.too-slow')).toBe(bo);
  });

  it('of whoever is on file here nothing is changed', () => {
    expect(withDirectoryAge(checks, {}, { now: '2026-11-23T09:00:00Z', policy })).toBe(checks);
    expect(withDirectoryAge(checks, null, { now: '2026-11-23T09:00:00Z', policy })).toBe(checks);
  });
});
