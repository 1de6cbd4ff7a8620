import { describe, expect, it } from 'vitest';
import { parseMrz } from '../../../main/document/mrz.ts';
import { buildMrz, type MrzFields } from '../../../main/document/mrz-build.ts';
import { knownBefore } from '../../../main/verification/known-before.ts';
import type { Policy } from '../../../main/verification/types.ts';
import { anna, day } from '../../support/fake-house.ts';

/* What is known before the tap (INTERFACE, "Bad news first"): by the page alone, which proves nothing and hinders nothing. */

const today = day('2026-11-23');
const fields: MrzFields = {
  ...{ format: 'TD3', documentCode: 'PP', issuer: 'SWE', documentNumber: 'AA0000001', nationality: 'SWE' },
  ...{ surname: 'Andersson', givenNames: 'Anna', birthDate: '820314', sex: 'F', expiryDate: '300131' },
  optionalData: '198203142392',
};
const lines = (changes: Partial<MrzFields> = {}) =>
  ({ kind: 'lines', mrz: parseMrz(buildMrz({ ...fields, ...changes }).join('\n'), today) }) as const;
const policyFor = (documents: Policy['documents']) => ({ documents }) as Policy;
const passports = policyFor([{ issuer: 'SWE', codes: ['P*'], nationality: null }]);
const known = (
  page: Parameters<typeof knownBefore>[0]['page'],
  policy: Policy | null = null,
  holder: typeof anna | null = null,
) => knownBefore({ page, policy, holder, today });

describe('of the lines', () => {
  it('nothing where nothing speaks against it', () => {
    expect(known(lines(), passports, anna)).toEqual([]);
  });

  it('that it has expired', () => {
    expect(known(lines({ expiryDate: '261122' }))).toEqual(['document.expired']);
    expect(known(lines({ expiryDate: '261123' }))).toEqual([]);
  });

  it('that this purpose does not take it', () => {
    const card = lines({ format: 'TD1', documentCode: 'I', optionalData: '' });
    expect(known(card, passports)).toEqual(['document.type-not-accepted']);
    expect(known(card)).toEqual([]);
    expect(known(lines({ format: 'TD1', documentCode: 'IR', optionalData: '' }))).toEqual([
      'document.residence-permit',
    ]);
  });

  it('that it is another person’s: number, name, birth date', () => {
    const another = { surname: 'Ek', givenNames: 'Bo', birthDate: '910717', optionalData: '199107172380' };
    expect(known(lines(another), null, anna)).toEqual([
      'holder.personal-number-differs',
      'holder.name-differs',
      'holder.birth-date-differs',
    ]);
  });

  it('nothing of what they leave open: a name that is near, no number', () => {
    expect(known(lines({ givenNames: 'Anna Karin', optionalData: '' }), null, anna)).toEqual([]);
  });
});

describe('of two typed dates', () => {
  const dates = (birthDate: string, expiry: string | null) =>
    ({ kind: 'dates', birthDate, expiryDate: expiry === null ? null : day(expiry) }) as const;

  it('that it has expired, or is another person’s', () => {
    expect(known(dates('820314', '2026-11-22'), null, anna)).toEqual(['document.expired']);
    expect(known(dates('910717', '2030-01-31'), null, anna)).toEqual(['holder.birth-date-differs']);
    expect(known(dates('820314', null), null, anna)).toEqual([]);
  });

  it('nothing of a neighbour in the month, which a number may name, nor of a date that is told in part', () => {
    expect(known(dates('820315', '2030-01-31'), null, anna)).toEqual([]);
    expect(known(dates('82<<<<', '2030-01-31'), null, anna)).toEqual([]);
  });
});
