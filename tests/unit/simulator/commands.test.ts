import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../../../main/result/bytes.ts';
import { parseCommand } from '../../../main/simulator/chip/apdu.ts';
import { FileSystem } from '../../../main/simulator/chip/file-system.ts';
import { parseChipFaults } from '../../../main/simulator/faults/faults.ts';
import { failureCodeOf } from '../../support/failure-code.ts';
import { chipOf, exchange, profile, travelDocument } from './support.ts';

describe('command APDUs (ISO/IEC 7816-4 §5.1)', () => {
  it.each([
    ['1', '00a4000c', '', null, false],
    ['2 short', '00b0000004', '', 4, false],
    ['2 short, all', '00b0000000', '', 256, false],
    ['2 extended', '00b00000001000', '', 4096, true],
    ['2 extended, all', '00b00000000000', '', 65_536, true],
    ['3 short', '00a4020c02011e', '011e', null, false],
    ['3 extended', '00a4020c000002011e', '011e', null, true],
    ['4 short', '0086000002 7c00 00'.replaceAll(' ', ''), '7c00', 256, false],
    ['4 extended', '008600000000027c000000', '7c00', 65_536, true],
  ])('case %s', (_, command, data, expected, extended) => {
    const parsed = parseCommand(fromHex(command));
    expect(parsed && { data: toHex(parsed.data), expected: parsed.expected, extended: parsed.extended }).toEqual({
      data,
      expected,
      extended,
    });
  });

  it.each(['', '00a4', '00a4020c0201', '00a4020c02011e0000', '00b000000000', '00a4020c000000011e'])(
    'is none: %s',
    (command) => {
      expect(parseCommand(fromHex(command))).toBeNull();
      if (command !== '') expect(exchange(chipOf(), command)).toBe('6700');
    },
  );
});

describe('a chip before access', () => {
  it.each([
    ['the application', `00a4040c07${travelDocument}`, '9000'],
    ['the application, with an answer', `00a4040007${travelDocument}`, '6f098407a00000024710019000'],
    ['another application', '00a4040c07a0000002480200', '6a82'],
    ['the MF', '00a4000c', '9000'],
    ['the MF by identifier', '00a4000c023f00', '9000'],
    ['EF.CardAccess', '00a4020c02011c', '9000'],
    ['a file that is not there', '00a4020c022f00', '6a82'],
    ['half an identifier', '00a4020c0101', '6700'],
    ['a path', '00a4080c02011c', '6a86'],
    ['with an occurrence', '00a4020e02011c', '6a86'],
  ])('selects %s', (_, command, response) => {
    expect(exchange(chipOf(), command)).toBe(response);
  });

  it('gives EF.CardAccess to anyone, by identifier and by short identifier', () => {
    const chip = chipOf();
    expect(exchange(chip, '00b09c0000')).toBe('31009000');
    expect(exchange(chip, '00b0000002')).toBe('31009000');
    expect(exchange(chip, '00b0000102')).toBe('006282');
    expect(exchange(chip, '00b0000201')).toBe('6b00');
    expect(exchange(chip, '00b00000')).toBe('6700');
  });

  it('keeps files of the application, selected or not', () => {
    const chip = chipOf();
    expect(exchange(chip, '00b0810000')).toBe('6a82');
    expect(exchange(chip, '00b0000000')).toBe('6986');
    exchange(chip, `00a4040c07${travelDocument}`);
    expect(exchange(chip, '00b0000000')).toBe('6986');
    expect(exchange(chip, '00a4020c020101')).toBe('6982');
    expect(exchange(chip, '00b0810000')).toBe('6982');
    expect(exchange(chip, '00b1000104540100 00'.replaceAll(' ', ''))).toBe('6700');
  });

  it.each([
    ['instructions that it does not know', '00ca0000', '6d00'],
    ['another class', '80b09c0000', '6e00'],
    ['protected commands without a session', '0cb000000d9701048e08ed6705417e96ba5500', '6988'],
    ['a chain of what is not chained', '10a4020c02011c', '6884'],
    ['extended length that it does not bear', '00b09c00000000', '6700'],
  ])('refuses %s', (_, command, status) => {
    expect(exchange(chipOf(), command)).toBe(status);
  });

  it('answers anything with at least a status, or is told to leave', () => {
    const chip = chipOf();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (command) => {
        const response = chip.transmit(command);
        return response !== null && response.length >= 2;
      }),
    );
  });
});

