import { failureWords } from '../../resources/failures/failures.ts';
import { readInputFile } from '../machine/input-file.ts';
import { parseVerifierKey, type VerifierKey } from '../records/log/note-keys.ts';
import { type Proven, prove } from '../records/log/prove.ts';
import { fromHex, toHex } from '../result/bytes.ts';
import { asFailure } from '../result/failure.ts';
import { unusable } from './arguments.ts';
import type { Command, CommandCall } from './command.ts';
import { withKeeping } from './folder-of-call.ts';
import { columns, printable } from './layout.ts';

const largestFile = 1024 * 1024;

export const command: Command = {
  positionals: 'FILE',
  fewest: 1,
  most: 1,
  options: {
    'log-key': {
      kind: 'values',
      value: 'KEY',
      help: "a key of the log, as station show prints it; without it this station's own",
    },
    witness: { kind: 'values', value: 'KEY', help: 'a key of a witness that is believed' },
    least: {
      kind: 'value',
      value: 'N',
      help: 'how many of the witnesses must have cosigned; without it all that are named',
    },
    hash: {
      kind: 'value',
      value: 'HEX',
      help: "the record's hash that the receipt must be of; without it the one that it names",
    },
  },
  description: [
    'Checks a receipt (C2SP tlog-proof) offline: whether the log signed the checkpoint, whether the record is in the tree that it ' +
      'states, and which witnesses have cosigned it. It needs no data folder, and no key but those that are given. Whether the ' +
      'log still tells the same is asked with records check --against.',
    'Exit status: 0 proved, 1 not, 2 no receipt (log.malformed). With --json: { "result": "successful" | "failed", "code", "number", ' +
      '"hash", "origin", "size", "cosigned": [ { "name", "at" } ] }',
  ],
  examples: ["styrk records prove 7.tlog-proof --log-key 'styrk.invalid/station-0f..+1a2b3c4d+AX..'"],
  asFound: true,
  run: async (call) => {
    const [path = ''] = call.given.positionals;
    const text = new TextDecoder().decode(readInputFile(path, largestFile));
    const witnesses = keysOf(call, 'witness');
    const given = keysOf(call, 'log-key');
    const proven = prove(text, {
      log: given.length > 0 ? given : await ownKeys(call),
      witnesses,
      least: leastOf(call, new Set(witnesses.map(({ name }) => name)).size),
      entry: hashOf(call),
    });
    call.answer(answerOf(proven), () => textOf(proven));
    return proven.code === null ? 0 : 1;
  },
};

function answerOf({ code, index, entry, checkpoint, cosigned }: Proven) {
  return {
    result: code === null ? 'successful' : 'failed',
    code,
    number: index + 1,
    hash: entry === null ? null : toHex(entry),
    origin: checkpoint.origin,
    size: checkpoint.size,
    cosigned: cosigned.map(({ key, time }) => ({ name: key.name, at: instant(time) })),
  };
}

function textOf(proven: Proven): string {
  const { code, number, hash, origin, size, cosigned } = answerOf(proven);
  if (code !== null) return `Not proved: ${failureWords('en', code).happened} (${code})\n`;
  return `${columns([
    ['Proved:', `record ${number} stands in the log`],
    ['Hash:', hash ?? ''],
    ['Log:', printable(origin)],
    ['As of:', `${size} ${size === 1 ? 'record' : 'records'}`],
    ...cosigned.map(({ name, at }) => ['Witness:', `${printable(name)}, ${at ?? 'no time'}`]),
  ]).join('\n')}\n`;
}

function instant(time: number | null): string | null {
  return time === null || time === 0 || time > 253_402_300_799 ? null : new Date(time * 1000).toISOString();
}

function keysOf({ given }: CommandCall, option: 'witness' | 'log-key'): readonly VerifierKey[] {
  return given.values(option).map(parseVerifierKey);
}

function leastOf({ given }: CommandCall, all: number): number {
  const least = given.value('least');
  if (least === null) return all;
  if (!/^[0-9]{1,2}$/.test(least) || Number(least) > all)
    throw unusable('not a number of the named witnesses', { option: '--least' });
  return Number(least);
}

function hashOf({ given }: CommandCall): Uint8Array | null {
  const hash = given.value('hash');
  if (hash === null) return null;
  if (!/^[0-9a-fA-F]{64}$/.test(hash)) throw unusable('not 64 hex digits', { option: '--hash' });
  return fromHex(hash);
}

// The station's keys need no key of the folder. Where there is no folder, or no station in it yet, one is to be given.
async function ownKeys(call: CommandCall): Promise<readonly VerifierKey[]> {
  let keys: readonly string[] = [];
  try {
    keys = await withKeeping(call, ({ station }) => station.logKeys());
  } catch (thrown) {
    if (asFailure(thrown).code !== 'storage.missing') throw thrown;
  }
  if (keys.length === 0) throw unusable('the key of the log is missing', { option: '--log-key' });
  return keys.map(parseVerifierKey);
}
