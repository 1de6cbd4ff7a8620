import { describe, expect, test } from 'vitest';
import { decodeResponse, encodeCommand, statusName } from '../../../main/chip/apdu.ts';
import { ChipChannel, type ExchangeCount } from '../../../main/chip/channel.ts';
import { fromHex, toHex } from '../../../main/result/bytes.ts';
import { answering, extendedReader, FunctionCard, failureFrom } from '../../support/chip-cards.ts';

const readBinary = { cla: 0x00, ins: 0xb0, p1: 0x00, p2: 0x00 };
const data = fromHex('011e');

describe('command APDUs (ISO 7816-4 §5.1)', () => {
  test.each([
    ['case 1', {}, 'short', '00b00000'],
    ['case 2', { expectedLength: 4 }, 'short', '00b0000004'],
    ['case 2, the most', { expectedLength: 256 }, 'short', '00b0000000'],
    ['case 3', { data }, 'short', '00b0000002011e'],
    ['case 4', { data, expectedLength: 256 }, 'short', '00b0000002011e00'],
    ['case 2 extended', { expectedLength: 4096 }, 'extended', '00b00000001000'],
    ['case 2 extended, the most', { expectedLength: 65_536 }, 'extended', '00b00000000000'],
    ['case 3 extended', { data }, 'extended', '00b00000000002011e'],
    ['case 4 extended', { data, expectedLength: 257 }, 'extended', '00b00000000002011e0101'],
  ] as const)('%s', (_name, parts, form, expected) => {
    expect(toHex(encodeCommand({ ...readBinary, ...parts }, form))).toBe(expected);
  });

  test('lengths that do not fit their form are refused', () => {
    expect(() => encodeCommand({ ...readBinary, expectedLength: 257 })).toThrow(RangeError);
    expect(() => encodeCommand({ ...readBinary, expectedLength: 0 })).toThrow(RangeError);
    expect(() => encodeCommand({ ...readBinary, data: new Uint8Array(256) })).toThrow(RangeError);
    expect(() => encodeCommand({ ...readBinary, expectedLength: 65_537 }, 'extended')).toThrow(RangeError);
  });
});

test('responses are data and status', () => {
  expect(decodeResponse(fromHex('9000'))).toEqual({ data: new Uint8Array(), status: 0x9000 });
  expect(decodeResponse(fromHex('01026282'))).toEqual({ data: fromHex('0102'), status: 0x6282 });
  expect(statusName(0x6a82)).toBe('6a82');
  expect(statusName(0x0001)).toBe('0001');
});

describe('the channel', () => {
  test('follows 61xx with GET RESPONSE', async () => {
    const card = answering('01026102', '03046101', '059000');
    const channel = new ChipChannel(card);
    expect(await channel.send({ ...readBinary, expectedLength: 256 })).toEqual({
      data: fromHex('0102030405'),
      status: 0x9000,
    });
    expect(card.sent).toEqual(['00b0000000', '00c0000002', '00c0000001']);
  });

  test('sends a command again with the Le that 6Cxx names', async () => {
    const card = answering('6c03', '0102039000');
    expect((await new ChipChannel(card).send({ ...readBinary, expectedLength: 256 })).data).toEqual(fromHex('010203'));
    expect(card.sent).toEqual(['00b0000000', '00b0000003']);
  });

  test.each([
    ['6Cxx for ever', () => fromHex('6c10')],
    ['61xx for ever without data', () => fromHex('6110')],
    ['61xx for ever with data', () => fromHex('016110')],
    ['6Cxx and 61xx in turn', (_command: Uint8Array, number: number) => fromHex(number % 2 === 0 ? '6c10' : '016110')],
  ])('ends %s with a failure', async (_name, respond) => {
    const card = new FunctionCard(respond);
    const failure = await failureFrom(new ChipChannel(card).send({ ...readBinary, expectedLength: 256 }));
    expect(failure.code).toBe('card.loop');
    expect(card.sent.length).toBeLessThanOrEqual(300);
  });

  test.each(['', '90'])('refuses the answer %j', async (response) => {
    const failure = await failureFrom(new ChipChannel(answering(response)).send(readBinary));
    expect(failure.code).toBe('card.response-malformed');
  });

  test('refuses an answer longer than any', async () => {
    const card = new FunctionCard(() => new Uint8Array(70_000));
    expect((await failureFrom(new ChipChannel(card).send(readBinary))).code).toBe('card.response-too-long');
  });

  test('counts whole APDUs and shows them to a trace', async () => {
    const counts: ExchangeCount[] = [];
    const traced: string[] = [];
    const channel = new ChipChannel(answering('6c03', '0102039000'), {
      onExchange: (count) => counts.push(count),
      trace: (direction, apdu) => traced.push(`${direction} ${toHex(apdu)}`),
    });
    await channel.send({ ...readBinary, expectedLength: 4 });
    expect(counts).toEqual([
      { exchanges: 1, bytesSent: 5, bytesReceived: 2 },
      { exchanges: 2, bytesSent: 10, bytesReceived: 7 },
    ]);
    expect(channel.count).toEqual(counts.at(-1));
    expect(traced).toEqual(['command 00b0000004', 'response 6c03', 'command 00b0000003', 'response 0102039000']);
  });

  test('knows how much one answer brings without secure messaging', () => {
    expect(new ChipChannel(answering()).dataPerAnswer('short')).toBe(256);
    const channel = new ChipChannel(new FunctionCard(() => null, extendedReader));
    expect(channel.dataPerAnswer('extended')).toBe(65_536);
    expect(channel.dataPerAnswer('extended', 2_050)).toBe(2_048);
    const narrow = { extendedLength: false, maxCommand: 251, maxResponse: 251 };
    expect(new ChipChannel(new FunctionCard(() => null, narrow)).dataPerAnswer('short')).toBe(249);
  });
});
