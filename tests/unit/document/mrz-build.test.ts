import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMrz } from '../../../main/document/mrz.ts';
import { buildMrz, type MrzFields } from '../../../main/document/mrz-build.ts';
import { printedDate } from '../../../main/document/mrz-dates.ts';
import { addDays, type PlainDate, parsePlainDate } from '../../../main/result/plain-date.ts';
import { failureOf } from '../../support/failure-code.ts';

const today = parsePlainDate('2026-11-23') as PlainDate;

const anna: MrzFields = {
  format: 'TD3',
  documentCode: 'PP',
  issuer: 'UTO',
  documentNumber: 'L898902C3',
  nationality: 'UTO',
  surname: 'Eriksson',
  givenNames: 'Anna Maria',
  birthDate: '740812',
  sex: 'F',
  expiryDate: '340415',
  optionalData: 'ZE184226B',
};

describe('published zones come out letter for letter', () => {
  it.each([
    [anna, ['PPUTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', 'L898902C36UTO7408122F3404159ZE184226B<<<<<16']],
    [
      {
        ...anna,
        format: 'TD1',
        documentCode: 'I',
        issuer: 'SWE',
        nationality: 'SWE',
        documentNumber: '59000002',
        surname: 'Specimen',
        givenNames: 'Sven',
        birthDate: '870314',
        sex: 'M',
        expiryDate: '170102',
        optionalData: '198703142391',
      },
      ['I<SWE59000002<8198703142391<<<', '8703145M1701027SWE<<<<<<<<<<<8', 'SPECIMEN<<SVEN<<<<<<<<<<<<<<<<'],
    ],
    [
      {
        ...anna,
        format: 'TD2',
        documentCode: 'I',
        documentNumber: 'D23145890734',
        surname: 'Stevenson',
        givenNames: 'Peter John',
        birthDate: '340712',
        sex: 'M',
        expiryDate: '950712',
        optionalData: '',
      },
      ['I<UTOSTEVENSON<<PETER<JOHN<<<<<<<<<<', 'D23145890<UTO3407127M95071227349<<<8'],
    ],
  ] satisfies [MrzFields, string[]][])('%#', (fields, lines) => {
    expect(buildMrz(fields)).toEqual(lines);
  });
});

describe('fields that do not fit', () => {
  it.each([
    ['documentNumber', { documentNumber: 'L898902C34' }],
    ['documentNumber', { documentNumber: 'l898902c3' }],
    ['documentNumber', { format: 'TD2', optionalData: '', documentNumber: '1'.repeat(15) }],
    ['optionalData', { optionalData: '1'.repeat(15) }],
    ['optionalData2', { optionalData2: 'A' }],
    ['optionalData2', { format: 'TD1', optionalData2: '1'.repeat(12) }],
    ['documentCode', { documentCode: 'PPP' }],
    ['issuer', { issuer: 'UTOP' }],
    ['birthDate', { birthDate: '1974-08-12' }],
    ['surname', { surname: '山田' }],
    ['givenNames', { givenNames: 'Anna 2' }],
  ] satisfies [string, Partial<MrzFields>][])('%s %j', (field, wrong) => {
    const failure = failureOf(() => buildMrz({ ...anna, ...wrong }));
    expect(failure?.code).toBe('mrz.malformed');
    expect(failure?.fields).toEqual({ reason: 'field', field });
  });
});

describe('there and back', () => {
  const word = fc.stringMatching(/^[A-Z]{1,9}$/);
  const words = fc.array(word, { minLength: 1, maxLength: 2 }).map((parts) => parts.join(' '));
  const days = (from: number, to: number) => fc.integer({ min: from, max: to }).map((count) => addDays(today, count));
  const number = fc.stringMatching(/^[A-Z0-9]{1,14}$/);
  const optional = fc.stringMatching(/^[A-Z0-9]{0,11}$/);

  it('every field is read as it was written, and all digits are right', () => {
    fc.assert(
      fc.property(
        fc.record({
          format: fc.constantFrom('TD1', 'TD2', 'TD3'),
          documentCode: fc.constantFrom('P', 'PP', 'I', 'ID', 'AC'),
          issuer: fc.constantFrom('SWE', 'D', 'UTO'),
          nationality: fc.constantFrom('SWE', 'D', 'XXA'),
          documentNumber: number,
          surname: word,
          givenNames: words,
          birth: days(-36_000, 0),
          expiry: days(-8_000, 27_000),
          sex: fc.constantFrom('F', 'M', 'X'),
          optionalData: optional,
          optionalData2: optional,
        } as const),
        ({ birth, expiry, optionalData2, ...given }) => {
          const documentNumber = given.format === 'TD3' ? given.documentNumber.slice(0, 9) : given.documentNumber;
          const continued = documentNumber.length > 9 ? documentNumber.length - 9 + 2 : 0;
          const room = { TD1: 15, TD2: 7, TD3: 14 }[given.format] - continued;
          const optionalData = given.optionalData.slice(0, room);
          const fields = { ...given, documentNumber, optionalData };
          const dates = { birthDate: printedDate(birth), expiryDate: printedDate(expiry) };
          const second = given.format === 'TD1' ? { optionalData2 } : {};
          const mrz = parseMrz(buildMrz({ ...fields, ...dates, ...second }).join('\n'), today);
          expect(mrz).toMatchObject({
            format: given.format,
            documentCode: given.documentCode,
            issuer: given.issuer,
            nationality: given.nationality,
            documentNumber,
            name: { surname: given.surname, givenNames: given.givenNames },
            birthDate: { date: birth },
            expiryDate: { date: expiry },
            sex: given.sex,
            optionalData,
            ...second,
          });
          expect(mrz.checkDigits.every((digit) => digit.right)).toBe(true);
        },
      ),
    );
  });
});
