import { describe, expect, it } from 'vitest';
import type { Mrz, PersonalDetails } from '../../../main/document/types.ts';
import type { Holder } from '../../../main/holders/holder.ts';
import { isLikePerson, newHolderChecks, personInDocument, wordsToLookFor } from '../../../main/holders/new-holder.ts';
import { newHolders } from '../../../main/holders/new-holders.ts';
import { Failure } from '../../../main/result/failure.ts';
import type { PlainDate } from '../../../main/result/plain-date.ts';
import { heldNumber, readDocument } from './support.ts';

// Numbers of Skatteverket's published test series.
const number = '199006022397';
const otherNumber = '199107172380';
const today = '2026-11-23' as PlainDate;

function mrzOf(
  changes: { readonly issuer?: string; readonly optionalData?: string; readonly surname?: string } = {},
): Mrz {
  return {
    format: 'TD3',
    lines: [],
    documentCode: 'P',
    issuer: changes.issuer ?? 'SWE',
    documentNumber: 'AA123456',
    nationality: 'SWE',
    name: {
      surname: changes.surname ?? 'OEBERG LINDSTROEM',
      givenNames: 'AASA LINNEA',
      field: '',
      maybeTruncated: false,
    },
    birthDate: { printed: '900602', date: '1990-06-02' as PlainDate },
    sex: 'F',
    expiryDate: { printed: '300131', date: '2030-01-31' as PlainDate },
    optionalData: changes.optionalData ?? number,
    optionalData2: '',
  } as unknown as Mrz;
}

const detailsOf = (changes: Partial<PersonalDetails>): PersonalDetails => ({
  fullName: null,
  otherNames: [],
  personalNumber: null,
  birthDate: null,
  placeOfBirth: null,
  address: null,
  telephone: null,
  profession: null,
  title: null,
  summary: null,
  ...changes,
});

const onFile = (changes: Partial<Holder>): Holder => ({
  id: 'c1',
  personalNumber: null,
  givenNames: 'Åsa',
  surname: 'Öberg',
  birthDate: '1990-06-02' as PlainDate,
  ...changes,
});

describe('the person whom a document names', () => {
  it('is as the MRZ writes them, where that is all', () => {
    expect(personInDocument({ mrz: mrzOf(), details: null, today })).toEqual({
      personalNumber: number,
      givenNames: 'AASA LINNEA',
      surname: 'OEBERG LINDSTROEM',
      birthDate: '1990-06-02',
      fromDocument: true,
    });
  });

  it('is as signed DG11 writes them, in their own letters (9303-10 §4.7.11)', () => {
    const details = detailsOf({ fullName: { surname: 'Öberg Lindström', givenNames: 'Åsa Linnéa' } });
    expect(personInDocument({ mrz: mrzOf(), details, today })).toMatchObject({
      givenNames: 'Åsa Linnéa',
      surname: 'Öberg Lindström',
    });
  });

  it.each([
    ['of another state', mrzOf({ issuer: 'D' }), null],
    ['with a wrong check digit', mrzOf({ optionalData: '199006022398' }), null],
    ['where DG11 says another', mrzOf(), detailsOf({ personalNumber: otherNumber })],
  ] as const)('has no personal number from a document %s', (_, mrz, details) => {
    const person = personInDocument({ mrz, details, today });
    expect([person.personalNumber, person.numbers]).toEqual([null, undefined]);
  });

  // DVV's example 131052-308T and its twin by the separator: of a filler nobody can tell which.
  it('has the number of the document’s own state, with the state', () => {
    const aino = { givenNames: 'Aino', surname: 'Nieminen', birthDate: '1952-10-13' as PlainDate, issuer: 'FIN' };
    const person = personInDocument(readDocument({ ...aino, optionalData: '131052Y308T' }, today));
    expect([person.personalNumber, person.numbers]).toEqual([null, [heldNumber('FIN', '131052Y308T')]]);
    expect(personInDocument(readDocument({ ...aino, optionalData: '131052<308T' }, today)).numbers).toBeUndefined();
    const known = onFile({ id: 'f', surname: 'Virtanen', numbers: [heldNumber('FIN', '131052Y308T')] });
    const twin = onFile({ id: 't', surname: 'Virtanen', numbers: [heldNumber('FIN', '131052-308T')] });
    const digits = onFile({ id: 'd', surname: 'Virtanen', numbers: [heldNumber('DNK', '131052Y308T')] });
    const checks = newHolderChecks({ person, onFile: [known, twin, digits], tooMany: false, namesContradict: false });
    expect(checks[0]).toMatchObject({ id: 'holder.personal-number', detail: { onFile: ['f'] } });
  });
});