describe('extended length', () => {
  const extendedLength = { maxCommand: 1000, maxResponse: 40 };

  it('is used up to what the chip bears', () => {
    const contents = Uint8Array.from({ length: 100 }, (_, index) => index);
    const masterFile = [
      { name: 'EF.ATR/INFO', identifier: 0x2f01, shortIdentifier: 1, contents, access: 'free' as const },
    ];
    const chip = chipOf({ extendedLength, masterFile });
    expect(exchange(chip, '00b08100000000')).toBe(`${toHex(contents.subarray(0, 38))}9000`);
    expect(exchange(chip, '00b0000000000a')).toBe(`${toHex(contents.subarray(0, 10))}9000`);
    expect(exchange(chip, `00d600000003e8${'00'.repeat(1000)}`)).toBe('6700');
  });
});

describe('READ BINARY with odd instruction (9303-10 §3.6.6)', () => {
  const command = (data: string, expected: number | null) => ({
    cla: 0,
    ins: 0xb1,
    p1: 0,
    p2: 1,
    data: fromHex(data),
    expected,
    extended: false,
  });
  const contents = Uint8Array.from({ length: 70_000 }, (_, index) => index & 0xff);
  const files = new FileSystem({
    masterFile: [{ name: 'EF.Large', identifier: 0x0101, shortIdentifier: 1, contents, access: 'free' }],
    applications: [],
  });

  it.each([
    ['540101', 1],
    ['5402ffff', 65_535],
    ['5403010001', 65_537],
  ])('reads at %s', (data, offset) => {
    const { data: answer, status } = files.readBinaryOdd(command(data, 20), true, 256);
    expect(status).toBe(0x9000);
    expect(toHex(answer)).toBe(`5310${toHex(contents.subarray(offset, offset + 16))}`);
  });

  it('refuses what is no offset', () => {
    expect(files.readBinaryOdd(command('530101', 20), true, 256).status).toBe(0x6a80);
    expect(files.readBinaryOdd(command('5403ffffff', 20), true, 256).status).toBe(0x6b00);
    expect(files.readBinaryOdd(command('540101', null), true, 256).status).toBe(0x6700);
  });
});

describe('faults', () => {
  it('are read as the command line writes them', () => {
    expect(parseChipFaults(['leave-at-command=7', 'short-length-only', 'longest-read=160'])).toEqual({
      leaveAtCommand: 7,
      shortLengthOnly: true,
      longestRead: 160,
    });
    expect(parseChipFaults(['plain-answer-at-command=3', 'corrupt-answer-at-command=4'])).toEqual({
      plainAnswerAtCommand: 3,
      corruptAnswerAtCommand: 4,
    });
  });

  it.each([
    'nonsense',
    'leave-at-command',
    'leave-at-command=0',
    'longest-read=1=2',
    'short-length-only=1',
    'toString=1',
  ])('are refused where they are none: %s', (fault) => {
    expect(failureCodeOf(() => parseChipFaults([fault]))).toBe('arguments.unusable');
  });

  it('let the chip leave, and come back with a new presentation', () => {
    const chip = chipOf({}, undefined, { leaveAtCommand: 2 });
    expect(exchange(chip, '00b09c0000')).toBe('31009000');
    expect(exchange(chip, '00b09c0000')).toBe('left');
    expect(chip.present).toBe(false);
    expect(exchange(chip, '00b09c0000')).toBe('left');
    chip.enterField();
    expect(exchange(chip, '00b09c0000')).toBe('31009000');
  });

  it('shorten reads, refuse extended length and spoil answers', () => {
    expect(exchange(chipOf({}, undefined, { longestRead: 1 }), '00b09c0000')).toBe('319000');
    const extendedLength = { maxCommand: 1000, maxResponse: 1000 };
    expect(exchange(chipOf({ extendedLength }, undefined, { shortLengthOnly: true }), '00b09c00000000')).toBe('6700');
    expect(exchange(chipOf({}, undefined, { corruptAnswerAtCommand: 1 }), '00b09c0000')).toBe('31019000');
  });

  it('leave the profile alone', () => {
    const before = JSON.stringify(profile());
    const unchanged = profile();
    const chip = chipOf(unchanged, undefined, { corruptAnswerAtCommand: 1 });
    exchange(chip, '00b09c0000');
    expect(JSON.stringify(unchanged)).toBe(before);
  });
});
