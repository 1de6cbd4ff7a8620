import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCom } from '../../../main/document/com.ts';
import { parseDg1 } from '../../../main/document/dg1.ts';
import { parseDg2 } from '../../../main/document/dg2.ts';
import { parseDg11 } from '../../../main/document/dg11.ts';
import { parseDg12 } from '../../../main/document/dg12.ts';
import { parseMrz } from '../../../main/document/mrz.ts';
import { decodeTlv, find } from '../../../main/document/tlv.ts';
import { readTwelveDigits } from '../../../main/holders/numbers/sweden.ts';
import { equal, toHex } from '../../../main/result/bytes.ts';
import { addDays, type PlainDate } from '../../../main/result/plain-date.ts';
import { listSpecimens } from '../../../main/simulator/documents/list-specimens.ts';
import { trainingRoster } from '../../../main/simulator/documents/people.ts';
import { specimenIds } from '../../../main/simulator/documents/specimen.ts';
import { issueSpecimen } from '../../../main/simulator/documents/specimens.ts';
import { verifySecurityObject } from '../../../main/trust/path/passive-authentication.ts';
import { failureCodeOf } from '../../support/failure-code.ts';
import { specimenResources } from '../../support/specimen-resources.ts';
import { trainingFolderTrust } from '../../support/training-issuers.ts';
import { someDay } from './support.ts';

const announced = listSpecimens(someDay);
const travelDocuments = announced.filter(({ mrz }) => mrz.length > 0);
const anyDay = fc.integer({ min: 0, max: 8000 }).map((days): PlainDate => addDays(someDay, days));

function file(id: string, name: string): Uint8Array {
  return issueSpecimen(id, someDay, specimenResources).files.get(name) ?? new Uint8Array();
}

describe('the list', () => {
  it('names every specimen once, in its order', () => {
    expect(announced.map(({ id }) => id)).toEqual(specimenIds);
  });

  it('holds what the side door promises', () => {
    const card = announced.find(({ id }) => id === 'se-id-card');
    expect(card).toEqual({
      id: 'se-id-card',
      title: 'Swedish national identity card: PACE with MRZ or CAN (PACE parameters assumed)',
      mrz: ['I<SWE59000101<6199006022397<<<', '9006027M3103186SWE<<<<<<<<<<<8', 'SJOESTROEM<<GOERAN<ERIK<<<<<<<'],
      can: '482913',
      holder: 'goran',
      expected: {
        inspect: { verdict: 'accept', check: null, result: null, code: null },
        'renew-bankid': { verdict: 'accept', check: null, result: null, code: null },
      },
    });
  });

  it.each(travelDocuments)(
    '$id has an MRZ with right check digits, in date unless it is the expired one',
    (specimen) => {
      fc.assert(
        fc.property(anyDay, (today) => {
          const lines = listSpecimens(today).find(({ id }) => id === specimen.id)?.mrz ?? [];
          const mrz = parseMrz(lines.join('\n'), today);
          expect(mrz.checkDigits.filter(({ right }) => !right)).toEqual([]);
          const expiry = mrz.expiryDate.date ?? '';
          expect(expiry < today).toBe(specimen.id === 'expired' || specimen.id === 'expired-permit');
        }),
        { numRuns: 20 },
      );
    },
  );

  it('lays out the Swedish identity card as the published specimen of it', () => {
    const published = parseMrz(
      ['I<SWE59000002<8198703142391<<<', '8703145M1701027SWE<<<<<<<<<<<8', 'SPECIMEN<<SVEN<<<<<<<<<<<<<<<<'].join('\n'),
      someDay,
    );
    const ours = parseMrz(announced.find(({ id }) => id === 'se-id-card')?.mrz.join('\n') ?? '', someDay);
    expect(published.optionalData).toMatch(/^\d{12}$/);
    expect(ours.optionalData).toMatch(/^\d{12}$/);
    expect(ours.optionalData2).toBe(published.optionalData2);
    expect(ours.documentNumber).toHaveLength(published.documentNumber.length);
  });
});

describe('the roster', () => {
  const roster = trainingRoster();

  it('holds everyone who holds a specimen, and two who hold none', () => {
    const holders = new Set(announced.map(({ holder }) => holder).filter((holder) => holder !== null));
    const ids = roster.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect([...holders].filter((holder) => !ids.includes(holder))).toEqual([]);
    expect(ids.filter((id) => !holders.has(id))).toHaveLength(2);
  });

  it.each(roster)('has a test number with a right check digit for $id', ({ personalNumber, birthDate }) => {
    expect(readTwelveDigits(personalNumber)).toMatchObject({ valid: true, kind: 'personal' });
    expect(birthDate.replaceAll('-', '')).toBe(personalNumber.slice(0, 8));
    // The serials of Skatteverket's test numbers for these years of birth.
    expect(personalNumber.slice(8, 11)).toMatch(/^(238|239|9[12]\d)$/);
  });

  it('gives each document the number of its holder, or none', () => {
    const ofCustomers = travelDocuments.filter(({ holder }) => holder !== null);
    const numbers = ofCustomers.map(({ id, holder, mrz }) => {
      const person = roster.find((candidate) => candidate.id === holder);
      const { optionalData, birthDate } = parseMrz(mrz.join('\n'), someDay);
      return {
        id,
        own: optionalData === person?.personalNumber,
        none: optionalData === '',
        birth: birthDate.date === person?.birthDate,
      };
    });
    expect(numbers.filter(({ own }) => !own).map(({ id }) => id)).toEqual(['de-passport', 'no-personal-number']);
    expect(numbers.filter(({ own, none }) => own === none)).toEqual([]);
    expect(numbers.filter(({ birth }) => !birth)).toEqual([]);
  });
});

