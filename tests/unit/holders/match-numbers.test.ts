import { describe, expect, it } from 'vitest';
import type { Holder } from '../../../main/holders/holder.ts';
import { matchHolder } from '../../../main/holders/match.ts';
import { matchSecondDocument } from '../../../main/holders/two-documents.ts';
import type { Check } from '../../../main/result/check.ts';
import type { PlainDate } from '../../../main/result/plain-date.ts';
import { detailedDate, heldNumber, inField, type MadeDocument, readDocument } from './support.ts';

const today = '2026-11-23' as PlainDate;
const in2033 = '2033-05-01' as PlainDate;
const day = (text: string): PlainDate => text as PlainDate;

const aino: Holder = {
  id: 'c1',
  personalNumber: null,
  givenNames: 'Aino Maria',
  surname: 'Mäkelä',
  birthDate: day('1994-05-01'),
};
const ofAino = { surname: 'Mäkelä', givenNames: 'Aino Maria', birthDate: day('1994-05-01') };

function checksOf(holder: Partial<Holder>, document: Partial<MadeDocument>, at = today): readonly Check[] {
  const checks = matchHolder({ holder: { ...aino, ...holder }, ...readDocument({ ...ofAino, ...document }, at) });
  return checks.filter(({ id }) => id !== 'holder.status');
}

function numberCheck(...args: Parameters<typeof checksOf>): Check {
  const check = checksOf(...args).find(({ id }) => id === 'holder.personal-number');
  if (check === undefined) throw new Error('check is missing');
  return check;
}

function birthCheck(...args: Parameters<typeof checksOf>): Check {
  const check = checksOf(...args).find(({ id }) => id === 'holder.birth-date');
  if (check === undefined) throw new Error('check is missing');
  return check;
}

// DVV, test persons of the reform of the separators.
const ainos = '010594Y9021';

describe('numbers of the neighbours', () => {
  it.each([
    ['FIN', ainos, { optionalData: ainos }, 'henkilötunnus'],
    ['FIN', ainos, { details: { personalNumber: ainos } }, 'henkilötunnus'],
    ['DNK', '0707614285', { optionalData: '0707614285' }, 'cpr'],
    ['DNK', '0707614285', { optionalData: inField('070761-4285') }, 'cpr'],
    ['ISL', '1201603389', { details: { personalNumber: '120160-3389' } }, 'kennitala'],
    ['NOR', '30108299920', { optionalData: '30108299920' }, 'fødselsnummer'],
  ] as const)('%s: %s is read of its own state’s document', (country, key, document, kind) => {
    const holder = { numbers: [heldNumber(country, key)] };
    expect(numberCheck(holder, { issuer: country, ...document })).toMatchObject({
      result: 'successful',
      detail: { kind },
    });
    // And of no other state's.
    const other = country === 'FIN' ? 'EST' : 'FIN';
    expect(numberCheck(holder, { issuer: other, ...document }).result).not.toBe('successful');
  });

  // DVV: 010594Y9021 and 010594-9021 are two people.
  it('Finland: the separator alone tells two people apart', () => {
    const holder = { numbers: [heldNumber('FIN', '010594-9021')] };
    expect(numberCheck(holder, { issuer: 'FIN', optionalData: ainos })).toMatchObject({
      result: 'failed',
      code: 'holder.personal-number-differs',
    });
  });

  it('Finland: a filler of the MRZ is + or -, and told so; the birth date of DG11 settles it', () => {
    const holder = { numbers: [heldNumber('FIN', '131052-308T')], birthDate: day('1952-10-13') };
    const document = { issuer: 'FIN', birthDate: day('1952-10-13'), optionalData: inField('131052-308T') };
    expect(numberCheck(holder, document)).toMatchObject({
      result: 'undetermined',
      code: 'holder.number-ambiguous',
      detail: { possible: ['131052+308T', '131052-308T'] },
    });
    const details = { birthDate: detailedDate(day('1952-10-13')) };
    expect(numberCheck(holder, { ...document, details })).toMatchObject({ result: 'successful' });
    const written = { personalNumber: '131052-308T' };
    expect(numberCheck(holder, { ...document, details: written }).detail).toMatchObject({
      source: 'DG11 personal number',
    });
    expect(numberCheck({ numbers: [heldNumber('FIN', '131052A308T')] }, document).result).toBe('failed');
  });

  // Skatteetaten, "Nytt fødselsnummer fra 2032".
  it('Norway: a number of 2032 is none before, and one from then on', () => {
    const holder = { numbers: [heldNumber('NOR', '30108299939')] };
    const document = { issuer: 'NOR', optionalData: '30108299939' };
    expect(numberCheck(holder, document).code).toBe('holder.personal-number-invalid');
    expect(numberCheck(holder, document, in2033).result).toBe('successful');
    expect(numberCheck(holder, { ...document, optionalData: '30108299947' }, in2033).result).toBe('failed');
  });

  it('Iceland: an equal system number is open, for it is given before anybody is sure of the person', () => {
    const holder = { numbers: [heldNumber('ISL', '8001012030')] };
    expect(numberCheck(holder, { issuer: 'ISL', optionalData: '8001012030' })).toMatchObject({
      result: 'undetermined',
      code: 'holder.number-ambiguous',
      detail: { kind: 'system number' },
    });
  });

  it('optional data of another state that hold something else are no number', () => {
    const holder = { numbers: [heldNumber('FIN', ainos)] };
    expect(numberCheck(holder, { issuer: 'FIN', optionalData: 'ABC123' }).code).toBe('holder.no-personal-number');
  });
});

