import { describe, expect, it } from 'vitest';
import { parseMrz } from '../../../main/document/mrz.ts';
import { checkDigit } from '../../../main/document/mrz-check-digit.ts';
import { expiryCheck, mrzCheck, typeCheck } from '../../../main/inspection/checks/document-checks.ts';
import { inspectedDocument } from '../../../main/inspection/inspected-document.ts';
import { listSpecimens } from '../../../main/simulator/documents/list-specimens.ts';
import { today } from './bench-of-specimens.ts';

// Two lines of 44: the passport of a made-up person.
const [first = '', second = ''] = listSpecimens(today).find(({ id }) => id === 'se-passport')?.mrz ?? [];
const chip = parseMrz(`${first}\n${second}`, today);

function page(lines: readonly string[]) {
  const mrz = parseMrz(lines.join('\n'), today);
  return { kind: 'mrz', information: mrz.information, lines: mrz.lines } as const;
}

// TR-03135-1 §5.7.2: what the optical zone shows is compared field by field with what the chip holds.
describe('the printed lines against DG1', () => {
  it('fit where every field is the same', () => {
    expect(mrzCheck(chip, page([first, second]), today)).toMatchObject({
      result: 'successful',
      detail: { page: 'lines' },
    });
  });

  it.each([
    ['name', [`${first.slice(0, 5)}ANOTHER<<NAME`.padEnd(44, '<'), second]],
    ['nationality', [first, `${second.slice(0, 10)}NOR${second.slice(13)}`]],
    ['sex', [first, `${second.slice(0, 20)}X${second.slice(21)}`]],
    ['issuer', [`${first.slice(0, 2)}NOR${first.slice(5)}`, second]],
  ] as const)('differ where the %s does, though the key opened the chip', (field, lines) => {
    expect(mrzCheck(chip, page(lines), today)).toMatchObject({
      result: 'failed',
      code: 'mrz.differs',
      detail: { different: [field] },
    });
  });

  it('leave it open where optional data alone differ', () => {
    const lines = [first, `${second.slice(0, 28)}${'<'.repeat(14)}${second.slice(42)}`];
    expect(mrzCheck(chip, page(lines), today)).toMatchObject({ result: 'undetermined', code: 'mrz.differs' });
  });

  it('are compared by the key fields where those alone were typed', () => {
    expect(mrzCheck(chip, { kind: 'mrz', information: chip.information }, today)).toMatchObject({
      result: 'successful',
      detail: { page: 'key fields' },
    });
    expect(mrzCheck(chip, { kind: 'mrz', information: `Q${chip.information.slice(1)}` }, today)).toMatchObject({
      result: 'failed',
      code: 'mrz.differs',
    });
  });

  it('were not seen where the card access number opened the chip', () => {
    expect(mrzCheck(chip, { kind: 'can', can: '123456' }, today)).toMatchObject({
      result: 'not supported',
      code: 'mrz.page-not-compared',
    });
  });
});

// TR-03135-1 §5.7.2: fillers are exempt; 9303-3 §4.8 prints what is not known of a birth date as fillers, some as zeros.
describe('a birth date of which parts are unknown', () => {
  const withBirth = (birth: string): readonly [string, string] => [
    first,
    `${second.slice(0, 13)}${birth}${checkDigit(birth)}${second.slice(20, 43)}`,
  ];
  const whole = ([one, two]: readonly [string, string]): readonly string[] => [
    one,
    `${two}${checkDigit(two.slice(0, 10) + two.slice(13, 20) + two.slice(21, 43))}`,
  ];
  const zone = (birth: string) => whole(withBirth(birth));

  it.each([
    ['800000', '80<<<<'],
    ['80<<<<', '800000'],
    ['80<<<<', '80<<<<'],
    ['801100', '8011<<'],
    ['80<<<<', '801117'],
    ['<<<<<<', '801117'],
  ])('%s on the chip fits %s on the page', (onChip, onPage) => {
    const read = parseMrz(zone(onChip).join('\n'), today);
    const key = page(zone(onPage));
    expect(mrzCheck(read, key, today)).toMatchObject({ result: 'successful', detail: { page: 'lines' } });
    const typed = { kind: 'mrz', information: key.information } as const;
    expect(mrzCheck(read, typed, today)).toMatchObject({ result: 'successful', detail: { page: 'key fields' } });
  });

  it.each([
    ['801117', '801118'],
    ['800000', '810000'],
    ['80<<<<', '81<<<<'],
  ])('%s on the chip is another than %s, which is named', (onChip, onPage) => {
    const read = parseMrz(zone(onChip).join('\n'), today);
    const key = page(zone(onPage));
    const differs = { result: 'failed', code: 'mrz.differs', detail: { different: ['birthDate'] } };
    expect(mrzCheck(read, key, today)).toMatchObject(differs);
    expect(mrzCheck(read, { kind: 'mrz', information: key.information }, today)).toMatchObject(differs);
  });
});