describe('what a chip holds', () => {
  it.each(travelDocuments)('$id: files that the document room reads', ({ id, mrz }) => {
    const { files } = issueSpecimen(id, someDay, specimenResources);
    const groups = [...files.keys()].filter((name) => name.startsWith('EF.DG')).map((name) => Number(name.slice(5)));
    expect(parseCom(file(id, 'EF.COM')).dataGroups).toEqual(groups);
    expect(parseDg1(file(id, 'EF.DG1'), someDay).lines).toEqual(mrz);
    const [face, ...more] = parseDg2(file(id, 'EF.DG2')).images;
    expect(more).toEqual([]);
    expect(face).toMatchObject({ format: id === 'se-id-card' ? 'jpeg2000' : 'jpeg', width: 413, height: 531 });
    expect(face?.statedFormat).toBe(face?.format);
  });

  it('has the whole name in its own letters in DG11, and the day of issue in DG12', () => {
    expect(parseDg11(file('se-passport', 'EF.DG11'))).toMatchObject({
      fullName: { surname: 'Öberg-Lindström', givenNames: 'Åsa Maria' },
      birthDate: { date: '1991-07-17' },
      placeOfBirth: 'Sundsvall',
      personalNumber: null,
    });
    expect(parseDg12(file('se-passport', 'EF.DG12')).issueDate?.date).toBe('2025-10-19');
  });

  it('has a portrait of some 18 kB, and DG14 repeats EF.CardAccess', () => {
    expect(file('se-passport', 'EF.DG2').length).toBeGreaterThan(17_000);
    expect(file('se-passport', 'EF.DG2').length).toBeLessThan(18_500);
    const infos = (name: string): string[] =>
      (
        find(decodeTlv(file('se-passport', name)), ...(name === 'EF.DG14' ? [0x31] : [])) ?? { children: [] }
      ).children.map(({ raw }) => toHex(raw));
    expect(infos('EF.DG14')).toEqual(expect.arrayContaining(infos('EF.CardAccess')));
    expect(infos('EF.DG14').length).toBe(infos('EF.CardAccess').length + 2);
  });

  it.each(travelDocuments)('$id: the same bytes on the same day, other ones a year later', ({ id }) => {
    const bytes = (today: PlainDate) =>
      [...issueSpecimen(id, today, specimenResources).files].map(([, contents]) => toHex(contents));
    expect(bytes(someDay)).toEqual(bytes(someDay));
    expect(bytes(addDays(someDay, 365))).not.toEqual(bytes(someDay));
  });

  it('is nothing for a specimen that nobody knows', () => {
    expect(failureCodeOf(() => issueSpecimen('toString', someDay, specimenResources))).toBe('specimen.unknown');
  });
});

describe('passive authentication of what was issued', () => {
  const store = trainingFolderTrust(someDay);

  it.each(travelDocuments)('$id: ends as announced', async ({ id, expected, mrz: lines }) => {
    const { files } = issueSpecimen(id, someDay, specimenResources);
    const mrz = parseMrz(lines.join('\n'), someDay);
    const dataGroups = new Map(
      [...files].flatMap(([name, contents]) => (name.startsWith('EF.DG') ? [[Number(name.slice(5)), contents]] : [])),
    );
    const { checks } = await verifySecurityObject({
      kind: 'EF.SOD',
      securityObject: file(id, 'EF.SOD'),
      dataGroups,
      issuer: mrz.issuer,
      documentCode: mrz.documentCode,
      at: someDay,
      trust: await store,
    });
    const { check: deciding, result, code } = expected.inspect;
    const named = checks.find((check) => check.id === deciding);
    if (named !== undefined && result !== 'aborted') expect(named).toMatchObject({ result, code });
    const others = checks.filter((check) => check.id !== deciding && check.code !== 'check.not-made');
    // Without an issuer, nothing that rests on it can be told either.
    const unsuccessful = others.filter((check) => check.result !== 'successful').map((check) => check.result);
    expect(new Set(unsuccessful)).toEqual(new Set(id === 'unknown-issuer' ? ['undetermined'] : []));
  });

  it('names the group that was forged, and no other', async () => {
    const signed = file('se-passport', 'EF.DG1');
    expect(equal(signed, file('forged-name', 'EF.DG1'))).toBe(false);
    for (const [id, group] of [
      ['forged-name', 1],
      ['forged-photo', 2],
    ] as const) {
      const { files } = issueSpecimen(id, someDay, specimenResources);
      const { checks } = await verifySecurityObject({
        kind: 'EF.SOD',
        securityObject: file(id, 'EF.SOD'),
        dataGroups: new Map([1, 2].map((number) => [number, files.get(`EF.DG${number}`) ?? 'absent'])),
        issuer: 'SWE',
        documentCode: 'P',
        at: someDay,
        trust: await store,
      });
      const hashes = checks.find((check) => check.id === 'passive-authentication.hashes');
      expect(hashes?.detail.dataGroups).toMatchObject({
        [`DG${group}`]: 'not identical',
        [`DG${3 - group}`]: 'identical',
      });
    }
  });
});
