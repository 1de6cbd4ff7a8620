import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCom } from '../../../main/document/com.ts';
import { parseDg1 } from '../../../main/document/dg1.ts';
import { parseDg11 } from '../../../main/document/dg11.ts';
import { parseDg12 } from '../../../main/document/dg12.ts';
import { encodeTlv } from '../../../main/document/tlv.ts';
import { concat, fromHex } from '../../../main/result/bytes.ts';
import { type PlainDate, parsePlainDate } from '../../../main/result/plain-date.ts';
import { failureCodeOf, failureOf } from '../../support/failure-code.ts';
import { describeWithRealData, realData } from '../../support/real-data.ts';

const today = parsePlainDate('2026-11-23') as PlainDate;
const utf8 = (text: string) => new TextEncoder().encode(text);
const zone = 'PPUTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<L898902C36UTO7408122F3404159ZE184226B<<<<<16';

const com = fromHex('6016 5f0104 30313038 5f3606 303430303030 5c04 61756e99');
const dg1 = encodeTlv(0x61, encodeTlv(0x5f1f, utf8(zone)));
const dg11 = encodeTlv(
  0x6b,
  encodeTlv(0x5c, fromHex('5f0e a0 5f10 5f2b 5f11 5f42 5f12')),
  encodeTlv(0x5f0e, utf8('ÖSTRÖM<VON<<ÅSA<MARIA')),
  encodeTlv(0xa0, fromHex('020102'), encodeTlv(0x5f0f, utf8('LIND<<ÅSA')), encodeTlv(0x5f0f, utf8('ÅSA'))),
  encodeTlv(0x5f10, utf8('198703142391')),
  encodeTlv(0x5f2b, utf8('19870314')),
  encodeTlv(0x5f11, utf8('VISBY<GOTLAND')),
  encodeTlv(0x5f42),
  encodeTlv(0x5f12, utf8('+46<')),
);
const dg12 = encodeTlv(
  0x6c,
  encodeTlv(0x5c, fromHex('5f19 5f26 5f55')),
  encodeTlv(0x5f19, utf8('POLISMYNDIGHETEN')),
  encodeTlv(0x5f26, utf8('20240131')),
  encodeTlv(0xa0, fromHex('020101'), encodeTlv(0x5f1a, utf8('LIND<<ÅSA<MARIA'))),
  encodeTlv(0x5f55, utf8('20240131120000')),
);

describe('EF.COM (9303-10 §4.6.1)', () => {
  it('tells versions and the groups that it knows', () => {
    expect(parseCom(com)).toEqual({ ldsVersion: '1.8', unicodeVersion: '4.0.0', dataGroups: [1, 2, 14] });
  });

  it.each([
    ['another file', '61 03 5c0161', 'tag'],
    ['no tag list', '60 10 5f0104 30313037 5f3606 303430303030', 'tag list missing'],
    ['no version', '60 0c 5f3606 303430303030 5c0161', 'version'],
    ['a version of letters', '60 13 5f0104 30313041 5f3606 303430303030 5c0161', 'version'],
    ['nothing', '', 'tlv.malformed, truncated'],
  ])('refuses: %s', (_name, hex, reason) => {
    const failure = failureOf(() => parseCom(fromHex(hex)));
    expect(failure?.code).toBe('data-group.malformed');
    expect(failure?.fields).toEqual({ dataGroup: 'COM', reason });
  });
});

describe('DG1 (9303-10 §4.7.1)', () => {
  it('holds the zone', () => {
    expect(parseDg1(dg1, today)).toMatchObject({ documentNumber: 'L898902C3', format: 'TD3' });
  });

  it.each([
    ['another group', encodeTlv(0x75, encodeTlv(0x5f1f, utf8(zone))), 'tag'],
    ['no zone', encodeTlv(0x61), 'zone missing'],
    ['too long', encodeTlv(0x61, encodeTlv(0x5f1f, new Uint8Array(91))), 'length'],
    ['too short', encodeTlv(0x61, encodeTlv(0x5f1f, utf8(zone.slice(1)))), 'mrz.malformed, length'],
    [
      'bytes that are no characters',
      encodeTlv(0x61, encodeTlv(0x5f1f, new Uint8Array(88))),
      'mrz.malformed, character',
    ],
    ['no such sex', encodeTlv(0x61, encodeTlv(0x5f1f, utf8(zone.replace('2F3', '2H3')))), 'mrz.malformed, field, sex'],
  ])('refuses: %s', (_name, file, reason) => {
    const failure = failureOf(() => parseDg1(file, today));
    expect(failure?.code).toBe('data-group.malformed');
    expect(failure?.fields).toEqual({ dataGroup: 1, reason });
  });
});

