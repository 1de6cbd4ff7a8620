import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CardTransport } from '../../../main/chip/card-transport.ts';
import { ChipChannel } from '../../../main/chip/channel.ts';
import { elementaryFiles } from '../../../main/chip/files.ts';
import { ChipFiles, type FileProgress, type FileReadingOptions } from '../../../main/chip/read-file.ts';
import { encodeTlv } from '../../../main/document/tlv.ts';
import { concat, fromHex, toHex } from '../../../main/result/bytes.ts';
import { Failure } from '../../../main/result/failure.ts';
import { extendedReader, FunctionCard, failureFrom } from '../../support/chip-cards.ts';
import { type FileCardFiles, type FileCardManners, fileCard } from '../../support/file-card.ts';

function filled(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => (index * 31 + (index >> 8)) & 0xff);
}

const dg1 = encodeTlv(0x61, encodeTlv(0x5f1f, filled(88)));
const dg2 = encodeTlv(0x75, filled(18_000));
const dg14 = encodeTlv(0x6e, filled(300));
const application = { 257: dg1, 258: dg2, 270: dg14 };
const cardAccess = encodeTlv(0x31, filled(60));

function reading(
  files: FileCardFiles,
  manners: FileCardManners = {},
  options: FileReadingOptions = {},
): { card: FunctionCard; chip: ChipFiles } {
  const card = fileCard(files, manners);
  return { card, chip: new ChipFiles(new ChipChannel(card), options) };
}

test('the table of files is that of 9303-10 §4.7, Table 38', () => {
  const tags = [0x61, 0x75, 0x63, 0x76, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x6f, 0x70];
  for (const [index, tag] of tags.entries()) {
    const name = `EF.DG${index + 1}` as keyof typeof elementaryFiles;
    expect(elementaryFiles[name]).toMatchObject({
      name,
      directory: 'eMRTD',
      id: 0x0101 + index,
      shortId: index + 1,
      tag,
    });
  }
  for (const file of Object.values(elementaryFiles)) expect(file.shortId).toBe(file.id & 0x1f);
  expect(elementaryFiles['EF.CardAccess']).toMatchObject({ directory: 'MF', id: 0x011c, tag: 0x31 });
  expect(elementaryFiles['EF.SOD']).toMatchObject({ directory: 'eMRTD', id: 0x011d, tag: 0x77 });
});