describe('numbers change, and are given again', () => {
  const holder = {
    personalNumber: '199006022397',
    numbers: [heldNumber('SWE', '197010632391', day('2019-04-01'))],
    birthDate: day('1990-06-02'),
  };
  const document = { birthDate: day('1990-06-02') };

  it('a number that the person had before is for staff', () => {
    expect(numberCheck(holder, { ...document, optionalData: '197010632391' })).toMatchObject({
      result: 'undetermined',
      code: 'holder.number-replaced',
    });
    expect(numberCheck(holder, { ...document, optionalData: '199006022397' }).result).toBe('successful');
    expect(numberCheck(holder, { ...document, optionalData: '199107172380' }).result).toBe('failed');
  });

  // Eur J Epidemiol 2009, 9350: 15 887 numbers had been given to a second person by 2008.
  it('a number that was given to a second person leaves name and birth date to speak against it', () => {
    const stranger = { ...document, optionalData: '199006022397', surname: 'Holm', givenNames: 'Bo' };
    const results = checksOf(holder, { ...stranger, birthDate: day('1990-06-09') }).map(({ result }) => result);
    expect(results[0]).toBe('successful');
    expect(results.slice(1)).not.toContain('successful');
  });

  // lag 2022:1697: three levels, which the register tells and the number does not.
  it('the level of a coordination number stands with the check', () => {
    const coordination = { ...holder, personalNumber: '197010632391', numbers: [] };
    const levelOf = (more: Partial<Holder>) =>
      numberCheck({ ...coordination, ...more }, { ...document, optionalData: '197010632391' }).detail;
    expect(levelOf({})).toMatchObject({ kind: 'coordination', identityLevel: 'unknown' });
    expect(levelOf({ identityLevel: 'confirmed' })).toMatchObject({ identityLevel: 'confirmed' });
  });
});