// Three lines of 30, in which code, issuer, expiry and nationality are what a test asks for.
function card(code: string, issuer: string, expiry: string, nationality: string) {
  const [number, birth] = ['E00000001', '800101'];
  const one = `${code.padEnd(2, '<')}${issuer.padEnd(3, '<')}${number}${checkDigit(number)}${'<'.repeat(15)}`;
  const two = `${birth}${checkDigit(birth)}F${expiry}${checkDigit(expiry)}${nationality.padEnd(3, '<')}${'<'.repeat(11)}`;
  const composite = checkDigit(one.slice(5) + two.slice(0, 7) + two.slice(8, 15) + two.slice(18));
  return inspectedDocument(parseMrz([one, two + composite, 'PERSSON<<ANNA'.padEnd(30, '<')].join('\n'), today), null);
}

// 9303-5 §4.2.2 note k; a permit to stay is no proof of identity (Migrationsverket).
describe('the kind of a card', () => {
  it.each([
    ['AR', 'ESP', 'SYR'],
    ['AR', 'ESP', 'ESP'],
    ['IR', 'SWE', 'XXA'],
    ['C1', 'USA', 'MEX'],
  ])('%s of %s for %s is a residence permit and proves nobody', (code, issuer, nationality) => {
    const document = card(code, issuer, '300101', nationality);
    expect(document.type).toBe('residence-permit');
    expect(typeCheck(document)).toMatchObject({
      result: 'failed',
      code: 'document.residence-permit',
      detail: { code },
    });
  });

  it('stays open where the code tells nothing and the holder is of another nationality', () => {
    expect(typeCheck(card('ID', 'ESP', '300101', 'SYR'))).toMatchObject({
      result: 'undetermined',
      code: 'document.type-unknown',
    });
    expect(typeCheck(card('ID', 'ESP', '300101', 'ESP'))).toMatchObject({ result: 'successful' });
    expect(typeCheck(card('ID', 'ESP', '300101', ''))).toMatchObject({ result: 'successful' });
  });

  it.each(['PT', 'PS', 'PR'])('%s is a passport whatever its holder is (9303-4 §4.4)', (code) => {
    const mrz = parseMrz(`${code}SWE${first.slice(5)}\n${second.slice(0, 10)}XXA${second.slice(13)}`, today);
    expect(typeCheck(inspectedDocument(mrz, null))).toMatchObject({
      result: 'successful',
      detail: { type: 'passport' },
    });
  });
});

// TR-03135-1 §5.7.1; Regulation (EU) 2019/1157 art. 4; italia/anpr#5393.
describe('the last day of a document', () => {
  it.each([
    ['ITA', '990101', 'successful', '2099-01-01'],
    ['GRC', '541101', 'successful', '2054-11-01'],
    ['ESP', '251231', 'failed', '2025-12-31'],
    ['ESP', '<<<<<<', 'undetermined', undefined],
  ])('%s %s: %s', (issuer, printed, result, expiry) => {
    const check = expiryCheck(card('ID', issuer, printed, issuer), today);
    expect(check.result).toBe(result);
    expect(check.detail.expiry).toBe(expiry);
  });

  it('is not told by two digits where the document was issued after it', () => {
    const document = card('ID', 'ITA', '040101', 'ITA');
    expect(expiryCheck(document, today)).toMatchObject({ result: 'failed', code: 'document.expired' });
    expect(expiryCheck(document, today, '2022-03-01' as typeof today)).toMatchObject({
      result: 'undetermined',
      code: 'document.expiry-unknown',
      detail: { issued: '2022-03-01' },
    });
    expect(expiryCheck(document, today, '2004-01-01' as typeof today)).toMatchObject({ result: 'failed' });
  });
});