describe('one pass', () => {
  test('by short file identifier, header and contents together', async () => {
    const { card, chip } = reading({ masterFile: { 284: cardAccess }, application });
    expect(await chip.read('EF.CardAccess')).toEqual({ file: 'EF.CardAccess', bytes: cardAccess, exchanges: 1 });
    await chip.selectApplication();
    expect(await chip.read('EF.DG1')).toEqual({ file: 'EF.DG1', bytes: dg1, exchanges: 1 });
    expect(await chip.read('EF.DG14')).toEqual({ file: 'EF.DG14', bytes: dg14, exchanges: 2 });
    expect(card.sent).toEqual(['00b09c0000', '00a4040c07a0000002471001', '00b0810000', '00b08e0000', '00b0010030']);
  });

  test('the application is selected where it was forgotten', async () => {
    const { chip } = reading({ application });
    expect((await chip.read('EF.DG1')).bytes).toEqual(dg1);
  });

  test('what is padded after the file is left out', async () => {
    const { chip } = reading({ application: { 257: concat(dg1, new Uint8Array(40)) } });
    expect((await chip.read('EF.DG1')).bytes).toEqual(dg1);
  });

  test('tells how far it is', async () => {
    const told: FileProgress[] = [];
    const { chip } = reading({ application }, {}, { onProgress: (progress) => told.push(progress) });
    await chip.read('EF.DG2');
    expect(told[0]).toEqual({ file: 'EF.DG2', bytesRead: 256, bytesTotal: dg2.length });
    expect(told.at(-1)).toEqual({ file: 'EF.DG2', bytesRead: dg2.length, bytesTotal: dg2.length });
    expect(told).toHaveLength(71);
  });

  test('indefinite length is read to its end (US EF.SOD)', async () => {
    const inner = encodeTlv(0x30, encodeTlv(0x04, filled(700)));
    const sod = concat(fromHex('7780'), inner, fromHex('0000'));
    const { chip } = reading({ application: { 285: concat(sod, new Uint8Array(20)) } });
    expect((await chip.read('EF.SOD')).bytes).toEqual(sod);
  });

  test('beyond 32 767 bytes with the odd instruction, from there on only', async () => {
    const long = encodeTlv(0x75, filled(70_000));
    const { card, chip } = reading({ application: { 258: long } });
    expect((await chip.read('EF.DG2')).bytes).toEqual(long);
    expect(card.sent.filter((command) => command.startsWith('00b1'))[0]).toBe('00b100000454028000'.concat('00'));
    expect(card.sent.some((command) => command.startsWith('00b10000055403'))).toBe(true);
  });

  test('what 6Cxx names in the middle of a file is kept, for the next files too (ISO 7816-4 §5.6)', async () => {
    const { card, chip } = reading({ application }, { longestLe: 160, tooLongStatus: '6ca0' });
    expect((await chip.read('EF.DG14')).bytes).toEqual(dg14);
    expect((await chip.read('EF.DG2')).bytes).toEqual(dg2);
    // 304 and 18 004 bytes in blocks of 160, SELECT, and the one read that was too long.
    expect(card.sent).toHaveLength(2 + 113 + 1 + 1);
  });

  test('what 6Cxx names at the end of a file is not', async () => {
    const { card, chip } = reading({ application }, { beyondEnd: '6cxx' });
    expect((await chip.read('EF.DG1')).bytes).toEqual(dg1);
    expect((await chip.read('EF.DG2')).bytes).toEqual(dg2);
    expect(card.sent.filter((command) => command.endsWith('00') && command.startsWith('00b0')).length).toBeGreaterThan(
      68,
    );
  });

  test('a length below any honest one is not kept, and such a file ends', async () => {
    const honest = fileCard({ application });
    let named = false;
    const chip = new ChipFiles(
      new ChipChannel({
        limits: honest.limits,
        transmit: async (command) => {
          if (named || command[1] !== 0xb0) return honest.transmit(command);
          named = true;
          return fromHex('6c04');
        },
      }),
    );
    expect((await chip.read('EF.DG2')).bytes).toEqual(dg2);
    expect(honest.sent.length).toBeLessThan(80);
    const always = reading({ application }, { longestLe: 1, tooLongStatus: '6c01' });
    expect((await failureFrom(always.chip.read('EF.DG2'))).code).toBe('card.loop');
  });

  test('any length, any manners: the file comes as it is', async () => {
    const manners = fc.record({
      beyondEnd: fc.constantFrom('9000', '6282', '6b00', '6700', '6cxx'),
      longestLe: fc.constantFrom(65_536, 256, 255, 192, 160, 100),
      mostData: fc.constantFrom(65_536, 256, 200, 60),
      limits: fc.constantFrom(extendedReader, { extendedLength: false, maxCommand: 261, maxResponse: 258 }),
    });
    const use = fc.constantFrom('never', 'where-stated', 'always');
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 3_000 }), manners, use, async (length, how, extendedLength) => {
        const file = encodeTlv(0x75, filled(length));
        const { chip } = reading(
          { application: { 258: file } },
          how as FileCardManners,
          { extendedLength } as FileReadingOptions,
        );
        expect(toHex((await chip.read('EF.DG2')).bytes)).toBe(toHex(file));
      }),
      { numRuns: 150 },
    );
  });
});

