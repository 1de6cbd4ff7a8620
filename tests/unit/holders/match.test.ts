import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { transliterations } from '../../../main/document/mrz-name-space.ts';
import type { Mrz, PersonalDetails } from '../../../main/document/types.ts';
import type { Holder } from '../../../main/holders/holder.ts';
import { matchHolder } from '../../../main/holders/match.ts';
import type { Check, CheckId } from '../../../main/result/check.ts';
import type { PlainDate } from '../../../main/result/plain-date.ts';

const today = '2026-11-23' as PlainDate;

// Numbers of Skatteverket's published test series.
const asa: Holder = {
  id: 'c1',
  personalNumber: '199006022397',
  givenNames: 'Åsa Linnéa',
  surname: 'Öberg',
  birthDate: '1990-06-02' as PlainDate,
};

function mrzOf(changes: {
  issuer?: string;
  surname?: string;
  givenNames?: string;
  maybeTruncated?: boolean;
  optionalData?: string;
  birth?: string;
  date?: string | null;
}): Mrz {
  const surname = changes.surname ?? 'OEBERG';
  const givenNames = changes.givenNames ?? 'AASA LINNEA';
  return {
    format: 'TD3',
    lines: [],
    documentCode: 'P',
    issuer: changes.issuer ?? 'SWE',
    documentNumber: 'AA123456',
    nationality: 'SWE',
    name: { surname, givenNames, field: '', maybeTruncated: changes.maybeTruncated ?? false },
    birthDate: {
      printed: changes.birth ?? '900602',
      date: (changes.date === undefined ? '1990-06-02' : changes.date) as PlainDate | null,
    },
    expiryDate: { printed: '300131', date: '2030-01-31' as PlainDate },
    sex: 'F',
    optionalData: changes.optionalData ?? '199006022397',
    optionalData2: '',
    checkDigits: [],
    information: '',
  };
}

const noDetails: PersonalDetails = {
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
};

function checkOf(
  id: CheckId,
  holder: Partial<Holder>,
  mrz: Parameters<typeof mrzOf>[0] = {},
  details: Partial<PersonalDetails> | null = null,
): Check {
  const checks = matchHolder({
    holder: { ...asa, ...holder },
    mrz: mrzOf(mrz),
    details: details === null ? null : { ...noDetails, ...details },
    today,
  });
  const check = checks.find((one) => one.id === id);
  if (check === undefined) throw new Error('check is missing');
  return check;
}

describe('matchHolder', () => {
  it('makes each check once, and all succeed for the holder', () => {
    const checks = matchHolder({ holder: asa, mrz: mrzOf({}), details: null, today });
    expect(checks.map(({ id, result, code }) => [id, result, code])).toEqual([
      ['holder.personal-number', 'successful', null],
      ['holder.name', 'successful', null],
      ['holder.birth-date', 'successful', null],
      ['holder.status', 'successful', null],
    ]);
  });

  it.each([
    ['nobody on file', null, mrzOf({}), 'holder.not-found'],
    ['nothing read', asa, null, 'document.not-read'],
  ] as const)('%s leaves all three undetermined', (_, holder, mrz, code) => {
    const checks = matchHolder({ holder, mrz, details: null, today });
    const three = checks.filter(({ id }) => id !== 'holder.status');
    expect(three.map((check) => [check.result, check.code])).toEqual(Array(3).fill(['undetermined', code]));
    const status = checks.find(({ id }) => id === 'holder.status');
    // What the register says needs no document, and of nobody it says nothing.
    expect(status?.result).toBe(holder === null ? 'undetermined' : 'successful');
  });
});

