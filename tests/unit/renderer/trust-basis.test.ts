import { describe, expect, it } from 'vitest';
import type { AuthorityView, OriginView } from '../../../preload/contract.ts';
import {
  comparedWith,
  originTaken,
  originWhat,
  originWord,
  placesTyped,
  statesTyped,
  wordWords,
} from '../../../renderer/office/trust-basis-view.ts';
import { textsIn } from '../../../resources/texts/texts.ts';

/* What trust rests on, in words. */

const t = textsIn('en');
const key = { fingerprint: 'ab12'.repeat(16), hex: '0f'.repeat(32) };

describe('what somebody was given, beside the own key', () => {
  it.each([
    ['', null],
    ['  ', null],
    [key.fingerprint, { is: 'same' }],
    [key.hex, { is: 'same' }],
    ['AB12 '.repeat(16), { is: 'same' }],
    [key.fingerprint.match(/../g)?.join(':') ?? '', { is: 'same' }],
    ['ab12 ab', { is: 'unfinished', count: 6 }],
    [`${key.fingerprint}0`, { is: 'strange' }],
    ['not a key', { is: 'strange' }],
    [`${key.fingerprint.slice(0, 63)}3`, { is: 'differs', group: 16 }],
    [`0${key.fingerprint.slice(1)}`, { is: 'differs', group: 1 }],
  ])('%s', (given, compared) => {
    expect(comparedWith(given, key)).toEqual(compared);
  });
});

it('places are lines, and codes whatever people put between them', () => {
  expect(placesTyped(' https://a.example/x.ml \r\n\nhttps://b.example/y.crl\n')).toEqual([
    'https://a.example/x.ml',
    'https://b.example/y.crl',
  ]);
  expect(placesTyped('  ')).toEqual([]);
  expect(statesTyped('SWE, NOR;D\nFIN')).toEqual(['SWE', 'NOR', 'D', 'FIN']);
  expect(statesTyped(' ')).toEqual([]);
});

it('a word for a certificate says until when it holds, that it ran out, or that it is another station’s', () => {
  const authority = {
    ...{ since: '2026-01-05', until: '2027-01-05', daysLeft: 30, freshness: 'soon-stale', own: true, alsoHeld: false },
  } as AuthorityView;
  expect(wordWords(authority, 'en', t)).toMatch(/^Our word from .*2026.*, holds until .*2027/);
  expect(wordWords({ ...authority, daysLeft: -1 }, 'en', t)).toMatch(/^The word ran out on .*2027/);
  // What a list holds too proves what it proves.
  expect(wordWords({ ...authority, daysLeft: -1, alsoHeld: true }, 'en', t)).not.toContain('proves nothing');
  expect(wordWords({ ...authority, own: false }, 'en', t)).toContain('another station');
  expect(wordWords({ ...authority, since: null, until: null, daysLeft: null }, 'en', t)).toContain('cannot be told');
});

describe('where something came from', () => {
  const origin: OriginView = {
    ...{ kind: 'master-list', name: 'CN=Root,C=DE', date: '2026-05-28', takenAt: '2026-05-29T08:20:00Z' },
    ...{ takenAs: 'files', voucher: { kind: 'list-signer', name: 'CN=Root,C=DE' }, count: 3 },
  };
  it('names what, when and on whose word', () => {
    expect(originWhat(origin, 'en', t)).toMatch(/^Master list · Root \(DE\) · dated .*2026/);
    expect(originTaken(origin, 'en', t)).toMatch(/2026.* · Several files$/);
    expect(originWord(origin, t)).toBe('Root (DE)');
  });
  it('claims nobody’s word where none is written down, and says that a key proved it where it did', () => {
    expect(originWord({ ...origin, voucher: null }, t)).toBe('Not written down');
    expect(originWord({ ...origin, kind: 'revocation-list', voucher: null }, t)).toMatch(/^Nobody's/);
    expect(originWord({ ...origin, voucher: { kind: 'list-signer', name: null } }, t)).toContain('no longer');
    expect(originWord({ ...origin, kind: 'pinned', voucher: { kind: 'own', name: null } }, t)).toBe('Two people here');
    expect(originTaken({ ...origin, takenAt: null }, 'en', t)).toBe('Before the first import');
    expect(originTaken({ ...origin, kind: 'training', takenAt: null }, 'en', t)).toBe('With the app');
  });
});