describe('chips of the field', () => {
  test.each(['6a86', '6a82', '6d00', '6982', '6a81'])(
    'short identifiers answered by %s: SELECT EF, from then on',
    async (status) => {
      const { card, chip } = reading({ application }, { shortIdStatus: status });
      await chip.selectApplication();
      expect((await chip.read('EF.DG1')).bytes).toEqual(dg1);
      expect(card.sent.slice(1)).toEqual(['00b0810000', '00a4020c020101', '00b0000000']);
      expect((await chip.read('EF.DG14')).bytes).toEqual(dg14);
      expect(card.sent[4]).toBe('00a4020c02010e');
    },
  );

  // ISO 7816-4 §7.3.1: a short identifier names a file of the current directory; PersoSim without EF.COM finds EF.DIR.
  test('a short identifier that lands in another file of the master file: the application again, then by identifier', async () => {
    const directoryFile = encodeTlv(0x61, filled(20));
    const { card, chip } = reading(
      { masterFile: { 12062: directoryFile }, application },
      { shortIdsFallToMasterFile: true },
    );
    await chip.selectApplication();
    expect(await failureFrom(chip.read('EF.COM'))).toMatchObject({
      code: 'file.not-found',
      fields: { file: 'EF.COM' },
    });
    expect(card.sent.slice(1)).toEqual(['00b09e0000', '00a4040c07a0000002471001', '00a4020c02011e']);
    expect(await chip.read('EF.DG1')).toEqual({ file: 'EF.DG1', bytes: dg1, exchanges: 2 });
    expect((await chip.read('EF.DG2')).bytes).toEqual(dg2);
  });

  test('the same after short identifiers had worked, and where the file is there after all', async () => {
    const wrong = encodeTlv(0x61, filled(20));
    const { card, chip } = reading(
      { masterFile: { 12046: wrong }, application: { 257: dg1, 258: dg2 } },
      { shortIdsFallToMasterFile: true },
    );
    await chip.selectApplication();
    expect((await chip.read('EF.DG1')).exchanges).toBe(1);
    expect((await failureFrom(chip.read('EF.DG14'))).code).toBe('file.not-found');
    expect((await chip.read('EF.DG2')).bytes).toEqual(dg2);
    expect(card.sent).toContain('00a4020c020102');
  });

  test('a file with another tag than its own is malformed whichever way it is read', async () => {
    const { chip } = reading({ application: { ...application, 270: encodeTlv(0x6f, filled(30)) } });
    await chip.selectApplication();
    expect((await failureFrom(chip.read('EF.DG14'))).code).toBe('tlv.malformed');
  });

  test('an application that is refused the second time is the file that was refused', async () => {
    const card = new FunctionCard((command, number) => {
      if (command[1] === 0xb0) return concat(encodeTlv(0x61, filled(20)), fromHex('9000'));
      return fromHex(number === 1 ? '9000' : '6a82');
    });
    const chip = new ChipFiles(new ChipChannel(card));
    await chip.selectApplication();
    expect(await failureFrom(chip.read('EF.COM'))).toMatchObject({ code: 'file.refused', fields: { file: 'EF.COM' } });
  });

  // An applet without a master file of its own: EF.CardAccess used to cost seven exchanges there.
  test.each([
    ['6a86', 3],
    ['6a81', 3],
    ['6d00', 3],
    ['6982', 3],
    ['6a82', 4],
  ])(
    'EF.CardAccess of a chip that answers short identifiers by %s and knows no master file: %i exchanges',
    async (status, most) => {
      const manners = { shortIdStatus: status, masterFileStatus: '6a82' };
      const { chip } = reading({ masterFile: { 284: cardAccess }, application }, manners);
      expect(await chip.read('EF.CardAccess')).toEqual({ file: 'EF.CardAccess', bytes: cardAccess, exchanges: most });
    },
  );

  test('a chip that says that it knows no short identifiers is not asked again by one', async () => {
    const { card, chip } = reading({ masterFile: { 284: cardAccess }, application }, { shortIdStatus: '6a86' });
    await chip.read('EF.CardAccess');
    await chip.selectApplication();
    expect((await chip.read('EF.DG1')).exchanges).toBe(2);
    expect(card.sent.filter((command) => command.startsWith('00b08') || command.startsWith('00b09'))).toHaveLength(1);
  });

  test.each(['6a82', '6a86'])(
    'EF.CardAccess where another program left the card in the application, short identifiers answered by %s',
    async (status) => {
      const manners = { shortIdStatus: status, startsInApplication: true };
      const { chip } = reading({ masterFile: { 284: cardAccess }, application }, manners);
      expect((await chip.read('EF.CardAccess')).bytes).toEqual(cardAccess);
    },
  );

  test('a first read beyond the end is refused by 6B00: then the header comes first, for every file', async () => {
    const { card, chip } = reading({ application }, { beyondEnd: '6b00' });
    await chip.selectApplication();
    expect((await chip.read('EF.DG1')).exchanges).toBe(3);
    expect(card.sent.slice(1)).toEqual(['00b0810000', '00b0810004', '00b0000459']);
    expect((await chip.read('EF.DG14')).bytes).toEqual(dg14);
    expect(card.sent[4]).toBe('00b08e0004');
  });

  test.each([
    [192, '6700'],
    [160, '6700'],
    [255, '9000'],
  ])('Le up to %i, else %s: smaller reads, remembered', async (longestLe, tooLongStatus) => {
    const { card, chip } = reading({ application }, { longestLe, tooLongStatus });
    expect((await chip.read('EF.DG2')).bytes).toEqual(dg2);
    const before = card.sent.length;
    expect((await chip.read('EF.DG14')).bytes).toEqual(dg14);
    expect(card.sent.length - before).toBeLessThanOrEqual(4);
  });

  test('another program left the card in the application: EF.CVCA is not EF.CardAccess', async () => {
    const cvca = concat(fromHex('4203414243'), new Uint8Array(31));
    const files = { masterFile: { 284: cardAccess }, application: { 284: cvca } };
    const { chip } = reading(files, { startsInApplication: true });
    expect((await chip.read('EF.CardAccess')).bytes).toEqual(cardAccess);
  });
});