// Lag 2022:1697 (a coordination number rests after five years), folkbokföringslagen 1991:481 (deaths and emigration).
describe('status on file', () => {
  const since = '2026-01-31' as PlainDate;
  const of = (status: Partial<Holder>) => checkOf('holder.status', status);

  it.each([
    [{ deceased: { since } }, 'failed', 'holder.deceased'],
    [{ dormant: { since: null } }, 'undetermined', 'holder.number-dormant'],
    [{ emigrated: { since } }, 'undetermined', 'holder.emigrated'],
  ] as const)('%j is %s', (status, result, code) => {
    const [[name, held] = []] = Object.entries(status);
    expect(of(status)).toMatchObject({ result, code, detail: { recorded: [{ status: name, since: held?.since }] } });
  });

  it('the gravest leads, and all are told', () => {
    const check = of({ emigrated: { since: null }, deceased: { since }, dormant: { since: null } });
    expect(check.code).toBe('holder.deceased');
    expect((check.detail.recorded as unknown[]).length).toBe(3);
  });

  it('a protected identity is no finding, and is not told in one', () => {
    expect(of({ protected: { since } })).toEqual(of({}));
    expect(of({}).result).toBe('successful');
  });
});

describe('personal number', () => {
  const number = (...rest: Parameters<typeof checkOf> extends [CheckId, ...infer Rest] ? Rest : never) => {
    const { result, code, detail } = checkOf('holder.personal-number', ...rest);
    return { result, code, detail };
  };

  it('says where it was found and, where it is equal, not what it is', () => {
    const { result, detail } = number({});
    expect(result).toBe('successful');
    expect(detail).toEqual({ source: 'DG1 optional data', kind: 'personal' });
  });

  it('is taken from DG11 where DG1 has none', () => {
    const { result, detail } = number({}, { optionalData: '' }, { personalNumber: '19900602-2397' });
    expect([result, detail.source]).toEqual(['successful', 'DG11 personal number']);
  });

  it('takes a coordination number', () => {
    const { result, detail } = number({ personalNumber: '197010632391' }, { optionalData: '197010632391' });
    expect([result, detail.kind]).toEqual(['successful', 'coordination']);
  });

  it.each([
    ['differs', { optionalData: '199107172380' }, null, 'failed', 'holder.personal-number-differs'],
    [
      'is a coordination number that was replaced',
      { optionalData: '197010632391' },
      null,
      'failed',
      'holder.personal-number-differs',
    ],
    [
      'has a wrong check digit',
      { optionalData: '199006022398' },
      null,
      'undetermined',
      'holder.personal-number-invalid',
    ],
    ['has ten digits only', { optionalData: '9006022397' }, null, 'undetermined', 'holder.personal-number-invalid'],
    ['is other in DG11', {}, { personalNumber: '199107172380' }, 'undetermined', 'holder.personal-number-invalid'],
    ['is missing', { optionalData: '' }, null, 'undetermined', 'holder.no-personal-number'],
    [
      'is a foreign one',
      { issuer: 'D', optionalData: '199006022397' },
      null,
      'undetermined',
      'holder.no-personal-number',
    ],
  ] as const)('a document whose number %s', (_, mrz, details, result, code) => {
    expect(number({}, mrz, details)).toMatchObject({ result, code });
  });

  it('is undetermined where none is on file', () => {
    expect(number({ personalNumber: null })).toMatchObject({
      result: 'undetermined',
      code: 'holder.no-personal-number',
    });
  });

  it('is never replaced by name and birth date', () => {
    const checks = matchHolder({ holder: asa, mrz: mrzOf({ optionalData: '199107172380' }), details: null, today });
    expect(checks.map((check) => check.result)).toEqual(['failed', 'successful', 'successful', 'successful']);
  });
});