describe('the birth date that goes on file', () => {
  // 9303-3 §4.9: the MRZ has two digits of the year; of somebody of a hundred they are those of a child.
  it('is none where the document tells no century and two can be', () => {
    const child = {
      ...mrzOf({ issuer: 'D', optionalData: '' }),
      birthDate: { date: '2019-05-01' as PlainDate, printed: '190501' },
    };
    expect(personInDocument({ mrz: child, details: null, today }).birthDate).toBeNull();
    const told = detailsOf({ birthDate: { date: '1919-05-01' as PlainDate, printed: '19190501' } });
    expect(personInDocument({ mrz: child, details: told, today }).birthDate).toBe('1919-05-01');
  });
});

describe('somebody on file', () => {
  const read = { mrz: mrzOf(), details: null, today };

  it('is looked for by each word of the surname: the register may hold one of two', () => {
    expect(wordsToLookFor(read)).toEqual(['OBERG', 'LINDSTROM']);
    expect(wordsToLookFor({ mrz: mrzOf({ surname: '' }), details: null, today })).toEqual(['ASA', 'LINNEA']);
  });

  it.each([
    [true, 'with the same name and birth date', onFile({ givenNames: 'Åsa Linnéa', surname: 'Öberg-Lindström' })],
    [true, 'with one of the surnames', onFile({})],
    [true, 'with no birth date on file', onFile({ birthDate: null })],
    [false, 'born on another day', onFile({ birthDate: '1991-07-17' as PlainDate })],
    [false, 'of another name', onFile({ givenNames: 'Bo', surname: 'Öberg' })],
  ])('is %s like the document where they are %s', (like, _, holder) => {
    expect(isLikePerson(holder, read)).toBe(like);
  });

  it('is open where so many bear the name that nobody looked', () => {
    const register = {
      find: () => {
        throw new Failure('holder.too-many');
      },
    };
    const found = newHolders(
      () => register,
      () => today,
    )({ mrz: mrzOf({ issuer: 'D', optionalData: '' }), details: null });
    expect(found).toMatchObject({ onFile: [], tooMany: true });
    if (found === null) throw new Error('nobody');
    expect(newHolderChecks(found)).toEqual([
      expect.objectContaining({
        id: 'holder.name',
        result: 'undetermined',
        code: 'holder.on-file-already',
        detail: { onFile: [], unseen: true },
      }),
      expect.objectContaining({ id: 'holder.birth-date', result: 'undetermined' }),
    ]);
  });

  it('leaves open whether it is the same person, by number or by name and birth date; nobody leaves nothing open', () => {
    const person = personInDocument(read);
    expect(newHolderChecks({ person, onFile: [], tooMany: false, namesContradict: false })).toEqual([]);
    const byNumber = onFile({ id: 'n', personalNumber: number, surname: 'Ek' });
    const byName = onFile({ id: 'm' });
    expect(newHolderChecks({ person, onFile: [byNumber, byName], tooMany: false, namesContradict: false })).toEqual([
      expect.objectContaining({
        id: 'holder.personal-number',
        result: 'undetermined',
        code: 'holder.on-file-already',
        detail: { onFile: ['n'] },
      }),
      expect.objectContaining({ id: 'holder.name', result: 'undetermined', detail: { onFile: ['m'] } }),
      expect.objectContaining({ id: 'holder.birth-date', result: 'undetermined', detail: { onFile: ['m'] } }),
    ]);
  });

  it('is found by a number that they had before, too', () => {
    const person = personInDocument(read);
    const former = { country: 'SWE', key: number, validFrom: null, validTo: today, replacedBecause: 'other' } as const;
    const before = onFile({ id: 'b', personalNumber: otherNumber, surname: 'Ek', numbers: [former] });
    expect(newHolderChecks({ person, onFile: [before], tooMany: false, namesContradict: false })).toEqual([
      expect.objectContaining({ id: 'holder.personal-number', detail: { onFile: ['b'] } }),
    ]);
  });

  // A document that names two persons makes nobody a customer by itself.
  it('leave the name open where DG11 names another person than DG1', () => {
    const person = personInDocument(read);
    expect(newHolderChecks({ person, onFile: [], tooMany: false, namesContradict: true })).toEqual([
      expect.objectContaining({ id: 'holder.name', result: 'undetermined', code: 'holder.name-contradicts' }),
    ]);
  });
});
