import { describe, expect, it } from 'vitest';
import { applicationOf } from '../../../main/chip/known-applications.ts';
import { isOtherCard, outcomeOf } from '../../../main/inspection/outcome.ts';
import { fromHex, toHex } from '../../../main/result/bytes.ts';
import { Failure } from '../../../main/result/failure.ts';
import { createChip } from '../../../main/simulator/chip/chip.ts';
import { issueSpecimen } from '../../../main/simulator/documents/specimens.ts';
import { issueOtherCard } from '../../../main/simulator/issuing/issue.ts';
import { specimenResources } from '../../support/specimen-resources.ts';
import { inspectSpecimen, random, today, trainingTrust } from './bench-of-specimens.ts';

/*
 * A card without the travel document application: a bank card or a driving licence is told as such, a kind that this version
 * has not met as a new kind (FIELD §1.1, §5 no 7: the state's e-identity card), never as a reading that failed.
 */
const trust = await trainingTrust();
const expected = { verdict: 'reject', check: null, result: null, code: null } as const;
const card = (applications: readonly string[], directory?: readonly string[]) => {
  const listing = directory === undefined ? {} : { directory };
  const other = { kind: 'other card', title: '', applications, ...listing } as const;
  const profile = issueOtherCard({ ...other, expected: { inspect: expected, 'renew-bankid': expected } });
  return createChip({ chip: profile }, { random });
};
const read = async (chip: ReturnType<typeof card>, answer?: (command: Uint8Array) => Uint8Array | null) => {
  const { inspection, commands } = await inspectSpecimen({
    id: 'bank-card',
    chip,
    trust,
    ...(answer === undefined ? {} : { answer }),
  });
  const type = inspection.checks.find(({ id }) => id === 'document.type');
  return { inspection, commands, type };
};
const pkcs15 = 'a000000063504b43532d3135';
const unknown = 'f0534552564943452d31';