describe('a document without a number that can be compared', () => {
  const known = {
    issuer: 'FRA',
    kind: 'passport',
    number: '12AB34567',
    seenBy: 'an',
    seenOn: day('2025-03-01'),
  } as const;
  const document = { issuer: 'FRA', documentNumber: '12AB34567' };

  it('is the person’s where somebody has seen it as theirs', () => {
    expect(numberCheck({ documents: [known] }, document)).toMatchObject({
      result: 'successful',
      detail: { source: 'known document', seenOn: '2025-03-01' },
    });
  });

  it.each([
    ['nobody has seen it', { documents: [] }, document],
    ['another number was seen', { documents: [known] }, { ...document, documentNumber: '12AB34568' }],
    ['another state’s was seen', { documents: [known] }, { ...document, issuer: 'BEL' }],
    ['a card was seen', { documents: [{ ...known, kind: 'identity-card' as const }] }, document],
    [
      'it is a permit to stay, which is nobody’s proof alone',
      { documents: [{ ...known, kind: 'residence-permit' as const }] },
      { ...document, format: 'TD1' as const, documentCode: 'IR' },
    ],
  ])('is open where %s, whatever name and birth date say', (_, holder, of) => {
    expect(checksOf(holder, of).map(({ result }) => result)).toEqual(['undetermined', 'successful', 'successful']);
  });

  it('is never the person’s against a number that differs', () => {
    const swedish = { ...known, issuer: 'SWE' };
    const holder = { documents: [swedish], personalNumber: '199006022397' };
    const of = { ...document, issuer: 'SWE', optionalData: '199107172380' };
    expect(numberCheck(holder, of)).toMatchObject({ result: 'failed' });
  });
});

describe('the century of a birth date', () => {
  it('is told by the document’s own number (Swedish numbers write it)', () => {
    const old = { personalNumber: '191212121212', birthDate: day('1912-12-12') };
    const document = { birthDate: day('1912-12-12'), optionalData: '191212121212' };
    expect(birthCheck(old, document)).toMatchObject({ result: 'successful', detail: { source: 'DG1 and number' } });
    expect(birthCheck({ ...old, birthDate: day('2012-12-12') }, document)).toMatchObject({ result: 'failed' });
  });

  // gmrtd 1.1: a single century that is left is a guess, and here two are.
  it('is open for whoever could as well be a hundred years older', () => {
    const child = { birthDate: day('2012-12-12') };
    expect(birthCheck(child, { issuer: 'FRA', birthDate: day('2012-12-12') })).toMatchObject({
      result: 'undetermined',
      code: 'holder.birth-date-century',
    });
    const adult = { birthDate: day('1990-12-12') };
    expect(birthCheck(adult, { issuer: 'FRA', birthDate: day('1990-12-12') }).result).toBe('successful');
  });
});

describe('a permit beside a passport', () => {
  const passport = readDocument({ ...ofAino, issuer: 'SYR', surname: 'Haddad', givenNames: 'Samira Nour' }, today);
  const permit = (changes: Partial<MadeDocument>) =>
    readDocument(
      { ...ofAino, format: 'TD1', documentCode: 'IR', surname: 'Haddad', givenNames: 'Samira Nour', ...changes },
      today,
    );
  const second = (changes: Partial<MadeDocument>) =>
    matchSecondDocument(passport, permit({ nationality: 'SYR', ...changes }));

  it('names the same person, whatever its numbers, its validity and the order of its names are', () => {
    expect(second({ documentNumber: 'AB9876543', expiryDate: '270101' }).result).toBe('successful');
    expect(second({ givenNames: 'Nour Samira' }).result).toBe('successful');
  });

  it('names another', () => {
    for (const change of [{ givenNames: 'Layla' }, { birthDate: day('1995-05-01') }])
      expect(second(change)).toMatchObject({ result: 'failed', code: 'document.second-other-person' });
  });

  it('or leaves it open: names that are near, another nationality', () => {
    for (const change of [{ givenNames: 'Samira' }, { surname: 'Khoury' }, { nationality: 'TUR' }])
      expect(second(change)).toMatchObject({ result: 'undetermined', code: 'document.second-open' });
  });

  // 9303-5 leaves it to the issuer what a card is: a permit proves nobody, and first comes the passport.
  it('stands second, beside a passport alone', () => {
    const beside = permit({ nationality: 'SYR' });
    for (const [first, other] of [
      [beside, passport],
      [passport, passport],
      [beside, beside],
      [permit({ documentCode: 'ID', nationality: 'SYR' }), beside],
    ] as const)
      expect(matchSecondDocument(first, other)).toMatchObject({
        result: 'undetermined',
        code: 'document.second-kind',
      });
  });
});
