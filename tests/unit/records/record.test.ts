import { describe, expect, it } from 'vitest';
import { recordOf } from '../../../main/records/record.ts';
import { canonicalBytes } from '../../../main/result/canonical-json.ts';
import { Failure } from '../../../main/result/failure.ts';
import { caseFacts } from './case-facts.ts';

const station = { id: 'station-1', appVersion: '0.1.0' };
const textOf = (value: unknown): string => new TextDecoder().decode(canonicalBytes(value));

describe('the canonical form', () => {
  it('is that of the examples of RFC 8785 §3.2.2 to §3.2.4', () => {
    const numbers = JSON.parse('[333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001]') as unknown;
    expect(
      textOf({ numbers, string: '\u20ac$\u000f\u000aA\'\u0042\u0022\u005c\\"/', literals: [null, true, false] }),
    ).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it('sorts names by UTF-16 units (RFC 8785 §3.2.3)', () => {
    const names = ['\u20ac', '\r', '\ufb33', '1', '\ud83d\ude00', '\u0080', '\u00f6'];
    const sorted = textOf(Object.fromEntries(names.map((name) => [name, 0])));
    expect(Object.keys(JSON.parse(sorted) as object)).toEqual([
      '1',
      '\r',
      '\u0080',
      '\u00f6',
      '\u20ac',
      '\ud83d\ude00',
      '\ufb33',
    ]);
  });

  it.each([
    ['bytes', { image: new Uint8Array([0xff, 0xd8]) }],
    ['an undefined field', { a: undefined }],
    ['not a number', { a: Number.NaN }],
    ['infinity', [Number.POSITIVE_INFINITY]],
    ['a date', { a: new Date(0) }],
    ['half a character', { a: '\ud800' }],
    ['a function', { a: () => 1 }],
    ['nothing', undefined],
  ])('refuses %s', (_, value) => {
    expect(() => canonicalBytes(value)).toThrow(Failure);
  });

  it('refuses what is too deep, a circle too', () => {
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    expect(() => canonicalBytes(circle)).toThrow(Failure);
  });
});

describe('the record of a case', () => {
  it('keeps verdict and decision apart, names who decided, and says that stolen status was not checked', () => {
    const facts = caseFacts('case-1', {
      decision: { outcome: 'stop', reason: 'looks unlike', by: { sign: 'anna', source: 'typed' } },
    });
    expect(recordOf(facts, station)).toMatchObject({
      schema: 'styrk-record',
      schemaVersion: 1,
      verdict: { verdict: 'accept' },
      decision: { outcome: 'stop', by: { sign: 'anna', source: 'typed' } },
      stolenStatus: 'not checked',
      station,
    });
  });

  it('takes up nothing that it does not know', () => {
    const facts = { ...caseFacts('case-1'), portrait: 'bytes of a face' };
    expect(Object.keys(recordOf(facts, station))).not.toContain('portrait');
  });

  it('is made for a case that was abandoned before anything was known', () => {
    const facts = caseFacts('case-1', {
      purpose: null,
      holder: null,
      document: null,
      access: null,
      checks: [],
      reading: null,
      face: null,
      policy: null,
      verdict: { verdict: 'refer', reasons: ['case.abandoned'], decidedBy: null, passedOver: [], conditions: [] },
      decision: { outcome: 'abandoned', reason: null, by: { sign: 'anna', source: 'operating-system' } },
    });
    expect(canonicalBytes(recordOf(facts, station)).length).toBeGreaterThan(0);
  });

  it.each([
    { id: '' },
    { id: 'a b' },
    { id: 'x'.repeat(65) },
    { endedAt: '2026-11-23' },
    { begunAt: '2026-11-23T09:00:00+01:00' },
  ])('refuses %j', (changes) => {
    expect(() => recordOf(caseFacts('case-1', changes), station)).toThrow(Failure);
  });
});