describe('a card without a travel document', () => {
  it.each([
    ['payment', ['325041592e5359532e4444463031'], undefined],
    ['payment', [], ['a0000000041010', unknown]],
    ['driving-licence', ['a0000002480200'], undefined],
    ['driving-licence', ['a00000045645444c2d3031', pkcs15], undefined],
  ])('that people lay down by mistake is told as today, with its kind: %s', async (kind, applications, directory) => {
    const { type, inspection } = await read(card(applications, directory));
    expect(type).toMatchObject({ result: 'failed', code: 'document.no-application', detail: { kind } });
    expect([isOtherCard(inspection), outcomeOf(inspection)]).toEqual([true, { state: 'done', code: null }]);
  });

  // Four commands say that there is no travel document (EF.CardAccess by its short identifier, then in the master file; the
  // application). The card is told by the first of its own that answers.
  it.each([
    ['a bank card', ['325041592e5359532e4444463031'], 5],
    ['a driving licence', ['a0000002480200'], 6],
    ['a bank card that has an identification too', ['325041592e5359532e4444463031', pkcs15], 5],
  ])(
    'that people lay down by mistake is told after the few commands that it takes: %s',
    async (_, applications, most) => {
      const { commands, type } = await read(card(applications, [unknown]));
      expect(type?.code).toBe('document.no-application');
      expect(commands).toHaveLength(most);
    },
  );

  it('that states nothing of itself is told as today', async () => {
    const { type } = await read(card([]));
    expect(type).toMatchObject({ result: 'failed', code: 'document.no-application' });
    expect(type?.detail.kind).toBeUndefined();
  });

  it.each([
    ['an electronic identification', [pkcs15], undefined, { answered: 'PKCS#15', listed: '' }],
    ['one that lists what nobody knows', [], [unknown], { answered: '', listed: unknown }],
    [
      'both',
      ['e80704007f00070302'],
      ['e80704007f00070302', pkcs15],
      { answered: 'eID (TR-03110)', listed: `e80704007f00070302, ${pkcs15}` },
    ],
  ])(
    'of a kind that nobody knows is a new kind, and no failed reading: %s',
    async (_, applications, directory, seen) => {
      const { type, inspection } = await read(card(applications, directory));
      expect(type).toMatchObject({ result: 'not supported', code: 'document.new-kind', detail: seen });
      expect([isOtherCard(inspection), outcomeOf(inspection)]).toEqual([true, { state: 'done', code: null }]);
      // Nothing failed: what was not made was broken off, and nothing of it is a wrong key or a lost card.
      const codes = new Set(inspection.checks.map(({ code }) => code));
      expect(inspection.checks.filter(({ result }) => result === 'failed')).toEqual([]);
      expect([...codes].filter((code) => /^(card|reader|secure-messaging)\./.test(code ?? ''))).toEqual([]);
    },
  );

  it('reads EF.DIR also where it is a file of records (ISO/IEC 7816-4 §12.2.1.1)', async () => {
    const record = (number: number): string =>
      number <= 2 ? `61${number === 1 ? '0c4f0a' : '0e4f0c'}${number === 1 ? unknown : pkcs15}9000` : '6a83';
    const { type } = await read(card([], [unknown]), (command) => {
      if (toHex(command).startsWith('00b0000000')) return fromHex('6981');
      return command[1] === 0xb2 ? fromHex(record(command[2] ?? 0)) : null;
    });
    expect(type?.detail.listed).toBe(`${unknown}, ${pkcs15}`);
  });

  it.each([
    // TLV that lies about its length, that nests for ever, of identifiers without end, of none.
    ['61ff4f05a000000003', ''],
    ['617f', ''],
    ['4f00', ''],
    [`4f11${'aa'.repeat(17)}`, ''],
    [Array.from({ length: 60 }, (_, n) => `4f02b0${(0x10 + n).toString(16)}`).join(''), 'b010, b011, b012'],
    [`61044f02b001${'00'.repeat(200)}`, 'b001'],
    [`61044f02b001${'ff'.repeat(200)}`, 'b001'],
  ])('takes of a hostile EF.DIR what can be told, and bounded: %s', async (bytes, listed) => {
    const { type, commands } = await read(card([], [unknown]), (command) =>
      toHex(command).startsWith('00b0000000') ? fromHex(`${bytes}9000`) : null,
    );
    expect(String(type?.detail.listed).startsWith(listed)).toBe(true);
    expect(String(type?.detail.listed).split(', ').length).toBeLessThanOrEqual(10);
    expect(commands.length).toBeLessThan(40);
  });

  it('a card that is lifted meanwhile is a card that was lifted', async () => {
    let asked = 0;
    const { inspection } = await read(card([pkcs15]), (command) => {
      if (toHex(command).startsWith('00a4040c') && ++asked === 3) throw new Failure('card.removed');
      return null;
    });
    expect(outcomeOf(inspection)).toEqual({ state: 'interrupted', code: 'card.removed' });
  });

  it('says what the page prints of its kind, and nothing of its holder', async () => {
    const { mrz } = issueSpecimen('se-id-card', today, specimenResources);
    const { inspection } = await inspectSpecimen({
      id: 'bank-card',
      chip: card([pkcs15]),
      trust,
      key: { mrz, lines: mrz },
    });
    const type = inspection.checks.find(({ id }) => id === 'document.type');
    const { printed, ...seen } = type?.detail ?? {};
    expect(printed).toEqual({ documentCode: 'I', issuer: 'SWE' });
    expect(seen).toEqual({
      answered: 'PKCS#15',
      listed: '',
      pace: false,
      answerToReset: null,
    });
  });

  it('an identifier is known by its beginning', () => {
    expect([
      applicationOf('a0000000031010')?.kind,
      applicationOf('e828bd080fa000000167455349474e')?.kind,
      applicationOf('00'),
    ]).toEqual(['payment', 'identity', null]);
  });
});
