import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { digest } from '../../main/crypto/hash.ts';
import type { RandomSource } from '../../main/crypto/random.ts';
import { inspect } from '../../main/inspection/procedure.ts';
import { concat, toHex } from '../../main/result/bytes.ts';
import { Failure } from '../../main/result/failure.ts';
import { type PlainDate, plainDate } from '../../main/result/plain-date.ts';
import { createChip } from '../../main/simulator/chip/chip.ts';
import { issueSpecimen } from '../../main/simulator/documents/specimens.ts';
import { TrustStore } from '../../main/trust/path/trust-store.ts';
import { specimenResources } from './specimen-resources.ts';

/** What an inspection with fixed randomness on both sides said and heard. */
export interface GoldenTranscript {
  readonly specimen: string;
  readonly exchanges: number;
  readonly bytesSent: number;
  readonly bytesReceived: number;
  /** Everything up to the first protected command, in hex: command, answer. */
  readonly opening: readonly (readonly [string, string])[];
  /** SHA-256 over the chain so far, command and answer, from 32 zero bytes. */
  readonly chain: string;
}

function day(): PlainDate {
  const date = plainDate(2026, 11, 23);
  if (date === null) throw new RangeError('no such day');
  return date;
}

/** Bytes that follow from a label: counter mode of SHA-256. */
function following(label: string): RandomSource {
  const seed = new TextEncoder().encode(label);
  let counter = 0;
  return (length) => {
    const blocks: Uint8Array[] = [];
    while (blocks.length * 32 < length) {
      blocks.push(digest('SHA-256', concat(seed, Uint8Array.of(counter >> 8, counter & 0xff))));
      counter++;
    }
    return concat(...blocks).slice(0, length);
  };
}

/** Inspects a specimen of that name as issued on 2026-11-23, over a reader of extended length. */
export async function goldenTranscript(id: string): Promise<GoldenTranscript> {
  const at = day();
  const specimen = issueSpecimen(id, at, specimenResources);
  const chip = createChip(specimen, { random: following(`chip ${id}`) });
  const exchanges: (readonly [Uint8Array, Uint8Array])[] = [];
  const information = specimen.chip.passwords.mrzInformation;
  let clock = 0;
  await inspect({
    transport: {
      limits: { extendedLength: true, maxCommand: 65_544, maxResponse: 65_538 },
      transmit: async (command) => {
        const response = chip.transmit(command);
        if (response === null) throw new Failure('card.removed');
        exchanges.push([command.slice(), response.slice()]);
        return response;
      },
    },
    accessKey: information === null ? null : { kind: 'mrz', information },
    at,
    trust: new TrustStore(),
    random: following(`terminal ${id}`),
    clock: () => clock++,
    extendedLength: 'where-stated',
    onProgress: () => undefined,
  });
  const secured = exchanges.findIndex(([command]) => ((command[0] ?? 0) & 0x0c) === 0x0c);
  const opening = exchanges.slice(0, secured === -1 ? 8 : secured);
  const chain = exchanges.reduce<Uint8Array>(
    (sum, [command, response]) =>
      digest('SHA-256', concat(sum, digest('SHA-256', command), digest('SHA-256', response))),
    new Uint8Array(32),
  );
  const total = (side: 0 | 1): number => exchanges.reduce((sum, exchange) => sum + exchange[side].length, 0);
  return {
    specimen: id,
    exchanges: exchanges.length,
    bytesSent: total(0),
    bytesReceived: total(1),
    opening: opening.map(([command, response]) => [toHex(command), toHex(response)]),
    chain: toHex(chain),
  };
}

/** The folder of the recorded transcripts, one file for each specimen. */
export const goldenDirectory = resolve(import.meta.dirname, '../unit/simulator/golden');

/** The recorded transcript. Throws where there is none. */
export function recordedTranscript(id: string): GoldenTranscript {
  return JSON.parse(readFileSync(resolve(goldenDirectory, `${id}.json`), 'utf8'));
}