describe('DG11 (9303-10 §4.7.11)', () => {
  it('tells what is there and null for what is missing or empty', () => {
    expect(parseDg11(dg11)).toEqual({
      fullName: { surname: 'ÖSTRÖM VON', givenNames: 'ÅSA MARIA' },
      otherNames: ['LIND, ÅSA', 'ÅSA'],
      personalNumber: '198703142391',
      birthDate: { printed: '19870314', date: '1987-03-14' },
      placeOfBirth: 'VISBY, GOTLAND',
      address: null,
      telephone: '+46',
      profession: null,
      title: null,
      summary: null,
    });
  });

  it.each([
    ['month and day unknown (§4.7.11.1)', utf8('19870000'), '19870000', null],
    ['all unknown', utf8('00000000'), '00000000', null],
    ['BCD', fromHex('19870314'), '19870314', '1987-03-14'],
    ['BCD, day unknown', fromHex('19870300'), '19870300', null],
    ['no such day', utf8('20230229'), '20230229', null],
    ['not BCD', fromHex('1987031a'), '1987031a', null],
    ['fillers', utf8('1987<<<<'), '1987<<<<', null],
    ['too short', utf8('870314'), '870314', null],
  ])('a birth date: %s', (_name, bytes, printed, date) => {
    expect(parseDg11(encodeTlv(0x6b, encodeTlv(0x5f2b, bytes))).birthDate).toEqual({ printed, date });
  });

  it('takes an empty date and an empty group for nothing', () => {
    expect(parseDg11(encodeTlv(0x6b, encodeTlv(0x5f2b))).birthDate).toBeNull();
    expect(
      Object.values(parseDg11(encodeTlv(0x6b)))
        .flat()
        .every((value) => value === null),
    ).toBe(true);
  });

  // No standard bounds a text; a home-made group of 64 KB must not hold up whoever reads it.
  it.each([
    ['a name', 0x5f0e, 401],
    ['a number', 0x5f10, 41],
    ['an address', 0x5f42, 4_097],
    ['white space', 0x5f12, 65_000],
  ])('refuses %s that is longer than any is', (_name, tag, length) => {
    const file = encodeTlv(0x6b, encodeTlv(tag, utf8(tag === 0x5f12 ? ' '.repeat(length) : 'A'.repeat(length))));
    expect(failureCodeOf(() => parseDg11(file))).toBe('data-group.malformed');
  });

  it('refuses more other names than anybody has', () => {
    const names = Array.from({ length: 65 }, () => encodeTlv(0x5f0f, utf8('A')));
    expect(failureCodeOf(() => parseDg11(encodeTlv(0x6b, encodeTlv(0xa0, ...names))))).toBe('data-group.malformed');
  });

  it('takes a name without `<<` for a single one (9303-3 §4.6)', () => {
    const { fullName } = parseDg11(encodeTlv(0x6b, encodeTlv(0x5f0e, utf8('ARKFREITH'))));
    expect(fullName).toEqual({ surname: 'ARKFREITH', givenNames: '' });
  });

  it('shows text that is not UTF-8 as such and keeps the rest', () => {
    const details = parseDg11(
      encodeTlv(0x6b, encodeTlv(0x5f11, fromHex('4d414c4dd6')), encodeTlv(0x5f10, utf8('198703142391'))),
    );
    expect(details).toMatchObject({ placeOfBirth: 'MALM\ufffd', personalNumber: '198703142391' });
  });
});

describe('DG12 (9303-10 §4.7.12)', () => {
  it('tells what is there', () => {
    expect(parseDg12(dg12)).toEqual({
      issuingAuthority: 'POLISMYNDIGHETEN',
      issueDate: { printed: '20240131', date: '2024-01-31' },
      otherPersons: ['LIND, ÅSA MARIA'],
      endorsements: null,
      taxOrExit: null,
      personalizationTime: '20240131120000',
      personalizationDevice: null,
    });
  });
});

describeWithRealData('the German specimen', () => {
  const file = (name: string) => realData(`lds/DE-specimen/EF_${name}.bin`);

  it('EF.COM', () => {
    expect(parseCom(file('COM'))).toEqual({ ldsVersion: '1.7', unicodeVersion: '4.0.0', dataGroups: [1, 2, 3, 14] });
  });

  it('DG1', () => {
    const mrz = parseDg1(file('DG1'), today);
    expect(mrz).toMatchObject({
      issuer: 'D',
      nationality: 'D',
      documentNumber: 'C11T002JM',
      name: { surname: 'MUSTERMANN', givenNames: 'ERIKA' },
      birthDate: { date: '1996-08-12' },
      expiryDate: { date: '2013-10-31' },
    });
    expect(mrz.checkDigits.every((digit) => digit.right)).toBe(true);
  });

  it('DG11', () => {
    expect(parseDg11(file('DG11'))).toEqual({
      fullName: { surname: 'Doe John', givenNames: '' },
      otherNames: ['William'],
      personalNumber: '123',
      birthDate: { printed: '19700101', date: '1970-01-01' },
      placeOfBirth: 'TEST, TEST',
      address: 'TEST, TEST',
      telephone: '123',
      profession: 'TEST',
      title: 'TEST',
      summary: 'TEST',
    });
  });

  it('DG12: dates in BCD', () => {
    expect(parseDg12(file('DG12'))).toMatchObject({
      issuingAuthority: 'TEST',
      issueDate: { printed: '20240101', date: '2024-01-01' },
      personalizationTime: '20240101123059',
      personalizationDevice: '123',
    });
  });
});

describe('faults', () => {
  const parsers = [
    ['EF.COM', com, parseCom],
    ['DG1', dg1, (file: Uint8Array) => parseDg1(file, today)],
    ['DG11', dg11, parseDg11],
    ['DG12', dg12, parseDg12],
  ] as const;

  it.each(parsers)('%s cut at any byte is malformed', (_name, file, parse) => {
    for (let length = 0; length < file.length; length++) {
      expect(failureCodeOf(() => parse(file.subarray(0, length)))).toBe('data-group.malformed');
    }
  });

  it.each(parsers)('%s with bytes after it is malformed', (_name, file, parse) => {
    expect(failureCodeOf(() => parse(concat(file, fromHex('00'))))).toBe('data-group.malformed');
  });

  it.each(parsers)('%s with any byte changed is read or malformed', (_name, file, parse) => {
    fc.assert(
      fc.property(fc.nat(file.length - 1), fc.nat(255), (place, byte) => {
        const changed = file.with(place, byte);
        expect(['none', 'data-group.malformed']).toContain(failureCodeOf(() => parse(changed)));
      }),
      { numRuns: 500 },
    );
  });
});