describe('extended length', () => {
  const limits = extendedReader;

  test('is not used unless the chip states it or the setting says so', async () => {
    for (const extendedLength of ['never', 'where-stated'] as const) {
      const { card, chip } = reading({ application }, { limits }, { extendedLength });
      await chip.read('EF.DG2');
      expect(card.sent.every((command) => command.length <= 24)).toBe(true);
    }
  });

  test('`always` reads the whole file at once', async () => {
    const { chip } = reading({ application }, { limits }, { extendedLength: 'always' });
    await chip.selectApplication();
    expect(await chip.read('EF.DG2')).toEqual({ file: 'EF.DG2', bytes: dg2, exchanges: 1 });
  });

  test('`always` with a reader that cannot stays short', async () => {
    const { card, chip } = reading({ application }, {}, { extendedLength: 'always' });
    await chip.read('EF.DG1');
    expect(card.sent.at(-1)).toBe('00b0810000');
  });

  test.each(['6700', '9000'])('a chip that answers it by %s is read with short length', async (tooLongStatus) => {
    const { chip } = reading({ application }, { limits, longestLe: 256, tooLongStatus }, { extendedLength: 'always' });
    expect((await chip.read('EF.DG2')).bytes).toEqual(dg2);
    expect((await chip.read('EF.DG1')).exchanges).toBe(1);
  });

  test('a reader that never sends it is used with short length', async () => {
    const inner = fileCard({ application }, { limits });
    const sent: string[] = [];
    const transport = {
      limits,
      transmit: (command: Uint8Array): Promise<Uint8Array> => {
        sent.push(toHex(command));
        if (command[0] === 0 && command[1] === 0xb0 && command.length > 5)
          return Promise.reject(new Failure('reader.communication'));
        return inner.transmit(command);
      },
    };
    const chip = new ChipFiles(new ChipChannel(transport), { extendedLength: 'always' });
    expect((await chip.read('EF.DG1')).bytes).toEqual(dg1);
    expect(sent.slice(1)).toEqual(['00b0810000fffd', '00b08100000ffe', '00b0810000']);
    expect(chip.lengths.givenUp).toEqual([
      { step: 65_535, why: 'not-sent' },
      { step: 4_096, why: 'not-sent' },
    ]);
  });
});

