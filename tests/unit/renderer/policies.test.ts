import { expect, it } from 'vitest';
import type { PoliciesView } from '../../../preload/contract.ts';
import { besideEachOther, choiceName, fromWords, policyChoices } from '../../../renderer/office/policies-view.ts';
import { textsIn } from '../../../resources/texts/texts.ts';

/* Two policies beside each other. */

const t = textsIn('en');
const entry = (key: string, ...lines: readonly string[]) => ({ key, about: `About ${key}`, lines: [...lines] });
const known: PoliciesView = {
  policies: [
    { id: 'document', version: 3, ownVersion: 3, from: null },
    { id: 'step-up', version: 7, ownVersion: 4, from: { takenAt: '2026-11-01T08:00:00Z', station: 'HQ' } },
  ],
  chosen: { file: 'new.json', id: 'step-up', version: 8, refusal: null },
};

it('what they say otherwise, and what only one of them asks, differs; all else does not', () => {
  const rows = besideEachOther(
    [entry('a', 'x'), entry('b', 'x', 'y'), entry('c', 'x')],
    [entry('b', 'y', 'x'), entry('a', 'x'), entry('d', 'z')],
  );
  expect(rows.map(({ key, differs }) => [key, differs])).toEqual([
    ['a', false],
    ['b', true],
    ['c', true],
    ['d', true],
  ]);
  expect(rows[2]).toMatchObject({ one: ['x'], other: null });
  expect(rows[3]).toMatchObject({ about: 'About d', one: null, other: ['z'] });
});

it('one alone differs from nothing', () => {
  expect(besideEachOther([entry('a', 'x')], null)).toEqual([
    { key: 'a', about: 'About a', one: ['x'], other: null, differs: false },
  ]);
});

it('the app’s own is to be had where another is in force, and the file that was opened', () => {
  expect(policyChoices(known).map((choice) => choiceName(choice, known, t))).toEqual([
    t('policy/document'),
    t('purposes/step-up'),
    t('policies/own', { name: t('purposes/step-up') }),
    t('policies/chosen', { name: t('purposes/step-up'), file: 'new.json' }),
  ]);
});

it('says where one came from', () => {
  const [own, sent] = known.policies;
  expect(own && fromWords(own, 'en', t)).toBe("The app's own");
  expect(sent && fromWords(sent, 'en', t)).toMatch(/^Came .*2026.* from HQ$/);
});
