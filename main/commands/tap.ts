import { appendFileSync, writeFileSync } from 'node:fs';
import type { AccessKey } from '../chip/access-key.ts';
import type { House } from '../house/house.ts';
import { abortedInspection } from '../inspection/assemble.ts';
import type { Inspection } from '../inspection/types.ts';
import type { CardConnection } from '../reader/port.ts';
import { toHex } from '../result/bytes.ts';
import { asFailure, Failure } from '../result/failure.ts';
import type { PlainDate } from '../result/plain-date.ts';
import { accessKeyOf, accessKeyOptions, keyOfLines } from './access-key-options.ts';
import { unusable } from './arguments.ts';
import type { CommandCall, OptionDescriptions } from './command.ts';
import { givenDay } from './day-option.ts';
import { outputFailure } from './input-file.ts';
import { printable } from './layout.ts';
import { watchedReaders } from './reader-choice.ts';
import { stepLines } from './step-lines.ts';

/** So long a card may take to come. */
const waitMillis = 10_000;

/** What `inspect` and `verify` take to read a document. */
export const tapOptions: OptionDescriptions = {
  reader: { kind: 'value', value: 'NAME', help: 'the reader (default: the one on which a card lies first)' },
  specimen: {
    kind: 'value',
    value: 'NAME',
    help: 'lays a specimen on the training reader, in process; needs --training; its own MRZ is used where none is given',
  },
  ...accessKeyOptions,
  trace: {
    kind: 'value',
    value: 'FILE',
    help: 'writes every APDU as a line of JSON: {"c": command, "r": response}, hex',
  },
};

/** How a document is to be read. */
export interface TapRequest {
  /** Null: a reader of the machine. */
  readonly specimen: string | null;
  readonly reader: string | null;
  readonly accessKey: AccessKey | null;
  readonly trace: string | null;
  /** Null: today. */
  readonly at: PlainDate | null;
}

/** Reads the options of a tap. Fails with `arguments.unusable`, `specimen.needs-training`, and as the key does. */
export function tapRequest(call: CommandCall): TapRequest {
  const specimen = call.given.value('specimen');
  const reader = call.given.value('reader');
  if (specimen !== null && reader !== null) throw unusable('--reader or --specimen, not both');
  if (specimen !== null && !call.training) throw new Failure('specimen.needs-training');
  return {
    specimen,
    reader,
    accessKey: accessKeyOf(call.given, call.machine.clock.today()),
    trace: call.given.value('trace'),
    at: givenDay(call),
  };
}

/**
 * Reads the document in the house. What a chip does is in the checks, and so is a card that does not come within ten
 * seconds, does not answer or is lifted; what the machine lacks fails with `reader.*`.
 */
export async function tap(house: House, request: TapRequest, call: CommandCall): Promise<Inspection> {
  const accessKey = request.specimen === null ? request.accessKey : laySpecimen(house, request.specimen, request);
  const signal = call.machine.stopSignal();
  const trace = request.trace === null ? null : traceInto(request.trace);
  let connection: CardConnection;
  try {
    const watched = await watchedReaders(house.readers);
    connection = await watched.connect({
      reader: request.reader,
      waitMillis,
      signal,
      onWaiting: () => call.note('Lay the document on the reader.'),
    });
  } catch (thrown) {
    const failure = asFailure(thrown);
    if (!failure.code.startsWith('card.') && failure.code !== 'inspection.cancelled') throw failure;
    return abortedInspection(failure);
  }
  call.note(`Reader: ${printable(connection.reader)}`);
  try {
    return await house.inspect({
      connection,
      accessKey,
      ...(request.at === null ? {} : { at: request.at }),
      signal,
      onProgress: stepLines(call.machine),
      ...(trace === null ? {} : { trace }),
    });
  } finally {
    await connection.close('reset');
  }
}

function laySpecimen(house: House, id: string, { accessKey }: TapRequest): AccessKey | null {
  if (house.plate === null) throw new Failure('specimen.needs-training');
  house.plate.lay(id);
  const choice = house.plate.specimens().find((specimen) => specimen.id === id);
  if (accessKey !== null || choice === undefined || choice.mrz.length === 0) return accessKey;
  return keyOfLines(choice.mrz.join('\n'), house.today());
}

function traceInto(path: string): (direction: 'command' | 'response', apdu: Uint8Array) => void {
  try {
    writeFileSync(path, '', { mode: 0o600 });
  } catch (thrown) {
    throw outputFailure(thrown, path);
  }
  let command = '';
  return (direction, apdu) => {
    if (direction === 'command') {
      command = toHex(apdu);
      return;
    }
    try {
      appendFileSync(path, `${JSON.stringify({ c: command, r: toHex(apdu) })}\n`);
    } catch (thrown) {
      throw outputFailure(thrown, path);
    }
  };
}