describe('refusals', () => {
  test('a file that is not there', async () => {
    const { chip } = reading({ application });
    await chip.read('EF.DG1');
    expect(await failureFrom(chip.read('EF.DG15'))).toMatchObject({
      code: 'file.not-found',
      fields: { file: 'EF.DG15', status: '6a82' },
    });
    expect((await failureFrom(reading({}).chip.read('EF.CardAccess'))).code).toBe('file.not-found');
  });

  test('no travel document application', async () => {
    const { chip } = reading({});
    expect((await failureFrom(chip.selectApplication())).code).toBe('document.no-application');
  });

  // ISO 7816-4 §5.1.5: 6A82 alone says that the application is not there; the others say that something else was wrong.
  test.each(['6982', '6700', '6a86', '6a81', '6a88', '6d00', '6e00', '6999', '6f00', '6283'])(
    'an application that will not be selected: %s',
    async (status) => {
      const card = new FunctionCard(() => fromHex(status));
      const failure = await failureFrom(new ChipFiles(new ChipChannel(card)).selectApplication());
      expect(failure).toMatchObject({ code: 'access.refused', fields: { status } });
    },
  );

  test.each(['6700', '6a86'])('%s to the first form, then 6A82: no application', async (status) => {
    const card = new FunctionCard((_command, number) => fromHex(number === 1 ? status : '6a82'));
    const failure = await failureFrom(new ChipFiles(new ChipChannel(card)).selectApplication());
    expect(failure.code).toBe('document.no-application');
  });

  test('SELECT with P2 00 for chips that know no 0C', async () => {
    const card = new FunctionCard((command) => fromHex(command[3] === 0x0c ? '6a86' : '6f009000'));
    await new ChipFiles(new ChipChannel(card)).selectApplication();
    expect(card.sent).toEqual(['00a4040c07a0000002471001', '00a4040007a000000247100100']);
  });

  test('SELECT once more where a chain of PACE was left open (selfxyz/self#73)', async () => {
    const card = new FunctionCard((_command, number) => fromHex(number === 1 ? '6883' : '9000'));
    await new ChipFiles(new ChipChannel(card)).selectApplication();
    expect(card.sent).toEqual(['00a4040c07a0000002471001', '00a4040c07a0000002471001']);
    const stubborn = new FunctionCard(() => fromHex('6883'));
    const failure = await failureFrom(new ChipFiles(new ChipChannel(stubborn)).selectApplication());
    expect([failure.code, stubborn.sent.length]).toEqual(['access.refused', 2]);
  });

  test('access refused at the beginning, and in the middle', async () => {
    const refusing = { failsAt: { offset: 0, status: '6982' } };
    expect((await failureFrom(reading({ application }, refusing).chip.read('EF.DG1'))).code).toBe('file.refused');
    const later = { failsAt: { offset: 1_000, status: '6982' } };
    expect((await failureFrom(reading({ application }, later).chip.read('EF.DG2'))).code).toBe('file.refused');
  });

  test.each(['6b00', '6282', '9000', '6f00', '6700'])('nothing but %s in the middle of a file', async (status) => {
    const { card, chip } = reading({ application }, { failsAt: { offset: 1_000, status } });
    expect((await failureFrom(chip.read('EF.DG2'))).code).toBe('file.truncated');
    expect(card.sent.length).toBeLessThanOrEqual(20);
  });

  test('nothing but 9000 from the beginning', async () => {
    const { card, chip } = reading({ application }, { failsAt: { offset: 0, status: '9000' } });
    expect((await failureFrom(chip.read('EF.DG1'))).code).toBe('file.truncated');
    expect(card.sent.length).toBeLessThanOrEqual(10);
  });

  test('a file shorter than its header says', async () => {
    const { chip } = reading({ application: { 258: dg2.subarray(0, 9_000) } });
    expect((await failureFrom(chip.read('EF.DG2'))).code).toBe('file.truncated');
  });

  test.each([
    ['EF.DG1 over 64 KB', 'EF.DG1', fromHex('61830100 01')],
    ['EF.DG2 over 256 KB', 'EF.DG2', fromHex('7583040001')],
    ['4 GB', 'EF.DG2', fromHex('7584ffffffff')],
  ] as const)('%s', async (_name, name, header) => {
    const file = concat(header, filled(2_000));
    const { card, chip } = reading({ application: { 257: file, 258: file } });
    expect((await failureFrom(chip.read(name))).code).toBe('file.too-large');
    expect(card.sent).toHaveLength(2);
  });

  test('an indefinite length without end stops at the bound', async () => {
    const endless = concat(fromHex('7780'), ...Array.from({ length: 80 }, () => encodeTlv(0x04, filled(1_000))));
    const { chip } = reading({ application: { 285: endless } });
    expect((await failureFrom(chip.read('EF.SOD'))).code).toBe('file.too-large');
  });

  test.each([
    ['another tag', encodeTlv(0x63, filled(30))],
    ['no tag', fromHex('00000000')],
    ['an endless tag', new Uint8Array(64).fill(0xff)],
    ['an endless length', fromHex('6188000000000000000100')],
  ])('%s', async (_name, file) => {
    const { chip } = reading({ application: { 257: file } });
    expect((await failureFrom(chip.read('EF.DG1'))).code).toBe('tlv.malformed');
  });

  test('a chip that gives a byte at a time is a loop', async () => {
    const { card, chip } = reading({ application }, { mostData: 1 });
    expect((await failureFrom(chip.read('EF.DG2'))).code).toBe('card.loop');
    expect(card.sent.length).toBeLessThanOrEqual(420);
  });

  test('a chip that gives a byte at a time, and says that more waits, is a loop', async () => {
    // Found by fuzzing: 61xx was followed 256 times within each READ BINARY, which held the reader for hours.
    let sent = 0;
    const header = fromHex('758300fff0');
    const transport: CardTransport = {
      limits: { extendedLength: false, maxCommand: 261, maxResponse: 258 },
      transmit: async (command) => {
        sent += 1;
        if (command[1] === 0xa4) return fromHex('9000');
        const data = sent <= 2 ? header : Uint8Array.of(0);
        return concat(data, fromHex(sent % 200 === 0 ? '9000' : '6101'));
      },
    };
    const chip = new ChipFiles(new ChipChannel(transport));
    expect((await failureFrom(chip.read('EF.DG2'))).code).toBe('card.loop');
    expect(sent).toBeLessThanOrEqual(6_000);
  });

  test('a card that goes in the middle is said as such', async () => {
    const inner = fileCard({ application });
    let left = 10;
    const transport = {
      limits: inner.limits,
      transmit: (command: Uint8Array): Promise<Uint8Array> =>
        left-- > 0 ? inner.transmit(command) : Promise.reject(new Failure('card.removed')),
    };
    expect((await failureFrom(new ChipFiles(new ChipChannel(transport)).read('EF.DG2'))).code).toBe('card.removed');
  });
});
