import { describe, expect, it } from 'vitest';
import type { InspectedDocument } from '../../../main/inspection/types.ts';
import { successful, unsuccessful } from '../../../main/result/check.ts';
import {
  type BlockedAnswer,
  blockedKey,
  readBlockedDocuments,
  withBlockedList,
  withTouchedList,
} from '../../../main/verification/blocked-documents.ts';
import { failureCodeOf } from '../../support/failure-code.ts';
import { caseFacts } from '../records/case-facts.ts';

const line = { issuer: 'SWE', kind: 'passport', number: 'AA 123456<<', reason: 'stolen', since: '2026-11-01' };
const bytes = (...lines: readonly unknown[]): Uint8Array =>
  new TextEncoder().encode(lines.map((each) => (typeof each === 'string' ? each : JSON.stringify(each))).join('\n'));

describe('headquarters’ list of blocked documents', () => {
  it('is read whole; numbers are found as issuers write them, with fillers and without', () => {
    const read = readBlockedDocuments(bytes(line, '', { ...line, kind: 'identity-card' }));
    expect(read.map(blockedKey)).toEqual(['SWE passport AA123456', 'SWE identity-card AA123456']);
    expect(blockedKey({ issuer: 'SWE', kind: 'passport', number: 'aa123456' })).toBe('SWE passport AA123456');
  });

  it('may be empty, which takes all back: a file of one empty line', () => {
    expect(readBlockedDocuments(new Uint8Array([0x0a]))).toEqual([]);
  });

  it.each([
    ['no JSON', '{'],
    ['another kind', { ...line, kind: 'visa' }],
    ['a reason in free words', { ...line, reason: 'Anna lost it' }],
    ['no day', { ...line, since: '2026-02-30' }],
    ['no number', { ...line, number: '<<<' }],
    ['a member more', { ...line, name: 'Anna' }],
    ['a member twice', `{"issuer":"SWE","issuer":"NOR",${JSON.stringify(line).slice(16)}`],
    ['a line without end', { ...line, number: '9'.repeat(2_000) }],
  ])('%s in one line refuses all of it', (_, bad) => {
    expect(failureCodeOf(() => readBlockedDocuments(bytes(line, bad, line)))).toBe('fleet.issue-unusable');
  });

  it('is bounded', () => {
    expect(failureCodeOf(() => readBlockedDocuments(new Uint8Array(33 * 1024 * 1024)))).toBe('input.too-large');
  });
});

describe('the check of validity with headquarters’ list over it', () => {
  const { document } = caseFacts('a') as { document: InspectedDocument };
  const list = { number: 4, issuedAt: '2026-11-20T08:00:00Z', takenAt: '2026-11-20T08:05:00Z', documents: 2 };
  const now = '2026-11-23T09:00:00Z';
  const headquartersList = { number: 4, issuedAt: list.issuedAt, takenAt: list.takenAt, ageDays: 3 };
  const blocked: BlockedAnswer = { list, blocked: { reason: 'stolen', since: '2026-11-01' } };
  const valid = successful('register.validity', { answeredBy: 'staff', answer: 'valid' });
  const other = successful('document.expiry');

  it('fails whatever the issuer’s register told, and says whose list it was and how old', () => {
    const failed = {
      id: 'register.validity',
      result: 'failed',
      code: 'register.blocked',
      detail: { ...valid.detail, blockedBy: 'headquarters', reason: 'stolen', since: '2026-11-01', headquartersList },
    };
    expect(withBlockedList([other, valid], document, blocked, now)).toEqual([other, failed]);
  });

  it('fails where the policy asks no register', () => {
    expect(withBlockedList([other], document, blocked, now)).toMatchObject([
      other,
      { id: 'register.validity', result: 'failed', code: 'register.blocked', detail: { headquartersList } },
    ]);
  });

  it('is never made better by not being on the list: the result stays, and says which list was looked at', () => {
    const absent = { list, blocked: null };
    expect(withBlockedList([valid], document, absent, now)).toEqual([
      { ...valid, detail: { ...valid.detail, headquartersList } },
    ]);
    expect(withBlockedList([other], document, absent, now)).toEqual([other]);
  });

  it('is as it was where headquarters sent no list, or nothing was read', () => {
    expect(withBlockedList([valid], document, null, now)).toEqual([valid]);
    expect(withBlockedList([valid], null, blocked, now)).toEqual([valid]);
  });

  it('is undetermined where others touched what the list rests on, but for what the register itself says is blocked', () => {
    const touched = { ...unsuccessful('register.validity', 'undetermined', 'trust.tampered', valid.detail) };
    expect(withTouchedList([valid, other])).toEqual([other, touched]);
    expect(withTouchedList([other])).toEqual([other, { ...touched, detail: {} }]);
    const failed = unsuccessful('register.validity', 'failed', 'register.blocked', {});
    expect(withTouchedList([failed])).toEqual([failed]);
  });
});
