import { describe, expect, it } from 'vitest';
import type { ReaderEvent } from '../../../main/reader/port.ts';
import { fromHex, toHex } from '../../../main/result/bytes.ts';
import { asFailure } from '../../../main/result/failure.ts';
import { TrainingReader, trainingReaderName } from '../../../main/simulator/training-reader.ts';
import { chipOf } from './support.ts';

const readCardAccess = fromHex('00b09c0000');

async function codeOf(action: Promise<unknown>): Promise<string> {
  return action.then(
    () => 'none',
    (thrown: unknown) => asFailure(thrown).code,
  );
}

async function started(): Promise<{ reader: TrainingReader; events: ReaderEvent[] }> {
  const reader = new TrainingReader();
  const events: ReaderEvent[] = [];
  await reader.start((event) => events.push(event));
  return { reader, events };
}

describe('the training reader', () => {
  it('tells of itself, of chips that come and of chips that go', async () => {
    const { reader, events } = await started();
    const empty = { name: trainingReaderName, kind: 'training', state: 'empty', inUse: false, atr: null };
    const full = { ...empty, state: 'card', atr: '3b80800101' };
    reader.lay(chipOf());
    reader.lift();
    reader.lift();
    expect(events).toEqual([
      { type: 'service', available: true, code: null },
      { type: 'readers', readers: [empty] },
      { type: 'readers', readers: [full] },
      { type: 'card-inserted', reader: trainingReaderName, atr: '3b80800101' },
      { type: 'readers', readers: [empty] },
      { type: 'card-removed', reader: trainingReaderName },
    ]);
    expect(await reader.readers()).toEqual([empty]);
  });

  it('tells a late listener of the chip that already lies there, and none after stop', async () => {
    const reader = new TrainingReader();
    reader.lay(chipOf());
    const events: ReaderEvent[] = [];
    await reader.start((event) => events.push(event));
    expect(events.at(-1)).toEqual({ type: 'card-inserted', reader: trainingReaderName, atr: '3b80800101' });
    await reader.stop();
    const told = events.length;
    reader.lift();
    expect(events).toHaveLength(told);
  });

  it('carries commands to the chip', async () => {
    const { reader } = await started();
    reader.lay(chipOf());
    const connection = await reader.connect(trainingReaderName);
    expect(connection).toMatchObject({ reader: trainingReaderName, atr: '3b80800101' });
    expect(toHex(await connection.transmit(readCardAccess))).toBe('31009000');
  });

  it('connects to nothing but its own chip', async () => {
    const { reader } = await started();
    expect(await codeOf(reader.connect(trainingReaderName))).toBe('card.absent');
    reader.lay(chipOf());
    expect(await codeOf(reader.connect('another'))).toBe('reader.not-found');
  });

  it('ends a connection with the presentation, even where the same chip comes back', async () => {
    const { reader } = await started();
    const chip = chipOf();
    reader.lay(chip);
    const connection = await reader.connect(trainingReaderName);
    reader.lift();
    expect(await codeOf(connection.transmit(readCardAccess))).toBe('card.removed');
    reader.lay(chip);
    expect(await codeOf(connection.transmit(readCardAccess))).toBe('card.removed');
    const again = await reader.connect(trainingReaderName);
    expect(toHex(await again.transmit(readCardAccess))).toBe('31009000');
  });

  it('loses a chip that leaves by itself', async () => {
    const { reader, events } = await started();
    reader.lay(chipOf({}, undefined, { leaveAtCommand: 2 }));
    const connection = await reader.connect(trainingReaderName);
    await connection.transmit(readCardAccess);
    expect(await codeOf(connection.transmit(readCardAccess))).toBe('card.removed');
    expect(events.at(-1)).toEqual({ type: 'card-removed', reader: trainingReaderName });
    expect(await codeOf(reader.connect(trainingReaderName))).toBe('card.absent');
  });

  it('closes more than once, and carries nothing afterwards', async () => {
    const { reader } = await started();
    reader.lay(chipOf());
    const connection = await reader.connect(trainingReaderName);
    await connection.close('reset');
    await connection.close();
    expect(await codeOf(connection.transmit(readCardAccess))).toBe('card.removed');
  });

  it('bears no longer command than it says', async () => {
    const reader = new TrainingReader({ extendedLength: false, maxCommand: 261, maxResponse: 258 });
    reader.lay(chipOf());
    const connection = await reader.connect(trainingReaderName);
    expect(connection.limits).toEqual({ extendedLength: false, maxCommand: 261, maxResponse: 258 });
    expect(await codeOf(connection.transmit(new Uint8Array(262)))).toBe('reader.communication');
  });
});