describe('name', () => {
  it.each([
    // On file, in the document, level.
    [['Öberg', 'Åsa Linnéa'], ['OEBERG', 'AASA LINNEA'], 'exact'],
    [['Öberg', 'Åsa Linnéa'], ['OBERG', 'ASA LINNEA'], 'exact'],
    [['Öberg', 'Åsa Linnéa'], ['OEBERG', 'ASA LINNEA'], 'exact'],
    [['Müller', 'Jürgen'], ['MUXXLLER', 'JURGEN'], 'exact'],
    [['af Ekenstam', 'Anna-Karin'], ['AF EKENSTAM', 'ANNA KARIN'], 'exact'],
    [["O'Hara", 'Siobhán'], ['OHARA', 'SIOBHAN'], 'exact'],
    [['Søndergård', 'Bjørn'], ['SOENDERGAARD', 'BJOERN'], 'exact'],
    [['Öberg', 'Linnéa'], ['OEBERG', 'AASA LINNEA'], 'token-subset'],
    [['Öberg', 'Linnéa Åsa'], ['OEBERG', 'AASA MARIA LINNEA'], 'token-subset'],
  ] as const)('%j and %j: successful, %s', ([surname, givenNames], [inSurname, inGiven], level) => {
    const check = checkOf('holder.name', { surname, givenNames }, { surname: inSurname, givenNames: inGiven });
    expect(check).toMatchObject({ result: 'successful', detail: { source: 'DG1', level } });
  });

  it.each([
    ['a component cut', ['NILAVADHANANANDA', 'CHAYAPA DEJTHAMRONG KRASUA'], 'truncated'],
    ['the last components missing', ['NILAVADHANANANDA', 'CHAYAPA'], 'truncated'],
    ['components down to their initials', ['NILAVADHANANANDA', 'CHAYAPA D K'], 'truncated'],
    ['the surname cut', ['NILAVADHANAN', 'C D K'], 'truncated'],
  ] as const)('a cut field with %s fits (9303-4 §4.2.3)', (_, [surname, givenNames], level) => {
    const file = { surname: 'Nilavadhanananda', givenNames: 'Chayapa Dejthamrong Krasuang' };
    const cut = checkOf('holder.name', file, { surname, givenNames, maybeTruncated: true });
    expect(cut).toMatchObject({ result: 'successful', detail: { level } });
    const whole = checkOf('holder.name', file, { surname, givenNames, maybeTruncated: false });
    expect(whole.result).not.toBe('successful');
  });

  it.each([
    [
      ['Søndergård', 'Bjørn'],
      ['SONDERGAARD', 'BJORN'],
    ],
    [
      ['Öberg', 'Åsa Linnéa Maria'],
      ['OEBERG', 'AASA LINNEA'],
    ],
    [
      ['Öberg Ek', 'Åsa Linnéa'],
      ['OEBERG', 'AASA LINNEA'],
    ],
    [
      ['Linnéa', 'Öberg Åsa'],
      ['OEBERG', 'AASA LINNEA'],
    ],
    [
      ['Öberg', ''],
      ['OEBERG', 'AASA LINNEA'],
    ],
  ] as const)('%j and %j are near', ([surname, givenNames], [inSurname, inGiven]) => {
    const check = checkOf('holder.name', { surname, givenNames }, { surname: inSurname, givenNames: inGiven });
    expect(check).toMatchObject({ result: 'undetermined', code: 'holder.name-near' });
  });

  // Marriage gives another surname, and a thief too has given names: it is for staff, whatever number and birth date say.
  it('the same given names with another surname are open', () => {
    const holder = { surname: 'Öberg', givenNames: 'Åsa' };
    expect(checkOf('holder.name', holder, { surname: 'SVENSSON', givenNames: 'AASA' })).toMatchObject({
      result: 'undetermined',
      code: 'holder.surname-differs',
    });
    // DG11 that writes another surname than DG1 names another person all the same.
    const details = { fullName: { surname: 'Svensson', givenNames: 'Åsa' } };
    const zone = { surname: 'OEBERG', givenNames: 'AASA' };
    expect(checkOf('holder.name', holder, zone, details).code).toBe('holder.name-contradicts');
  });

  it.each([
    [
      ['Öberg', 'Åsa'],
      ['OEBERG', 'MARIA'],
    ],
    [
      ['Öberg', 'Åsa'],
      ['BERG', 'KARL'],
    ],
  ] as const)('%j and %j differ', ([surname, givenNames], [inSurname, inGiven]) => {
    const check = checkOf('holder.name', { surname, givenNames }, { surname: inSurname, givenNames: inGiven });
    expect(check).toMatchObject({ result: 'failed', code: 'holder.name-differs' });
  });

  it('every form that 9303-3 §6 allows is exact', () => {
    const word = fc.string({ unit: fc.constantFrom(...'abcåäöÅÄÖéüñæß'), minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(word, word, fc.nat(), fc.nat(), (surname, givenNames, a, b) => {
        const [surnames, givens] = [transliterations(surname), transliterations(givenNames)];
        const printed = {
          surname: surnames[a % surnames.length] ?? '',
          givenNames: givens[b % givens.length] ?? '',
        };
        const check = checkOf('holder.name', { surname, givenNames }, printed);
        expect(check).toMatchObject({ result: 'successful', detail: { level: 'exact' } });
      }),
    );
  });

  it('a cut field that shows an initial only does not fit another name', () => {
    const check = checkOf('holder.name', {}, { surname: 'OEBERG', givenNames: 'M', maybeTruncated: true });
    expect(check.result).not.toBe('successful');
  });

  // 9303-10 §4.7.11: DG11 writes DG1's name in full. Where it names another person neither is relied on.
  it.each([
    ['another person', { surname: 'Berg', givenNames: 'Karin' }],
    ['another given name', { surname: 'Öberg', givenNames: 'Karin' }],
    ['another surname', { surname: 'Berg', givenNames: 'Åsa Linnéa' }],
  ])('stays open where DG11 names %s, whoever is on file', (_name, fullName) => {
    for (const holder of [{}, fullName]) {
      expect(checkOf('holder.name', holder, { givenNames: 'AASA' }, { fullName })).toMatchObject({
        result: 'undetermined',
        code: 'holder.name-contradicts',
      });
    }
  });

  it.each([
    ['more names', { surname: 'Öberg', givenNames: 'Karin Åsa Linnéa' }],
    ['the names in another order and unparted', { surname: 'Åsa Linnéa Öberg', givenNames: '' }],
    ['letters that the MRZ has no form for', { surname: '欧', givenNames: '伯格' }],
  ])('is not contradicted by %s', (_name, fullName) => {
    expect(checkOf('holder.name', {}, {}, { fullName })).toMatchObject({ result: 'successful' });
  });

  it('does not compare a name of more words or letters than people have', () => {
    const fullName = { surname: 'Öberg', givenNames: Array(200).fill('Åsa').join(' ') };
    expect(checkOf('holder.name', {}, {}, { fullName })).toMatchObject({
      result: 'successful',
      detail: { source: 'DG1' },
    });
    const long = { surname: `Ö${'ö'.repeat(399)}`, givenNames: 'Åsa' };
    expect(checkOf('holder.name', {}, {}, { fullName: long })).toMatchObject({ detail: { source: 'DG1' } });
  });

  // A number may have been given to a second person, by chance of the same surname.
  it.each([
    ['J', 'undetermined'],
    ['JO', 'undetermined'],
    ['JOH', 'successful'],
    ['J E', 'undetermined'],
    ['J E M', 'successful'],
  ])('a cut field that shows %s of Johan Erik Måns: %s', (givenNames, result) => {
    const file = { surname: 'Nilavadhanananda', givenNames: 'Johan Erik Måns' };
    const cut = { surname: 'NILAVADHANANANDA', givenNames, maybeTruncated: true };
    expect(checkOf('holder.name', file, cut).result).toBe(result);
  });

  it('a short name that a cut field shows whole is enough', () => {
    const cut = { surname: 'NILAVADHANAN', givenNames: 'BO', maybeTruncated: true };
    expect(checkOf('holder.name', { surname: 'Nilavadhanananda', givenNames: 'Bo' }, cut).result).toBe('successful');
  });

  it('of a cut field DG11, which writes the name in full, is the one that counts', () => {
    const cut = { surname: 'OEBERG', givenNames: 'JOHAN', maybeTruncated: true };
    const fullName = { surname: 'Öberg', givenNames: 'Johanna' };
    expect(checkOf('holder.name', { givenNames: 'Johan' }, cut, { fullName })).toMatchObject({
      result: 'failed',
      detail: { source: 'DG11' },
    });
    expect(checkOf('holder.name', { givenNames: 'Johanna' }, cut, { fullName }).result).toBe('successful');
    // In letters that the MRZ has no form for it says nothing, and the zone counts.
    const other = { fullName: { surname: '欧', givenNames: '伯格' } };
    expect(checkOf('holder.name', { givenNames: 'Johan' }, cut, other)).toMatchObject({ detail: { source: 'DG1' } });
  });

  it('a cut zone in other forms of the letters is not contradicted by the same name in DG11 (9303-3 §6)', () => {
    const cut = { surname: 'ANGSTROM', givenNames: 'BRANNK', maybeTruncated: true };
    const fullName = { surname: 'Ångström', givenNames: 'Brännkyrka' };
    expect(checkOf('holder.name', fullName, cut, { fullName })).toMatchObject({
      result: 'successful',
      detail: { source: 'DG11' },
    });
  });

  it('the full name of DG11 counts where DG1 is cut beyond use', () => {
    const check = checkOf(
      'holder.name',
      {},
      { surname: 'OEBERG', givenNames: 'K', maybeTruncated: true },
      { fullName: { surname: 'Öberg', givenNames: 'Karin Åsa Linnéa' } },
    );
    expect(check).toMatchObject({ result: 'successful', detail: { source: 'DG11', level: 'token-subset' } });
  });

  it('is undetermined where a name on file has letters without a form in the MRZ, or the document has no name', () => {
    expect(checkOf('holder.name', { surname: '王' })).toMatchObject({
      result: 'undetermined',
      code: 'holder.name-unknown',
    });
    expect(checkOf('holder.name', {}, { surname: '', givenNames: '' }).code).toBe('holder.name-unknown');
  });
});

describe('birth date', () => {
  const rule18 = { birth: '900603', date: '1990-06-03' };
  it.each([
    ['equal', {}, {}, 'successful', null],
    ['unknown in the document', {}, { birth: '90<<<<', date: null }, 'undetermined', 'holder.birth-date-unknown'],
    ['unknown on file', { birthDate: null, personalNumber: null }, {}, 'undetermined', 'holder.birth-date-unknown'],
    ['named by the number alone', { birthDate: null }, {}, 'successful', null],
    ['other than the number names', { birthDate: null }, rule18, 'undetermined', 'holder.birth-date-differs'],
    ['a neighbour day of the number, which the file repeats', {}, rule18, 'undetermined', 'holder.birth-date-differs'],
    [
      'of a person older than 99, whose century the MRZ does not print',
      { birthDate: '1923-06-02' as PlainDate },
      { birth: '230602', date: '2023-06-02' },
      'undetermined',
      'holder.birth-date-century',
    ],
    [
      'of a grandchild who bears the day of the person on file a century later',
      { birthDate: '1912-12-12' as PlainDate, personalNumber: null },
      { birth: '121212', date: '2012-12-12' },
      'undetermined',
      'holder.birth-date-century',
    ],
    ['of another month', {}, { birth: '900702', date: '1990-07-02' }, 'failed', 'holder.birth-date-differs'],
    [
      'other than a file that does not follow the number',
      { birthDate: '1990-06-05' as PlainDate },
      rule18,
      'failed',
      'holder.birth-date-differs',
    ],
    [
      'other on file, where there is no number',
      { personalNumber: null },
      rule18,
      'failed',
      'holder.birth-date-differs',
    ],
  ] as const)('%s', (_, holder, mrz, result, code) => {
    expect(checkOf('holder.birth-date', holder, mrz)).toMatchObject({ result, code });
  });

  it('DG11 completes what DG1 leaves open', () => {
    const details = { birthDate: { printed: '19900602', date: '1990-06-02' as PlainDate } };
    const check = checkOf('holder.birth-date', {}, { birth: '90<<<<', date: null }, details);
    expect(check).toMatchObject({ result: 'successful', detail: { source: 'DG11' } });
  });

  // DG11 writes the century (9303-10 §4.7.11): there nothing is guessed.
  it.each([
    ['the same', '19230602', '1923-06-02', 'successful'],
    ['a century off', '20230602', '2023-06-02', 'failed'],
  ])('DG11 tells the century: %s', (_name, printed, date, result) => {
    const details = { birthDate: { printed, date: date as PlainDate } };
    const holder = { birthDate: '1923-06-02' as PlainDate };
    const check = checkOf('holder.birth-date', holder, { birth: '230602', date: '2023-06-02' }, details);
    expect(check.result).toBe(result);
  });

  it('DG11 that contradicts DG1 leaves it open', () => {
    const details = { birthDate: { printed: '19900603', date: '1990-06-03' as PlainDate } };
    expect(checkOf('holder.birth-date', {}, {}, details)).toMatchObject({ result: 'undetermined' });
  });
});
